import type { Event, EventType, Failure } from '@/lib/engine/event';
import { change, fail } from './attempts';
import { addStep, closeAll, containerOf, pointerOf, recordOf, setScope, setStep, stepOf } from './ledger';
import type { Monitor } from './monitor';
import { act, askedFor } from './operators';
import type { Step, StepFailure } from './step';

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
  const ended = { ...monitor.summary, endedAt: event.at, paused: false };
  if (event.type === 'ExecutionSucceeded') {
    monitor.summary = { ...ended, status: 'succeeded', output: event.output };
  } else {
    const failure = failureOf(event);
    monitor.summary = { ...ended, status: statusAfter[event.type], failure };
    tellFailState(monitor, failure);
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
    status: entryStatus(event),
    input,
    enteredAt,
    ...(until === undefined ? {} : { until }),
    ...(stateType === 'Fail' ? { endedAt: enteredAt } : {}),
    attempts: [],
    caught: false,
  });
  if (stateType !== 'Fail') return;
  monitor.failState = id;
  setScope(monitor, place, 'failed', enteredAt);
}

function entryStatus({ stateType }: Of<'StateEntered'>): Step['status'] {
  if (stateType === 'Fail') return 'failed';
  return stateType === 'Wait' ? 'waiting' : 'running';
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
    | 'ParallelStateFailed'
    | 'MapStateFailed'
    | 'MapRunFailed'
  >,
): void {
  const step = stepOf(monitor, event.step);
  // A Map's run fails before the Map itself does: one failure, told twice.
  if (step.status === 'failed') return;
  const { at, retry } = event;
  const location = event.type === 'EvaluationFailed' ? event.location : undefined;
  const failure = { ...failureOf(event), ...(location === undefined ? {} : { location }) };
  const beginning = { at, input: step.input, asked: askedFor(monitor, step.id) };
  const attempts = fail(step.attempts, beginning, { failure, ...(retry === undefined ? {} : { retry }) });
  tellFailState(monitor, failure);
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
  setScope(monitor, { parent: event.step, index: event.index }, iterationAfter[event.type], event.at);
}

export function failIteration(monitor: Monitor, event: Of<'MapIterationFailed'>): void {
  const { step, index, at } = event;
  const failure = failureOf(event);
  tellFailState(monitor, failure);
  setScope(monitor, { parent: step, index }, 'failed', at);
  const scope = containerOf(monitor, step).scopes.get(index);
  if (scope !== undefined) scope.failure = failure;
}

/** A Fail state says nothing itself: what it failed with is the failure that follows it. */
function tellFailState(monitor: Monitor, failure: StepFailure): void {
  const id = monitor.failState;
  if (id === undefined) return;
  monitor.failState = undefined;
  setStep(monitor, { ...stepOf(monitor, id), failure });
}

function failureOf({ error, cause }: Failure): Failure {
  return { ...(error === undefined ? {} : { error }), ...(cause === undefined ? {} : { cause }) };
}
