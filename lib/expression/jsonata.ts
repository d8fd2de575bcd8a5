import type { Json } from './json';
import type { Scope } from './scope';

/** JSON's types, as AWS names them in messages. */
export type JsonType = 'null' | 'boolean' | 'number' | 'string' | 'array' | 'object';

/** An expression ran longer than its fuel allows: it may be run again elsewhere with more. */
export class OutOfFuel extends Error {
  override readonly name = 'OutOfFuel';
  /** The expression's text and the field it stands in, slash-separated. */
  readonly expression: string;
  readonly location: string;

  constructor(expression: string, location: string) {
    super(`The JSONata expression '${expression}' specified for the field '${location}' ran too long.`);
    this.expression = expression;
    this.location = location;
  }
}

export interface Expression {
  /** The text between `{%` and `%}`, trimmed, as messages show it. */
  readonly source: string;
  /**
   * The expression's value as plain JSON. `location` names the field in failures. Throws LanguageFailure
   * States.QueryEvaluationError (undefined, threw, no JSON), or OutOfFuel.
   */
  readonly evaluate: (scope: Scope, location: string) => Json;
  /** The same, and fails `… returned an unexpected result type. Expected 'array', but was 'number' for value: 1`. */
  readonly evaluateAs: (scope: Scope, location: string, expected: JsonType) => Json;
}

/** Whether a string is a JSONata expression: it begins with `{%` and ends with `%}`. */
export function isExpression(value: Json | undefined): value is string {
  return typeof value === 'string' && value.length >= 4 && value.startsWith('{%') && value.endsWith('%}');
}

/** Compiles `{% … %}`; compiled expressions are cached. Throws ExpressionSyntaxError. */
export function compileExpression(text: string): Expression {
  throw new Error(`expression "${text}": not compiled yet`);
}
