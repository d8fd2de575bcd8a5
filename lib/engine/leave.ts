import type { Json, JsonObject } from '@/lib/expression/json';
import type { CompiledState } from './compile-state';
import { type StepSight as Sight, seeing, sightOf } from './evaluation';
import type { Failure } from './event';
import type { Step } from './execution';
import { scopeOf, stateOf, stepAt } from './places';
import { checkSize, checkVariables } from './size';
import { type Draft, emit, type Turn } from './turn';

/** A step's effective input: what InputPath chooses of its input. */
export function effectiveInput(state: CompiledState, sight: Sight): Json {
  return state.inputPath === undefined ? sight.data : state.inputPath(sight);
}

/** What a Parallel or Map has put together must fit, unless it is thrown away anyhow. Throws LanguageFailure. */
export function checkResult(turn: Turn, step: Step, result: Json): void {
  const state = stateOf(turn.program, turn.execution, step);
  if (state.resultPath !== null) checkSize(turn.execution, result, step.state);
}

/** A Task, Parallel or Map has its result: works out output and variables, and leaves. Throws LanguageFailure. */
export function leaveWithResult(turn: Turn, step: Step, result: Json, previous: number): void {
  const state = stateOf(turn.program, turn.execution, step);
  const sight = sightOf(turn, step);
  if (state.jsonata) {
    const seen = seeing(sight, step.input, { result });
    const output = state.output === undefined ? result : state.output(seen);
    leave(turn, step, { output, ...assigning(state.assign?.(seen)), next: state.next, previous });
    return;
  }
  const selected = state.resultSelector === undefined ? result : state.resultSelector(seeing(sight, result));
  const output = outputOf(state, sight, insertResult(state.resultPath, step.input, selected));
  const assigned = state.assign?.(seeing(sight, selected));
  leave(turn, step, { output, ...assigning(assigned), next: state.next, previous });
}

/** A Pass, Wait or Succeed leaves. `result` is what Pass makes in JSONPath. Throws LanguageFailure. */
export function leavePlainly(turn: Turn, step: Step, previous: number): void {
  const state = stateOf(turn.program, turn.execution, step);
  const sight = sightOf(turn, step);
  if (state.jsonata) {
    const output = state.output === undefined ? step.input : state.output(sight);
    leave(turn, step, { output, ...assigning(state.assign?.(sight)), next: state.next, previous });
    return;
  }
  const effective = seeing(sight, effectiveInput(state, sight));
  const result = state.type === 'Pass' ? passResult(state, effective) : effective.data;
  const merged = state.type === 'Pass' ? insertResult(state.resultPath, step.input, result) : result;
  const output = outputOf(state, sight, merged);
  const assigned = state.assign?.(seeing(sight, result));
  leave(turn, step, { output, ...assigning(assigned), next: state.next, previous });
}

function passResult(state: Extract<CompiledState, { type: 'Pass' }>, effective: Sight): Json {
  if (state.result !== undefined) return state.result;
  return state.parameters === undefined ? effective.data : state.parameters(effective);
}

/** ResultPath: the input with the result in it. */
export function insertResult(path: CompiledState['resultPath'], input: Json, result: Json): Json {
  if (path === undefined) return result;
  return path === null ? input : path.insert(input, result);
}

/** OutputPath: what is chosen of the merged output. */
export function outputOf(state: CompiledState, sight: Sight, merged: Json): Json {
  return state.outputPath === undefined ? merged : state.outputPath(seeing(sight, merged));
}

/** `assigned` only where something was assigned. */
export function assigning(assigned: JsonObject | undefined): { assigned?: JsonObject } {
  return assigned === undefined || Object.keys(assigned).length === 0 ? {} : { assigned };
}

export interface Leaving {
  readonly output: Json;
  readonly assigned?: JsonObject;
  /** Undefined where the machine ends. */
  readonly next: string | undefined;
  readonly previous: number;
  readonly caught?: Failure;
}

/** The step is left; the machine goes on or ends. Throws LanguageFailure where the output is too large. */
export function leave(turn: Turn, step: Step, leaving: Leaving): void {
  const { execution } = turn;
  const { output, assigned, next, previous, caught } = leaving;
  checkSize(execution, output, step.state);
  const scope = scopeOf(execution, step);
  if (assigned !== undefined) checkVariables(execution, scope, assigned);
  const told: Draft<'StateExited'> = {
    type: 'StateExited',
    step: step.id,
    state: step.state,
    stateType: step.type,
    output,
  };
  if (assigned !== undefined) told.assigned = assigned;
  if (next !== undefined) told.next = next;
  if (caught !== undefined) told.caught = caught;
  const exit = emit(turn, told, previous);
  if (next !== undefined) {
    turn.soon.push({ kind: 'enter', scope });
  } else if (scope.parent === 0) {
    emit(turn, { type: 'ExecutionSucceeded', output }, exit);
  } else {
    turn.now.push({
      kind: 'ended',
      step: stepAt(execution, scope.parent),
      index: scope.index,
      previous: exit,
    });
  }
}
