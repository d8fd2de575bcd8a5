import type { Json } from './json';
import type { Scope } from './scope';

/** A compiled template: gives the value it describes. Throws LanguageFailure. */
export type Template = (scope: Scope) => Json;

/**
 * A payload template (Parameters, ResultSelector, ItemSelector, Assign …): fields whose names end in `.$` hold a path or
 * an intrinsic call and are replaced, at every depth. Throws ExpressionSyntaxError.
 */
export function compilePayloadTemplate(template: Json): Template {
  throw new Error(`payload template ${JSON.stringify(template)}: not compiled yet`);
}

/**
 * One text that is a path or an intrinsic call (the value of a `.$` field, ErrorPath, CausePath). `field` is the name
 * shown when the path leads nowhere: `value.$`, `CausePath`. Throws ExpressionSyntaxError.
 */
export function compileDynamicField(text: string, field: string): Template {
  throw new Error(`${field} "${text}": not compiled yet`);
}

/**
 * A JSONata template (Output, Arguments, Assign, Items …): any JSON value in which strings `{% … %}` are expressions.
 * `location` is the field's name, under which failures are reported slash-separated: `Output/result`.
 * Throws ExpressionSyntaxError.
 */
export function compileJsonataTemplate(template: Json, location: string): Template {
  throw new Error(`${location} ${JSON.stringify(template)}: not compiled yet`);
}
