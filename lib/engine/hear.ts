import type { Arrival } from './arrival';
import { findDue } from './drain';
import { failEvaluation } from './enter';
import type { Execution, Step } from './execution';
import { asFailure, failStep } from './fail';
import { leaveMap } from './iterate';
import { leavePlainly, leaveWithResult } from './leave';
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
      | 'itemsRead'
      | 'mapTaskFailed'
      | 'resultsWritten'
      | 'timer';
  }
>;
type About<Type extends Heard['type']> = Extract<Heard, { type: Type }>;

/** The world answers. What is not awaited (late, double, of another attempt) changes nothing (E3). */
export function hear(turn: Turn, arrival: Heard): void {
  if (arrival.type === 'timer') return hearTimer(turn, arrival.timer);
  const step = turn.execution.steps.get(arrival.step);
  if (step === undefined || step.attempt !== arrival.attempt) return;
  switch (arrival.type) {
    case 'taskSucceeded':
    case 'taskFailed':
    case 'taskSubmitted':
    case 'taskHeartbeat':
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
  arrival: About<'taskSucceeded' | 'taskFailed' | 'taskSubmitted' | 'taskHeartbeat'>,
): void {
  const { attempt } = step;
  switch (arrival.type) {
    case 'taskHeartbeat':
      emit(turn, { type: 'TaskHeartbeat', step: step.id, attempt }, step.last);
      return;
    case 'taskSubmitted':
      if (step.task?.submitted) return;
      emit(turn, { type: 'TaskSubmitted', step: step.id, attempt, output: arrival.output }, step.last);
      return;
    case 'taskFailed': {
      const { error, cause } = arrival;
      const failure = {
        ...(error === undefined ? {} : { error }),
        ...(cause === undefined ? {} : { cause }),
      };
      turn.now.push({ kind: 'failed', step, failure, origin: 'task', previous: step.last });
      return;
    }
    case 'taskSucceeded':
      return succeed(turn, step, arrival.output);
  }
}

function succeed(turn: Turn, step: Step, output: About<'taskSucceeded'>['output']): void {
  try {
    checkSize(turn.execution, output, step.state);
  } catch (thrown) {
    const failure = asFailure(step, thrown);
    turn.now.push({ kind: 'failed', step, failure, origin: 'task', previous: step.last });
    return;
  }
  const told = emit(turn, { type: 'TaskSucceeded', step: step.id, attempt: step.attempt, output }, step.last);
  try {
    leaveWithResult(turn, step, output, told);
  } catch (thrown) {
    failEvaluation(turn, step, thrown);
  }
}

function hearMap(
  turn: Turn,
  step: Step,
  arrival: About<'itemsRead' | 'mapTaskFailed' | 'resultsWritten'>,
): void {
  const run = step.container?.map?.run ?? null;
  if (run === null) return;
  if (arrival.type === 'mapTaskFailed') {
    if (run.reading === null && !run.writing) return;
    const usual = run.reading === null ? 'States.ResultWriterFailed' : 'States.ItemReaderFailed';
    const { error = usual, cause } = arrival;
    const failure = { error, ...(cause === undefined ? {} : { cause }) };
    turn.now.push({ kind: 'failed', step, failure, origin: 'run', previous: step.last });
  } else if (arrival.type === 'itemsRead') {
    if (run.reading === null) return;
    const { items, next } = arrival;
    const more = next === undefined ? {} : { next };
    emit(turn, { type: 'MapItemsRead', step: step.id, items, ...more }, step.last);
    turn.soon.push({ kind: 'fill', step });
  } else if (run.writing) {
    emit(turn, { type: 'MapResultsWritten', step: step.id, output: arrival.output }, step.last);
    try {
      leaveMap(turn, step, step.last);
    } catch (thrown) {
      failEvaluation(turn, step, thrown);
    }
  }
}

/** A timer that is set and due. While the execution is paused only its own timeout counts. */
function hearTimer(turn: Turn, timer: string): void {
  const { execution } = turn;
  if (timer.startsWith('continue:')) {
    turn.soon.push(...findDue(execution));
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
      try {
        leavePlainly(turn, step, step.last);
      } catch (thrown) {
        failEvaluation(turn, step, thrown);
      }
      return;
    case 'retry':
      return again(turn, step);
    case 'timeout':
      return failStep(turn, step, timedOut(step, 'timeout'));
    case 'heartbeat':
      return failStep(turn, step, timedOut(step, 'heartbeat'));
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
