import type { Event, EventType, Failure, Retrying } from '@/lib/engine/event';
import { change, fail } from './attempts';
import { thin } from './lean';
import {
  addStep,
  closeAll,
  closeInside,
  containerOf,
  failAt,
  pointerOf,
  recordOf,
  scopeOf,
  setScope,
  setStep,
  stepOf,
} from './ledger';
import type { Monitor } from './monitor';
import { act, askedFor } from './operators';
import { grow } from './scope';
import type { StepFailure } from './step';

/** Steps come and go, branches and iterations with them, and in the end the execution. */
type Of<Type extends EventType> = Extract<Event, { readonly type: Type }>;

const statusAfter = {
  ExecutionFailed: 'failed',
  ExecutionTimedOut: 'timedOut',
  ExecutionAborted: 'stopped',
} as const;

export function end(
  monitor: Monitor,
  event: Of<'ExecutionSucceeded' | 'ExecutionFailed' | 'ExecutionTimedOut' | 'ExecutionAborted'>,
): void {
  const ended = { ...monitor.summary, endedAt: event.at, paused: false, queued: false };
  if (event.type === 'ExecutionSucceeded') {
    const { omitted } = event;
    const kept = omitted === undefined ? {} : { omitted };
    monitor.summary = { ...ended, status: 'succeeded', output: event.output, ...kept };
  } else {
    const failure = failureOf(event);
    monitor.summary = { ...ended, status: statusAfter[event.type], failure };
    if (event.type === 'ExecutionFailed') failAt(monitor, monitor.top, failure, event.at);
  }
  if (event.type === 'ExecutionAborted') act(monitor, event, 'stopped');
  closeAll(monitor, event.at);
}

export function enter(monitor: Monitor, event: Of<'StateEntered'>): void {
  const { id, state, stateType, input, at: enteredAt, until, parent, index } = event;
  const place = parent === undefined || index === undefined ? {} : { parent, index };
  setScope(monitor, place, 'running', enteredAt);
  addStep(monitor, {
    id,
    state,
    stateType,
    pointer: pointerOf(monitor, place, state),
    ...place,
    status: stateType === 'Wait' ? 'waiting' : 'running',
    input,
    enteredAt,
    ...(until === undefined ? {} : { until }),
    attempts: [],
    caught: false,
  });
}

export function exit(monitor: Monitor, event: Of<'StateExited'>): void {
  const step = stepOf(monitor, event.step);
  const { output, assigned, next, caught, at } = event;
  const status = caught === undefined ? 'succeeded' : 'failed';
  setStep(monitor, {
    ...step,
    status: step.status === 'skipped' ? 'skipped' : status,
    output,
    endedAt: at,
    attempts: change(step.attempts, { status, endedAt: at }),
    ...(assigned === undefined ? {} : { assigned }),
    ...(next === undefined ? {} : { next }),
    ...(caught === undefined ? {} : { caught: true, failure: step.failure ?? failureOf(caught) }),
  });
  const record = recordOf(monitor, step.pointer);
  if (next !== undefined) (caught === undefined ? record.taken : record.caughtBy).add(next);
  setScope(monitor, step, next === undefined ? 'succeeded' : 'running', at);
}

export function abort(monitor: Monitor, { step: id, at }: Of<'StateAborted'>): void {
  const step = stepOf(monitor, id);
  if (step.status === 'failed') return;
  const attempts = change(step.attempts, { status: 'stopped', endedAt: at });
  setStep(monitor, { ...step, status: 'stopped', endedAt: at, attempts });
  setScope(monitor, step, 'stopped', at);
}

/** A step failed: for now, where the language grants another attempt; else for good, until somebody catches or retries it. */
export function failStep(
  monitor: Monitor,
  event: Of<
    | 'TaskFailed'
    | 'TaskTimedOut'
    | 'EvaluationFailed'
    | 'MapStateFailed'
    | 'MapRunFailed'
    | 'ParallelStateFailed'
  >,
): void {
  const location = event.type === 'EvaluationFailed' ? event.location : undefined;
  fallOver(monitor, event, { ...failureOf(event), ...(location === undefined ? {} : { location }) });
}

/** A Map failed; where an iteration was to blame, that had told it already, and there is no further attempt. */
export function failMap(monitor: Monitor, event: Of<'MapStateFailed'>): void {
  if (stepOf(monitor, event.step).status !== 'failed') failStep(monitor, event);
}

/** A branch failed, and its Parallel with it. */
export function failParallel(monitor: Monitor, event: Of<'ParallelStateFailed'>): void {
  failInside(monitor, event.step, event.branch, event);
  failStep(monitor, event);
}

/** An iteration failed, and its Map with it, unless the Map is distributed and counts first. */
export function failIteration(monitor: Monitor, event: Of<'MapIterationFailed'>): void {
  failInside(monitor, event.step, event.index, event);
  if (!containerOf(monitor, event.step).isDistributed) fallOver(monitor, event, failureOf(event));
}

function failInside(
  monitor: Monitor,
  step: number,
  index: number,
  event: Failure & { readonly at: number },
): void {
  const failure = failureOf(event);
  const scope = scopeOf(monitor, { parent: step, index });
  failAt(monitor, scope, failure, event.at);
  setScope(monitor, { parent: step, index }, 'failed', event.at);
  scope.failure = failure;
}

function fallOver(
  monitor: Monitor,
  { step: id, at, retry }: { readonly step: number; readonly at: number; readonly retry?: Retrying },
  failure: StepFailure,
): void {
  const step = stepOf(monitor, id);
  const beginning = { at, input: step.input, asked: askedFor(monitor, id) };
  const attempts = fail(step.attempts, beginning, { failure, ...(retry === undefined ? {} : { retry }) });
  closeInside(monitor, id, at);
  if (retry !== undefined) {
    setStep(monitor, { ...step, attempts, status: 'retrying' });
    return;
  }
  setStep(monitor, { ...step, attempts, status: 'failed', failure, endedAt: at });
  setScope(monitor, step, 'failed', at);
}

/** A Parallel or a Map has all its results; the state itself is still to be left. */
export function succeed(monitor: Monitor, event: Of<'ParallelStateSucceeded' | 'MapStateSucceeded'>): void {
  const step = stepOf(monitor, event.step);
  setStep(monitor, { ...step, attempts: change(step.attempts, { status: 'succeeded', endedAt: event.at }) });
}

const iterationAfter = {
  MapIterationStarted: 'running',
  MapIterationSucceeded: 'succeeded',
  MapIterationAborted: 'stopped',
} as const;

export function moveIteration(
  monitor: Monitor,
  event: Of<'MapIterationStarted' | 'MapIterationSucceeded' | 'MapIterationAborted'>,
): void {
  // A batch of items is one iteration: there are fewer of those than of items.
  if (event.type === 'MapIterationStarted' && event.items !== undefined)
    grow(containerOf(monitor, event.step), 1 - event.items);
  setScope(monitor, { parent: event.step, index: event.index }, iterationAfter[event.type], event.at);
  if (event.type === 'MapIterationSucceeded') thin(monitor, event.step, event.index);
}

function failureOf({ error, cause }: Failure): Failure {
  return { ...(error === undefined ? {} : { error }), ...(cause === undefined ? {} : { cause }) };
}
