import { LanguageFailure } from '@/lib/expression/failure';
import type { Json, JsonObject } from '@/lib/expression/json';
import { compileExpression, isExpression } from '@/lib/expression/jsonata';
import { compilePath } from '@/lib/expression/path';
import type { Scope } from '@/lib/expression/scope';
import { compileJsonataTemplate, compilePayloadTemplate } from '@/lib/expression/template';
import type { QueryLanguage } from '@/lib/flow/model';

/** What one field of a state says, computed where it is needed. Throws LanguageFailure. */
export type Field<Value = Json> = (scope: Scope) => Value;

/** InputPath, OutputPath: undefined where everything is passed on; `null` means an empty object. */
export function compileDataPath(path: string | null | undefined): Field | undefined {
  if (path === undefined || path === '$') return undefined;
  if (path === null) return () => ({});
  return compilePath(path).read;
}

/** A template of either language, undefined where the field is absent. `location` names it in JSONata's failures. */
export function compileTemplate(
  template: Json | undefined,
  language: QueryLanguage,
  location: string,
): Field | undefined {
  if (template === undefined) return undefined;
  return language === 'JSONata'
    ? compileJsonataTemplate(template, location)
    : compilePayloadTemplate(template);
}

/** Assign: gives the variables to set. */
export function compileAssign(
  assign: JsonObject | undefined,
  language: QueryLanguage,
  location: string,
): Field<JsonObject> | undefined {
  if (assign === undefined) return undefined;
  // A template that is an object gives an object.
  return compileTemplate(assign, language, location) as Field<JsonObject>;
}

/** Judges the value of a numeric field. `path` is the path it was read from, for the message. Throws LanguageFailure. */
export type NumberRule = (value: Json, path: string | undefined) => number;

interface NumericField {
  readonly name: string;
  readonly plain: number | string | undefined;
  readonly path?: string | undefined;
  readonly rule: NumberRule;
  /** What a path that leads nowhere gives; absent: the path's own failure. */
  readonly missing?: (path: string) => string;
}

/** A number that stands in the definition, at a path (`…Path`), or in a JSONata expression. */
export function compileNumber(field: NumericField): Field<number> | undefined {
  const { plain, path, rule, name } = field;
  if (isExpression(plain)) {
    const expression = compileExpression(plain);
    return (scope) => rule(expression.evaluateAs(scope, name, 'number'), undefined);
  }
  if (path !== undefined) {
    const compiled = compilePath(path);
    const { missing } = field;
    return (scope) => {
      if (missing === undefined) return rule(compiled.read(scope), path);
      const found = compiled.find(scope);
      if (found === undefined) throw new LanguageFailure('States.Runtime', missing(path));
      return rule(found, path);
    };
  }
  if (plain === undefined) return undefined;
  return () => rule(plain, undefined);
}

/** SecondsPath, TimeoutSecondsPath and HeartbeatSecondsPath: whole seconds, not negative. */
export function seconds(name: string): NumberRule {
  return (value, path) => {
    if (path === undefined) return jsonataSeconds(name, value);
    if (typeof value !== 'number' || !Number.isInteger(value)) {
      throw new LanguageFailure(
        'States.Runtime',
        `The ${name} parameter cannot be parsed as a long value: ${path} == ${shown(value)}`,
      );
    }
    if (value < 0) {
      throw new LanguageFailure(
        'States.Runtime',
        `The ${name} parameter references a negative value: ${path} == ${value}`,
      );
    }
    return value;
  };
}

function jsonataSeconds(name: string, value: Json): number {
  const number = Number(value);
  if (number >= 0 && Number.isFinite(number)) return Math.trunc(number);
  throw new LanguageFailure(
    'States.QueryEvaluationError',
    `The ${name} field must be a non-negative number but was: ${shown(value)}`,
    name,
  );
}

/** MaxConcurrency, ToleratedFailureCount, MaxItems, batch limits: a whole number, or a text that holds one. */
export function integer(name: string): NumberRule {
  return (value, path) => {
    const number = numeric(value);
    if (number !== undefined && Number.isInteger(number)) return number;
    throw misfit(name, path, value, 'a valid integer');
  };
}

/** ToleratedFailurePercentage: any number. */
export function float(name: string): NumberRule {
  return (value, path) => {
    const number = numeric(value);
    if (number !== undefined) return number;
    throw misfit(name, path, value, 'a valid float');
  };
}

/** A number out of range: at a path the interpreter cannot go on, in JSONata the evaluation has failed. */
export function outOfRange(name: string, path: string | undefined, sentence: string): LanguageFailure {
  return path === undefined
    ? new LanguageFailure('States.QueryEvaluationError', sentence, name)
    : new LanguageFailure('States.Runtime', sentence);
}

function misfit(name: string, path: string | undefined, value: Json, wanted: string): LanguageFailure {
  const what = path === undefined ? name : `${name}Path`;
  const where = path === undefined ? '' : `: ${path}`;
  const sentence = `The ${what} field refers to value ${JSON.stringify(value)} which is not ${wanted}${where}`;
  return outOfRange(name, path, sentence);
}

function numeric(value: Json): number | undefined {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string' || value.trim() === '') return undefined;
  const number = Number(value);
  return Number.isFinite(number) ? number : undefined;
}

/** A value as it stands in a sentence: strings bare, the rest as JSON. */
export function shown(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
