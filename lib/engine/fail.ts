import { LanguageFailure } from '@/lib/expression/failure';
import type { JsonObject } from '@/lib/expression/json';
import { abortInside } from './abort';
import type { CompiledCatcher, CompiledState } from './compile-state';
import { seeing, sightOf } from './evaluation';
import type { Failure, Retrying } from './event';
import type { Step } from './execution';
import { assigning, insertResult, leave } from './leave';
import { containerOf, stateOf, stepAt } from './places';
import { catcherFor, retryFor } from './retry';
import { beyondTolerance, isTolerated, tipsOver } from './tolerance';
import { emit, type Failing, type Turn } from './turn';

/** A step has failed: Retry, then Catch, then an operator (where failures are parked), then what is around it. */
export function failStep(turn: Turn, step: Step, failing: Failing): void {
  const state = stateOf(turn.program, turn.execution, step);
  const retry = retryFor(turn, step, state, failing);
  abortInside(turn, step, failing.previous);
  const previous = announce(turn, step, failing, retry);
  if (retry !== undefined) return;
  const catcher = catcherFor(state, failing);
  let told: Failing = { ...failing, previous };
  if (catcher !== undefined) {
    try {
      leaveCaught(turn, step, told, state, catcher);
      return;
    } catch (thrown) {
      told = { ...told, failure: asFailure(step, thrown), origin: 'fail' };
    }
  }
  if (parks(turn, step, told)) {
    emit(turn, { type: 'StepParked', step: step.id, ...told.failure }, previous);
  } else {
    failAround(turn, step, told);
  }
}

/** What a LanguageFailure means in the history: the cause names the state; a size limit's stands alone. Rethrows all else. */
export function asFailure(step: Step, thrown: unknown): Failure {
  if (!(thrown instanceof LanguageFailure)) throw thrown;
  const place = `An error occurred while executing the state '${step.state}' (entered at the event id #${step.number}). `;
  const bare = thrown.error === 'States.DataLimitExceeded';
  return { error: thrown.error, cause: bare ? thrown.message : `${place}${thrown.message}` };
}

/** The events by which the step itself says that it has failed. Returns the last one, or what led to the failure. */
function announce(turn: Turn, step: Step, failing: Failing, retry: Retrying | undefined): number {
  const { failure, origin, previous } = failing;
  const told = { step: step.id, ...failure, ...(retry === undefined ? {} : { retry }) };
  switch (origin) {
    case 'task':
      return emit(turn, { type: 'TaskFailed', attempt: step.attempt, ...told }, previous);
    case 'timeout':
    case 'heartbeat':
      return emit(turn, { type: 'TaskTimedOut', attempt: step.attempt, ...told }, previous);
    case 'evaluation':
      return announceEvaluation(turn, step, failing, retry);
    case 'run': {
      const run = emit(turn, { type: 'MapRunFailed', ...told }, previous);
      if (retry !== undefined) return run;
      return emit(turn, { type: 'MapStateFailed', ...told }, run);
    }
    case 'fail':
    case 'map':
      return previous;
  }
}

function announceEvaluation(turn: Turn, step: Step, failing: Failing, retry: Retrying | undefined): number {
  const { failure, location, previous } = failing;
  const silent = failure.error !== 'States.QueryEvaluationError' && retry === undefined;
  if (silent) return previous;
  const told = { step: step.id, ...failure, ...(retry === undefined ? {} : { retry }) };
  const place = location === undefined ? {} : { location };
  const evaluation = emit(
    turn,
    { type: 'EvaluationFailed', ...place, ...told },
    evaluatedAfter(step, previous),
  );
  if (step.type !== 'Map' || retry !== undefined) return evaluation;
  return emit(turn, { type: 'MapStateFailed', ...told }, evaluation);
}

/** AWS lets a failure at entry follow from what led to the state, except in a Wait. */
function evaluatedAfter(step: Step, previous: number): number {
  return previous === step.id && step.type !== 'Wait' ? step.previous : previous;
}

function leaveCaught(
  turn: Turn,
  step: Step,
  failing: Failing,
  state: CompiledState,
  catcher: CompiledCatcher,
): void {
  const errorOutput = errorOutputOf(failing.failure);
  const sight = sightOf(turn, step);
  const seen = state.jsonata ? seeing(sight, step.input, { errorOutput }) : seeing(sight, errorOutput);
  const plain = insertResult(state.jsonata ? undefined : catcher.resultPath, step.input, errorOutput);
  const output = catcher.output === undefined ? plain : catcher.output(seen);
  leave(turn, step, {
    output,
    ...assigning(catcher.assign?.(seen)),
    next: catcher.next,
    previous: failing.previous,
    caught: failing.failure,
  });
}

/** `{Error, Cause}` as a Catcher sees it; a failure that has neither has both as null. */
export function errorOutputOf({ error, cause }: Failure): JsonObject {
  if (error === undefined && cause === undefined) return { Error: null, Cause: null };
  return {
    ...(error === undefined ? {} : { Error: error }),
    ...(cause === undefined ? {} : { Cause: cause }),
  };
}

/** The failure leaves the step: the branch, iteration or execution that it is in has failed with it. */
export function failAround(turn: Turn, step: Step, failing: Failing): void {
  const { failure, previous } = failing;
  if (step.parent === 0) {
    emit(turn, { type: 'ExecutionFailed', ...failure }, previous);
    return;
  }
  const around = stepAt(turn.execution, step.parent);
  if (around.type === 'Parallel') failParallel(turn, around, step, failing);
  else failMap(turn, around, step, failing);
}

function failParallel(turn: Turn, parallel: Step, step: Step, failing: Failing): void {
  const { failure, previous } = failing;
  const state = stateOf(turn.program, turn.execution, parallel);
  const origin = originAround(failing);
  const retry = retryFor(turn, parallel, state, { ...failing, origin });
  if (step.type === 'Task') {
    emit(turn, { type: 'StateAborted', step: step.id, state: step.state, stateType: step.type }, previous);
  }
  abortInside(turn, parallel, previous, step.index);
  const failed = emit(
    turn,
    {
      type: 'ParallelStateFailed',
      step: parallel.id,
      branch: step.index,
      ...failure,
      ...(retry === undefined ? {} : { retry }),
    },
    previous,
  );
  if (retry === undefined) afterContainer(turn, parallel, { ...failing, previous: failed, origin });
}

/** A missed heartbeat stays one for what is around. */
function originAround({ origin }: Failing): Failing['origin'] {
  return origin === 'heartbeat' ? origin : 'map';
}

function failMap(turn: Turn, map: Step, step: Step, failing: Failing): void {
  const { failure, previous } = failing;
  const container = containerOf(map);
  const run = container.map?.run ?? null;
  const iteration = { type: 'MapIterationFailed', step: map.id, index: step.index, ...failure } as const;
  if (run !== null) {
    emit(turn, iteration, previous);
    if (isTolerated(container, run)) turn.now.push({ kind: 'proceed', step: map, previous: map.last });
    else
      turn.now.push({
        ...failing,
        kind: 'failed',
        step: map,
        origin: 'run',
        previous: map.last,
        failure: beyondTolerance,
      });
    return;
  }
  const origin = originAround(failing);
  const told: Failing = { ...failing, origin };
  const retry = retryFor(turn, map, stateOf(turn.program, turn.execution, map), told);
  abortInside(turn, map, previous, step.index);
  emit(turn, { ...iteration, ...(retry === undefined ? {} : { retry }) }, previous);
  if (retry !== undefined) return;
  const failed = emit(turn, { type: 'MapStateFailed', step: map.id, ...failure }, previous);
  afterContainer(turn, map, { ...told, previous: failed });
}

/** Retry has been asked: Catch of the container, or what is around it. */
function afterContainer(turn: Turn, step: Step, failing: Failing): void {
  const state = stateOf(turn.program, turn.execution, step);
  const catcher = catcherFor(state, failing);
  if (catcher === undefined) {
    failAround(turn, step, failing);
    return;
  }
  try {
    leaveCaught(turn, step, failing, state, catcher);
  } catch (thrown) {
    failAround(turn, step, { ...failing, failure: asFailure(step, thrown) });
  }
}

/** Whether the step waits for an operator: nothing around it would mend or tolerate its failure. */
function parks(turn: Turn, step: Step, failing: Failing): boolean {
  const { execution, program } = turn;
  if (execution.start.options?.onFailure !== 'park' || failing.decided) return false;
  let seen: Failing = { ...failing, origin: originAround(failing) };
  for (let inner = step; inner.parent !== 0; ) {
    const around = stepAt(execution, inner.parent);
    const container = containerOf(around);
    const run = container.map?.run ?? null;
    if (run !== null) {
      if (!tipsOver(container, run)) return false;
      seen = { ...seen, failure: beyondTolerance, origin: 'run' };
    }
    const state = stateOf(program, execution, around);
    if (retryFor(turn, around, state, seen) ?? catcherFor(state, seen)) return false;
    inner = around;
  }
  return true;
}
