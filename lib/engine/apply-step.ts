import { keepOutput } from './apply-map-run';
import type { Event, Failure, Retrying } from './event';
import type { Execution, Step } from './execution';
import { containerOf, scopeAt, scopeOf, stepAt } from './places';
import { type Commands, cancelTimer, setTimer } from './timers';

type Told<Type extends Event['type']> = Extract<Event, { readonly type: Type }>;

/** What happens to any step: it is entered, left, given up, parked, or one of its expressions fails. */
export function applyState(
  execution: Execution,
  event: Told<'StateEntered' | 'StateExited' | 'StateAborted' | 'StepParked' | 'EvaluationFailed'>,
  commands: Commands,
): void {
  switch (event.type) {
    case 'StateEntered':
      enter(execution, event, commands);
      return;
    case 'StateExited':
      exit(execution, event, commands);
      return;
    case 'StateAborted': {
      const step = stepAt(execution, event.step);
      silence(execution, step, commands);
      stall(step);
      if (step.status === 'parked') step.status = 'failed';
      else if (step.status !== 'failed') step.status = 'aborted';
      step.last = event.id;
      return;
    }
    case 'StepParked': {
      const step = stepAt(execution, event.step);
      step.status = 'parked';
      step.failure = failureOf(event);
      step.last = event.id;
      return;
    }
    case 'EvaluationFailed':
      failOrRetry(execution, event, commands);
      return;
  }
}

/** What happens to the task of a step. */
export function applyTask(
  execution: Execution,
  event: Told<
    | 'TaskScheduled'
    | 'TaskStarted'
    | 'TaskSubmitted'
    | 'TaskHeartbeat'
    | 'TaskSucceeded'
    | 'TaskFailed'
    | 'TaskTimedOut'
  >,
  commands: Commands,
): void {
  const step = stepAt(execution, event.step);
  step.last = event.id;
  switch (event.type) {
    case 'TaskScheduled':
      schedule(execution, step, event, commands);
      return;
    case 'TaskStarted':
      startQueued(execution, step, event, commands);
      return;
    case 'TaskSubmitted':
      if (step.task !== null) step.task.submitted = true;
      return;
    case 'TaskHeartbeat':
      beat(execution, step, event.at, commands);
      return;
    case 'TaskSucceeded':
      endTask(execution, step, commands);
      return;
    case 'TaskTimedOut':
      commands?.push(cancelling(step));
      endTask(execution, step, commands);
      failOrRetry(execution, event, commands);
      return;
    case 'TaskFailed':
      endTask(execution, step, commands);
      failOrRetry(execution, event, commands);
      return;
  }
}

function enter(execution: Execution, event: Told<'StateEntered'>, commands: Commands): void {
  const scope = scopeAt(execution, event.parent ?? 0, event.index ?? 0);
  const waits = event.until !== undefined;
  execution.steps.set(event.id, {
    id: event.id,
    state: event.state,
    type: event.stateType,
    parent: scope.parent,
    index: scope.index,
    hidden: scope.hidden,
    input: event.input,
    enteredAt: event.at,
    previous: event.previous,
    number: event.id - execution.quiet,
    status: waits ? 'waiting' : 'ready',
    last: event.id,
    attempt: 0,
    retries: [],
    until: event.until ?? null,
    task: null,
    container: null,
    failure: null,
  });
  // A step whose state is of another type by now was given up for this one.
  if (scope.step !== 0) execution.steps.delete(scope.step);
  scope.step = event.id;
  scope.next = null;
  if (event.until !== undefined) setTimer(execution, `wait:${event.id}`, event.until, commands);
}

function exit(execution: Execution, event: Told<'StateExited'>, commands: Commands): void {
  const step = stepAt(execution, event.step);
  const scope = scopeOf(execution, step);
  leave(execution, step, commands);
  scope.step = 0;
  if (event.assigned !== undefined) scope.variables = { ...scope.variables, ...event.assigned };
  if (event.next !== undefined) {
    scope.next = { state: event.next, input: event.output, previous: event.id };
    return;
  }
  if (scope.parent === 0) return;
  const container = containerOf(stepAt(execution, scope.parent));
  container.scopes.delete(scope.index);
  keepOutput(container, scope, event.output);
  container.running -= 1;
  container.done += 1;
  container.last = event.id;
}

function schedule(execution: Execution, step: Step, event: Told<'TaskScheduled'>, commands: Commands): void {
  cancelTimer(execution, `retry:${step.id}`, commands);
  step.attempt = event.attempt;
  step.status = 'working';
  step.failure = null;
  step.task = {
    resource: event.resource,
    parameters: event.parameters,
    token: event.token ?? null,
    timeoutSeconds: event.timeoutSeconds ?? null,
    heartbeatSeconds: event.heartbeatSeconds ?? null,
    queued: event.queued === true,
    submitted: false,
  };
  commands?.push(calling(step));
  if (step.task.queued) return;
  if (event.timeoutAt !== undefined) setTimer(execution, `timeout:${step.id}`, event.timeoutAt, commands);
  beat(execution, step, event.at, commands);
}

/** A task's time counts from when its turn has come. The call was asked for when it was scheduled. */
function startQueued(execution: Execution, step: Step, event: Told<'TaskStarted'>, commands: Commands): void {
  if (!step.task?.queued) return;
  step.task.queued = false;
  if (event.timeoutAt !== undefined) setTimer(execution, `timeout:${step.id}`, event.timeoutAt, commands);
  beat(execution, step, event.at, commands);
}

function beat(execution: Execution, step: Step, at: number, commands: Commands): void {
  const seconds = step.task?.heartbeatSeconds ?? null;
  if (seconds !== null) setTimer(execution, `heartbeat:${step.id}`, at + seconds * 1000, commands);
}

function endTask(execution: Execution, step: Step, commands: Commands): void {
  step.task = null;
  if (execution.timers.due.size === 0) return;
  cancelTimer(execution, `timeout:${step.id}`, commands);
  cancelTimer(execution, `heartbeat:${step.id}`, commands);
}

type CallTask = Extract<NonNullable<Commands>[number], { type: 'callTask' }>;

/** The command that calls the task of a step, the same each time (E5). */
export function calling(step: Step): CallTask {
  if (step.task === null) throw new Error(`step ${step.id} ("${step.state}") has no task in progress`);
  const { resource, parameters, token, queued } = step.task;
  const { id, attempt, state } = step;
  const command: { -readonly [Name in keyof CallTask]: CallTask[Name] } = {
    type: 'callTask',
    id: `task:${id}.${attempt}`,
    step: id,
    attempt,
    state,
    resource,
    parameters,
  };
  if (token !== null) command.token = token;
  if (queued) command.queued = true;
  return command;
}

export function cancelling(step: Step): NonNullable<Commands>[number] {
  return {
    type: 'cancelTask',
    id: `task:${step.id}.${step.attempt}`,
    step: step.id,
    attempt: step.attempt,
  };
}

/** The step has failed: another attempt is granted, or it has failed for good (a Catcher may still take over). */
export function failOrRetry(
  execution: Execution,
  event: { readonly step: number; readonly id: number; readonly retry?: Retrying } & Failure,
  commands: Commands,
): void {
  const step = stepAt(execution, event.step);
  step.last = event.id;
  if (event.retry === undefined) {
    if (step.status === 'retrying') cancelTimer(execution, `retry:${step.id}`, commands);
    step.status = 'failed';
    step.failure = failureOf(event);
    return;
  }
  const { at, retrier } = event.retry;
  for (let i = step.retries.length; i <= retrier; i += 1) step.retries.push(0);
  step.retries[retrier] = (step.retries[retrier] ?? 0) + 1;
  step.status = 'retrying';
  emptyContainer(execution, step, commands);
  setTimer(execution, `retry:${step.id}`, at, commands);
}

/** Only error and cause of an event, each where it is there. */
export function failureOf(event: Failure): Failure {
  return {
    ...(event.error === undefined ? {} : { error: event.error }),
    ...(event.cause === undefined ? {} : { cause: event.cause }),
  };
}

/** Takes a step away, with its timers, its task and all that is inside it. */
export function leave(execution: Execution, step: Step, commands: Commands): void {
  silence(execution, step, commands);
  emptyContainer(execution, step, commands);
  execution.steps.delete(step.id);
}

/** Takes everything inside of a step away. */
export function emptyContainer(execution: Execution, step: Step, commands: Commands): void {
  for (const scope of step.container?.scopes.values() ?? []) {
    const inner = execution.steps.get(scope.step);
    if (inner !== undefined) leave(execution, inner, commands);
  }
  step.container = null;
}

/** What is inside a step stands still. */
export function stall({ container }: Step): void {
  if (container === null) return;
  for (const scope of container.scopes.values()) scope.status = 'stalled';
  container.running = 0;
}

/** Nothing is awaited for the step any more: its call is cancelled, its timers too. */
export function silence(execution: Execution, step: Step, commands: Commands): void {
  if (step.task !== null) commands?.push(cancelling(step));
  endTask(execution, step, commands);
  if (step.status === 'waiting') cancelTimer(execution, `wait:${step.id}`, commands);
  if (step.status === 'retrying') cancelTimer(execution, `retry:${step.id}`, commands);
}
