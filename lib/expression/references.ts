import { type Call, isIntrinsic, parseIntrinsic } from './intrinsic-syntax';
import { isLibraryFunction } from './jsonata-frame';
import { parseExpression } from './jsonata-syntax';
import type { Filter, Operand, PathSyntax, Segment } from './path-model';
import { parsePath } from './path-syntax';
import { compileReferencePath } from './reference-path';
import { ExpressionSyntaxError } from './syntax';

interface SyntaxProblem {
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

/** A path or an intrinsic call (the value of a `.$` field, ErrorPath, CausePath). */
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

function inspected(read: () => readonly string[]): Inspection {
  try {
    return { problem: undefined, variables: [...new Set(read())], states: [] };
  } catch (error) {
    if (!(error instanceof ExpressionSyntaxError)) throw error;
    return { problem: { message: error.message, column: error.column }, variables: [], states: [] };
  }
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
