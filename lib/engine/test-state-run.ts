import type { Json } from '@/lib/expression/json';
import type { CompiledState } from './compile-state';
import { noChoiceMatched, textOf } from './enter';
import { type StepSight as Sight, seeing } from './evaluation';
import type { Failure } from './event';
import { effectiveInput, insertResult, outputOf } from './leave';
import type { TestRequest } from './test-request';
import { type Inspection, inspectItems } from './test-state-map';

type Tried = { readonly output: Json; readonly nextState?: string } | { readonly failure: Failure };

/** Runs the state with its mock and notes each stage. Throws LanguageFailure. */
export function inspect(state: CompiledState, sight: Sight, request: TestRequest, notes: Inspection): Tried {
  switch (state.type) {
    case 'Fail':
      return inspectFail(state, sight);
    case 'Pass':
      return inspectPass(state, sight, notes);
    case 'Choice':
      return mockedFailure(request) ?? inspectChoice(state, sight, notes);
    case 'Wait':
      state.until(seeing(sight, effectiveInput(state, sight)), request.at);
      return mockedFailure(request) ?? leaveTested(state, sight, effective(state, sight, notes), notes);
    case 'Succeed':
      return leaveTested(state, sight, effective(state, sight, notes), notes);
    case 'Task':
    case 'Parallel':
      return inspectWork(state, sight, request, notes);
    case 'Map': {
      const failure = inspectItems(state, seeing(sight, effective(state, sight, notes)), request, notes);
      return failure === undefined
        ? leaveWorked(state, sight, request.mock?.result ?? null, notes)
        : { failure };
    }
  }
}

/** A Choice or Wait has no result that could be mocked, but can be told to fail. */
function mockedFailure({ mock }: TestRequest): { readonly failure: Failure } | undefined {
  return mock?.errorOutput === undefined ? undefined : { failure: mock.errorOutput };
}

function effective(state: CompiledState, sight: Sight, notes: Inspection): Json {
  if (state.jsonata) return sight.data;
  const input = effectiveInput(state, sight);
  notes.afterInputPath = input;
  return input;
}

function goingTo(next: string | undefined): { nextState?: string } {
  return next === undefined ? {} : { nextState: next };
}

function leaveTested(state: CompiledState, sight: Sight, merged: Json, notes: Inspection): Tried {
  const plain = state.jsonata ? sight.data : outputOf(state, sight, merged);
  const output = state.output === undefined ? plain : state.output(sight);
  noteVariables(state, state.jsonata ? sight : seeing(sight, merged), notes);
  return { output, ...goingTo(state.next) };
}

function noteVariables(state: CompiledState, sight: Sight, notes: Inspection): void {
  const assigned = state.assign?.(sight);
  if (assigned !== undefined) notes.variables = assigned;
}

function inspectFail(state: Extract<CompiledState, { type: 'Fail' }>, sight: Sight): Tried {
  const error = textOf(state.error?.(sight));
  const cause = textOf(state.cause?.(sight));
  return {
    failure: { ...(error === undefined ? {} : { error }), ...(cause === undefined ? {} : { cause }) },
  };
}

function inspectPass(
  state: Extract<CompiledState, { type: 'Pass' }>,
  sight: Sight,
  notes: Inspection,
): Tried {
  if (state.jsonata) return leaveTested(state, sight, sight.data, notes);
  if (state.result === undefined) {
    const input = effective(state, sight, notes);
    const result = state.parameters === undefined ? input : state.parameters(seeing(sight, input));
    notes.afterParameters = result;
    return leaveMerged(state, sight, result, notes);
  }
  notes.result = state.result;
  return leaveMerged(state, sight, state.result, notes);
}

/** From the result on, in JSONPath. */
function leaveMerged(state: CompiledState, sight: Sight, result: Json, notes: Inspection): Tried {
  const selected = state.resultSelector === undefined ? result : state.resultSelector(seeing(sight, result));
  notes.afterResultSelector = selected;
  const merged = insertResult(state.resultPath, sight.data, selected);
  notes.afterResultPath = merged;
  noteVariables(state, seeing(sight, selected), notes);
  return { output: outputOf(state, sight, merged), ...goingTo(state.next) };
}

function inspectChoice(
  state: Extract<CompiledState, { type: 'Choice' }>,
  sight: Sight,
  notes: Inspection,
): Tried {
  const input = effective(state, sight, notes);
  const seen = seeing(sight, input);
  const rule = state.rules.find(({ matches }) => matches(seen));
  const next = rule === undefined ? state.otherwise : rule.next;
  if (next === undefined) throw noChoiceMatched();
  const { output, assign } = rule ?? state;
  const assigned = assign?.(seen);
  if (assigned !== undefined) notes.variables = assigned;
  return { output: output === undefined ? outputOf(state, sight, input) : output(seen), nextState: next };
}

function inspectWork(
  state: Extract<CompiledState, { type: 'Task' | 'Parallel' }>,
  sight: Sight,
  { mock = {} }: TestRequest,
  notes: Inspection,
): Tried {
  const input = effective(state, sight, notes);
  const parameters = state.parameters === undefined ? input : state.parameters(seeing(sight, input));
  if (!state.jsonata) notes.afterParameters = parameters;
  else if (state.type === 'Task' && state.parameters !== undefined) notes.afterArguments = parameters;
  if (state.type === 'Task') readLimits(state, seeing(sight, input));
  if (mock.errorOutput !== undefined) return { failure: mock.errorOutput };
  return leaveWorked(state, sight, mock.result ?? null, notes);
}

/** Nothing comes of them here, but an expression in them that fails is a failure of the state. */
function readLimits(state: Extract<CompiledState, { type: 'Task' }>, seen: Sight): void {
  state.timeout?.(seen);
  state.heartbeat?.(seen);
  state.credentials?.(seen);
}

function leaveWorked(state: CompiledState, sight: Sight, result: Json, notes: Inspection): Tried {
  if (!state.jsonata) {
    notes.result = result;
    return leaveMerged(state, sight, result, notes);
  }
  const seen = seeing(sight, sight.data, { result });
  const output = state.output === undefined ? result : state.output(seen);
  noteVariables(state, seen, notes);
  return { output, ...goingTo(state.next) };
}
