import type { Json, JsonObject } from './json';

export interface SyntaxProblem {
  readonly message: string;
  /** One-based, in the text that was looked at. */
  readonly column: number;
}

/** What one path, intrinsic call or expression is wrong about or reads. */
export interface Inspection {
  /** Undefined where the text compiles. */
  readonly problem: SyntaxProblem | undefined;
  /** Names of the variables it reads, without `$`, each once, in order of appearance. */
  readonly variables: readonly string[];
  /** Where JSONata reads `$states.NAME`: `input`, `result`, `errorOutput`, `context`; empty for JSONPath. */
  readonly states: readonly string[];
}

/** An inspection of a text inside a template or a rule, with its JSON Pointer relative to what was given. */
export interface PlacedInspection extends Inspection {
  readonly pointer: string;
  readonly text: string;
}

/** A bare path (InputPath, ItemsPath, SecondsPath, …). */
export function inspectPath(text: string): Inspection {
  throw new Error(`path "${text}": not inspected yet`);
}

/** A reference path (ResultPath). */
export function inspectReferencePath(text: string): Inspection {
  throw new Error(`reference path "${text}": not inspected yet`);
}

/** A path or an intrinsic call (ErrorPath, CausePath, the value of a `.$` field). */
export function inspectDynamicField(text: string): Inspection {
  throw new Error(`field "${text}": not inspected yet`);
}

/** A JSONata expression `{% … %}`. */
export function inspectExpression(text: string): Inspection {
  throw new Error(`expression "${text}": not inspected yet`);
}

/** Every path, intrinsic call or expression inside a template. */
export function inspectTemplate(
  template: Json,
  language: 'JSONPath' | 'JSONata',
): readonly PlacedInspection[] {
  throw new Error(`${language} template ${JSON.stringify(template)}: not inspected yet`);
}

/** Every path in a JSONPath choice rule (Variable, …Path), nested ones included. */
export function inspectChoiceRule(rule: JsonObject): readonly PlacedInspection[] {
  throw new Error(`choice rule ${JSON.stringify(rule)}: not inspected yet`);
}
