import { LanguageFailure } from './failure';
import { compileIntrinsic } from './intrinsic';
import { isIntrinsic } from './intrinsic-syntax';
import { isObject, type Json, type JsonObject } from './json';
import { compileExpression, isExpression } from './jsonata';
import { compilePath, searched } from './path';
import type { Scope } from './scope';

/** A compiled template: gives the value it describes. Throws LanguageFailure. */
export type Template = (scope: Scope) => Json;

/**
 * A payload template (Parameters, ResultSelector, ItemSelector, Assign …): fields whose names end in `.$` hold a path or
 * an intrinsic call and are replaced, at every depth. Throws ExpressionSyntaxError.
 */
export function compilePayloadTemplate(template: Json): Template {
  return compilePayload(template) ?? (() => template);
}

/** Undefined where nothing in it is computed: constants are handed out as they are. */
function compilePayload(template: Json): Template | undefined {
  if (Array.isArray(template)) return compileItems(template, compilePayload);
  if (!isObject(template)) return undefined;
  return compileMembers(template, (key, value) => {
    if (!key.endsWith('.$')) return { key, compute: compilePayload(value) };
    if (typeof value !== 'string')
      throw new Error(`the field "${key}" was compiled without being checked: its value is no string`);
    return { key: key.slice(0, -2), compute: compileDynamicField(value, key) };
  });
}

/**
 * One text that is a path or an intrinsic call (the value of a `.$` field, ErrorPath, CausePath). `field` is the name
 * shown when the path leads nowhere: `value.$`, `CausePath`. Throws ExpressionSyntaxError.
 */
export function compileDynamicField(text: string, field: string): Template {
  if (isIntrinsic(text)) return compileIntrinsic(text);
  const { find, syntax } = compilePath(text);
  return (scope) => {
    const value = find(scope);
    if (value !== undefined) return value;
    throw new LanguageFailure(
      'States.Runtime',
      `The JSONPath '${text}' specified for the field '${field}' could not be found in the input '${searched(syntax, scope)}'`,
    );
  };
}

/**
 * A JSONata template (Output, Arguments, Assign, Items …): any JSON value in which strings `{% … %}` are expressions.
 * `location` is the field's name, under which failures are reported slash-separated: `Output/result`.
 * Throws ExpressionSyntaxError.
 */
export function compileJsonataTemplate(template: Json, location: string): Template {
  return compileJsonata(template, location) ?? (() => template);
}

function compileJsonata(template: Json, location: string): Template | undefined {
  if (isExpression(template)) {
    const expression = compileExpression(template);
    return (scope) => expression.evaluate(scope, location);
  }
  if (Array.isArray(template)) {
    return compileItems(template, (item, at) => compileJsonata(item, `${location}[${at}]`));
  }
  if (!isObject(template)) return undefined;
  return compileMembers(template, (key, value) => ({
    key,
    compute: compileJsonata(value, `${location}/${key}`),
  }));
}

function compileItems(
  items: readonly Json[],
  compile: (item: Json, at: number) => Template | undefined,
): Template | undefined {
  const compiled = items.map(compile);
  if (compiled.every((compute) => compute === undefined)) return undefined;
  return (scope) =>
    items.map((item, at) => {
      const compute = compiled[at];
      return compute === undefined ? item : compute(scope);
    });
}

/** A member under the name it has in the result; `compute` is undefined where its value is constant. */
interface Member {
  readonly key: string;
  readonly compute: Template | undefined;
}

function compileMembers(
  template: JsonObject,
  compile: (key: string, value: Json) => Member,
): Template | undefined {
  const members = Object.entries(template).map(([key, value]) => ({ ...compile(key, value), value }));
  if (members.every(({ key, compute, value }) => compute === undefined && template[key] === value))
    return undefined;
  if (members.some(({ key }) => key === '__proto__')) {
    return (scope) =>
      Object.fromEntries(members.map(({ key, compute, value }) => [key, compute ? compute(scope) : value]));
  }
  return (scope) => {
    const filled: { [key: string]: Json } = {};
    for (const { key, compute, value } of members)
      filled[key] = compute === undefined ? value : compute(scope);
    return filled;
  };
}
