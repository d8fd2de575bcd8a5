import { LanguageFailure } from './failure';
import type { Json } from './json';
import { FuelSpent } from './jsonata-frame';
import { plain } from './jsonata-result';
import { run } from './jsonata-run';
import { attachShortcuts } from './jsonata-shortcut';
import { type ParsedExpression, parseExpression } from './jsonata-syntax';
import type { Scope } from './scope';

/** JSON's types, as AWS names them in messages. */
type JsonType = 'null' | 'boolean' | 'number' | 'string' | 'array' | 'object';

/**
 * An expression ran longer than its fuel allows. It may be run again elsewhere with more (`Scope.fuel`); whoever does not
 * do that treats it as the failure that it is.
 */
export class OutOfFuel extends LanguageFailure {
  override readonly name = 'OutOfFuel';
}

export interface Expression {
  /** The text between `{%` and `%}`, trimmed, as messages show it. */
  readonly source: string;
  /**
   * The expression's value as plain JSON. `location` names the field in failures. Throws LanguageFailure
   * States.QueryEvaluationError (undefined, threw, no JSON, OutOfFuel).
   */
  readonly evaluate: (scope: Scope, location: string) => Json;
  /** The same, and fails `… returned an unexpected result type. Expected 'array', but was 'number' for value: 1`. */
  readonly evaluateAs: (scope: Scope, location: string, expected: JsonType) => Json;
}

/** Whether a string is a JSONata expression: it begins with `{%` and ends with `%}`. */
export function isExpression(value: Json | undefined): value is string {
  return typeof value === 'string' && value.length >= 4 && value.startsWith('{%') && value.endsWith('%}');
}

const cacheLimit = 10_000;
const cache = new Map<string, Expression>();

/** Compiles `{% … %}`; compiled expressions are cached. Throws ExpressionSyntaxError. */
export function compileExpression(text: string): Expression {
  const known = cache.get(text);
  if (known !== undefined) return known;
  const parsed = parseExpression(text);
  const { source } = parsed;
  attachShortcuts(parsed.syntax, parsed.reads);
  const evaluate = (scope: Scope, location: string) => evaluateParsed(parsed, scope, location);
  const expression: Expression = {
    source,
    evaluate,
    evaluateAs: (scope, location, expected) => {
      const value = evaluate(scope, location);
      const actual = typeOf(value);
      if (actual === expected) return value;
      throw failure(
        source,
        location,
        `returned an unexpected result type. Expected '${expected}', but was '${actual}' for value: ${JSON.stringify(value)}`,
      );
    },
  };
  if (cache.size >= cacheLimit) cache.clear();
  cache.set(text, expression);
  return expression;
}

function evaluateParsed({ source, syntax }: ParsedExpression, scope: Scope, location: string): Json {
  let result: unknown;
  let value: Json | undefined;
  try {
    result = run(syntax, scope);
    value = plain(result);
  } catch (error) {
    if (error instanceof FuelSpent)
      throw new OutOfFuel(queryError, wording(source, location, 'ran too long.'), location);
    throw failure(source, location, `threw an error during evaluation. ${reasonOf(error)}`);
  }
  if (result === undefined) throw failure(source, location, 'returned nothing (undefined).');
  if (value === undefined) throw failure(source, location, 'returned an unsupported result type.');
  return value;
}

const queryError = 'States.QueryEvaluationError';

function wording(source: string, location: string, what: string): string {
  return `The JSONata expression '${source}' specified for the field '${location}' ${what}`;
}

function failure(source: string, location: string, what: string): LanguageFailure {
  return new LanguageFailure(queryError, wording(source, location, what), location);
}

/** `T1006: Attempted to invoke a non-function`. A stack that is too deep is JSONata's D1011 wherever it was noticed. */
function reasonOf(error: unknown): string {
  if (error instanceof RangeError) return stackOverflow;
  if (typeof error !== 'object' || error === null) return String(error);
  const message = 'message' in error ? String(error.message) : '';
  return 'code' in error ? `${String(error.code)}: ${message}` : message;
}

const stackOverflow =
  'D1011: Stack overflow. Check for non-terminating recursive function.  Consider rewriting as tail-recursive';

function typeOf(value: Json): JsonType {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'string') return 'string';
  if (typeof value === 'number') return 'number';
  return typeof value === 'boolean' ? 'boolean' : 'object';
}
