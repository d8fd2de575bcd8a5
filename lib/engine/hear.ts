import { LanguageFailure } from '@/lib/expression/failure';
import { failureOf } from './apply-step';
import type { Arrival } from './arrival';
import { findDue } from './drain';
import { failEvaluation } from './enter';
import type { Failure } from './event';
import type { Execution, MapRun, Step } from './execution';
import { asFailure, failStep } from './fail';
import { leavePlainly, leaveWithResult } from './leave';
import { proceed } from './settle';
import { checkSize } from './size';
import { emit, type Turn } from './turn';

type Heard = Extract<
  Arrival,
  {
    type:
      | 'taskSucceeded'
      | 'taskFailed'
      | 'taskSubmitted'
      | 'taskHeartbeat'
      | 'taskStarted'
      | 'begin'
      | 'itemsRead'
      | 'mapTaskFailed'
      | 'resultsWritten'
      | 'timer';
  }
>;
type About<Type extends Heard['type']> = Extract<Heard, { type: Type }>;

/** The world answers. What is not awaited (late, double, of another attempt) changes nothing (E3). */
export function hear(turn: Turn, arrival: Heard): void {
  if (arrival.type === 'timer') {
    hearTimer(turn, arrival.timer);
    return;
  }
  if (arrival.type === 'begin') {
    begin(turn);
    return;
  }
  const step = turn.execution.steps.get(arrival.step);
  if (step === undefined || step.attempt !== arrival.attempt) return;
  switch (arrival.type) {
    case 'taskSucceeded':
    case 'taskFailed':
    case 'taskSubmitted':
    case 'taskHeartbeat':
    case 'taskStarted':
      if (step.status === 'working' && step.task !== null) hearTask(turn, step, arrival);
      return;
    case 'itemsRead':
    case 'mapTaskFailed':
    case 'resultsWritten':
      if (step.status === 'inside') hearMap(turn, step, arrival);
  }
}

function hearTask(
  turn: Turn,
  step: Step,
  arrival: About<'taskSucceeded' | 'taskFailed' | 'taskSubmitted' | 'taskHeartbeat' | 'taskStarted'>,
): void {
  const { attempt } = step;
  switch (arrival.type) {
    case 'taskStarted':
      startQueued(turn, step);
      return;
    case 'taskHeartbeat':
      emit(turn, { type: 'TaskHeartbeat', step: step.id, attempt }, step.last);
      return;
    case 'taskSubmitted':
      if (step.task?.submitted) return;
      emit(turn, { type: 'TaskSubmitted', step: step.id, attempt, output: arrival.output }, step.last);
      return;
    case 'taskFailed': {
      const failure = taskFailure(step, arrival);
      turn.now.push({ kind: 'failed', step, failure, origin: 'task', previous: step.last });
      return;
    }
    case 'taskSucceeded':
      succeed(turn, step, arrival.output);
      return;
  }
}

/** The flow has room: an execution that waited for that begins, unless it is paused. */
function begin(turn: Turn): void {
  const { execution } = turn;
  if (!execution.queued || execution.paused) return;
  emit(turn, { type: 'ExecutionBegun' }, execution.lastEvent);
  for (const due of findDue(execution)) turn.soon.push(due);
}

/** A task's turn has come. A paused execution begins nothing: it asks for the call again when it is resumed. */
function startQueued(turn: Turn, step: Step): void {
  if (!step.task?.queued || turn.execution.paused) return;
  const { timeoutSeconds } = step.task;
  const timeout = timeoutSeconds === null ? {} : { timeoutAt: turn.at + timeoutSeconds * 1000 };
  emit(turn, { type: 'TaskStarted', step: step.id, attempt: step.attempt, ...timeout }, step.last);
}

/** What the shell reports as the interpreter's own failure (no such resource) names the state, as those do. */
function taskFailure(step: Step, arrival: About<'taskFailed'>): Failure {
  if (arrival.error !== 'States.Runtime') return failureOf(arrival);
  return asFailure(step, new LanguageFailure(arrival.error, arrival.cause ?? ''));
}

function succeed(turn: Turn, step: Step, output: About<'taskSucceeded'>['output']): void {
  try {
    checkSize(turn.execution, output, calledBy(step));
  } catch (thrown) {
    const failure = asFailure(step, thrown);
    turn.now.push({ kind: 'failed', step, failure, origin: 'task', previous: step.last });
    return;
  }
  const told = emit(turn, { type: 'TaskSucceeded', step: step.id, attempt: step.attempt, output }, step.last);
  trying(turn, step, () => leaveWithResult(turn, step, output, told));
}

/** As AWS names what has answered: an integration by its type (`lambda`), what is called directly by its whole name. */
function calledBy(step: Step): string {
  const resource = step.task?.resource ?? step.state;
  const parts = resource.split(':');
  const integrated = parts[2] === 'states' && parts[5] !== 'activity';
  return integrated ? parts.slice(5, -1).join(':') : resource;
}

function hearMap(
  turn: Turn,
  step: Step,
  arrival: About<'itemsRead' | 'mapTaskFailed' | 'resultsWritten'>,
): void {
  const run = step.container?.map?.run ?? null;
  if (run === null) return;
  switch (arrival.type) {
    case 'mapTaskFailed':
      hearMapFailure(turn, step, run, arrival);
      return;
    case 'itemsRead':
      hearItems(turn, step, run, arrival);
      return;
    case 'resultsWritten':
      if (run.writing === null || run.writing.part !== (arrival.part ?? 0)) return;
      emit(turn, { type: 'MapResultsWritten', step: step.id, output: arrival.output }, step.last);
      trying(turn, step, () => proceed(turn, step, step.last));
  }
}

function hearMapFailure(turn: Turn, step: Step, run: MapRun, arrival: About<'mapTaskFailed'>): void {
  if (run.reading === null && run.writing === null) return;
  const usual = run.reading === null ? 'States.ResultWriterFailed' : 'States.ItemReaderFailed';
  const failure = failureOf({ ...arrival, error: arrival.error ?? usual });
  turn.now.push({ kind: 'failed', step, failure, origin: 'run', previous: step.last });
}

/** Only the page that was asked for last is awaited. */
function hearItems(turn: Turn, step: Step, run: MapRun, arrival: About<'itemsRead'>): void {
  const { items, next, from = null } = arrival;
  if (!run.reading?.asked || run.reading.from !== from) return;
  const more = next === undefined ? {} : { next };
  emit(turn, { type: 'MapItemsRead', step: step.id, items, ...more }, step.last);
  turn.soon.push({ kind: 'fill', step });
}

function trying(turn: Turn, step: Step, act: () => void): void {
  try {
    act();
  } catch (thrown) {
    failEvaluation(turn, step, thrown);
  }
}

/** A timer that is set and due. While the execution is paused only its own timeout counts. */
function hearTimer(turn: Turn, timer: string): void {
  const { execution } = turn;
  if (timer.startsWith('continue:')) {
    for (const due of findDue(execution)) turn.soon.push(due);
    return;
  }
  const at = execution.timers.due.get(timer);
  if (at === undefined || at > turn.at) return;
  if (timer === 'execution') {
    emit(turn, { type: 'ExecutionTimedOut' }, execution.lastEvent);
    return;
  }
  if (!execution.paused) ring(turn, timer);
}

function ring(turn: Turn, timer: string): void {
  const step = stepOf(turn.execution, timer);
  if (step === undefined) return;
  switch (timer.slice(0, timer.indexOf(':'))) {
    case 'wait':
      trying(turn, step, () => leavePlainly(turn, step, step.last));
      return;
    case 'retry':
      again(turn, step);
      return;
    case 'timeout':
      failStep(turn, step, timedOut(step, 'timeout'));
      return;
    case 'heartbeat':
      failStep(turn, step, timedOut(step, 'heartbeat'));
      return;
  }
}

function timedOut(step: Step, origin: 'timeout' | 'heartbeat') {
  return { failure: { error: 'States.Timeout' }, origin, previous: step.last };
}

function again(turn: Turn, step: Step): void {
  turn.soon.push({ kind: 'run', step });
}

function stepOf(execution: Execution, timer: string): Step | undefined {
  return execution.steps.get(Number(timer.slice(timer.indexOf(':') + 1)));
}
