import { isOperator } from './choice-operator';
import { type Call, isIntrinsic, parseIntrinsic } from './intrinsic-syntax';
import { isObject, type Json, type JsonObject } from './json';
import { isExpression } from './jsonata';
import { isLibraryFunction } from './jsonata-frame';
import { parseExpression } from './jsonata-syntax';
import type { Filter, Operand, PathSyntax, Segment } from './path-model';
import { parsePath } from './path-syntax';
import { compileReferencePath } from './reference-path';
import { ExpressionSyntaxError } from './syntax';

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
  return inspected(() => [...variablesOfPath(parsePath(text))]);
}

/** A reference path (ResultPath). */
export function inspectReferencePath(text: string): Inspection {
  return inspected(() => {
    compileReferencePath(text);
    return [];
  });
}

/** Intrinsic functions that give a string. */
const textual = ['Format', 'JsonToString', 'ArrayGetItem', 'Base64Encode', 'Base64Decode', 'Hash', 'UUID'];

/** A path or an intrinsic call that gives a string (ErrorPath, CausePath). */
export function inspectTextField(text: string): Inspection {
  const inspection = inspectDynamicField(text);
  if (inspection.problem !== undefined || !isIntrinsic(text)) return inspection;
  const { name } = parseIntrinsic(text);
  if (textual.includes(name)) return inspection;
  const message = `States.${name} gives no string here: ${textual.map((known) => `States.${known}`).join(', ')} do`;
  return { ...inspection, problem: { message, column: 1 } };
}

/** A path or an intrinsic call (the value of a `.$` field). */
export function inspectDynamicField(text: string): Inspection {
  return isIntrinsic(text) ? inspected(() => [...variablesOfCall(parseIntrinsic(text))]) : inspectPath(text);
}

/** A JSONata expression `{% … %}`. */
export function inspectExpression(text: string): Inspection {
  let states: readonly string[] = [];
  const inspection = inspected(() => {
    const { reads } = parseExpression(text);
    states = [...reads.states];
    return [...reads.variables].filter((name) => !isLibraryFunction(name));
  });
  return { ...inspection, states };
}

/** Every path, intrinsic call or expression inside a template. */
export function inspectTemplate(
  template: Json,
  language: 'JSONPath' | 'JSONata',
): readonly PlacedInspection[] {
  return language === 'JSONata' ? inspectJsonata(template, '') : inspectPayload(template, '');
}

/** Every path in a JSONPath choice rule (Variable, …Path), nested ones included. */
export function inspectChoiceRule(rule: JsonObject): readonly PlacedInspection[] {
  return inspectRule(rule, '');
}

function inspected(read: () => readonly string[]): Inspection {
  try {
    return { problem: undefined, variables: [...new Set(read())], states: [] };
  } catch (error) {
    if (!(error instanceof ExpressionSyntaxError)) throw error;
    return { problem: { message: error.message, column: error.column }, variables: [], states: [] };
  }
}

function inspectJsonata(template: Json, pointer: string): PlacedInspection[] {
  if (isExpression(template)) return [{ pointer, text: template, ...inspectExpression(template) }];
  return members(template).flatMap(([key, value]) =>
    inspectJsonata(value, `${pointer}/${escapePointer(key)}`),
  );
}

function inspectPayload(template: Json, pointer: string): PlacedInspection[] {
  return members(template).flatMap(([key, value]) => {
    const place = `${pointer}/${escapePointer(key)}`;
    if (!isObject(template) || !key.endsWith('.$')) return inspectPayload(value, place);
    if (typeof value === 'string') return [{ pointer: place, text: value, ...inspectDynamicField(value) }];
    const problem = {
      message: `a field whose name ends in .$ holds a path or an intrinsic call as a string`,
      column: 1,
    };
    return [{ pointer: place, text: JSON.stringify(value), problem, variables: [], states: [] }];
  });
}

function inspectRule(rule: Json, pointer: string): PlacedInspection[] {
  return members(rule).flatMap(([key, value]) => {
    const place = `${pointer}/${escapePointer(key)}`;
    if (key === 'And' || key === 'Or')
      return members(value).flatMap(([at, part]) => inspectRule(part, `${place}/${at}`));
    if (key === 'Not') return inspectRule(value, place);
    const isPath = key === 'Variable' || (isOperator(key) && key.endsWith('Path'));
    return isPath && typeof value === 'string'
      ? [{ pointer: place, text: value, ...inspectPath(value) }]
      : [];
  });
}

function members(value: Json): readonly [string, Json][] {
  return typeof value === 'object' && value !== null ? Object.entries(value) : [];
}

function escapePointer(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1');
}

function* variablesOfCall(call: Call): Iterable<string> {
  for (const argument of call.arguments) {
    if (argument.kind === 'path') yield* variablesOfPath(argument.path);
    if (argument.kind === 'call') yield* variablesOfCall(argument.call);
  }
}

function* variablesOfPath({ root, segments }: PathSyntax): Iterable<string> {
  if (root.kind === 'variable') yield root.name;
  yield* variablesOfSegments(segments);
}

function* variablesOfSegments(segments: readonly Segment[]): Iterable<string> {
  for (const segment of segments) {
    if (segment.kind === 'filter') yield* variablesOfFilter(segment.filter);
    if (segment.kind === 'function') {
      for (const parameter of segment.parameters)
        if (parameter.kind === 'path') yield* variablesOfPath(parameter.path);
    }
  }
}

function* variablesOfFilter(filter: Filter): Iterable<string> {
  switch (filter.kind) {
    case 'or':
    case 'and':
      for (const part of filter.parts) yield* variablesOfFilter(part);
      return;
    case 'not':
      yield* variablesOfFilter(filter.part);
      return;
    case 'exists':
      yield* variablesOfOperand(filter.operand);
      return;
    case 'compare':
      yield* variablesOfOperand(filter.left);
      yield* variablesOfOperand(filter.right);
  }
}

function* variablesOfOperand(operand: Operand): Iterable<string> {
  if (operand.kind === 'path') yield* variablesOfPath(operand.path);
  if (operand.kind === 'item') yield* variablesOfSegments(operand.segments);
}
