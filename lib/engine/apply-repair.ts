import { readingCommand, writingCommand } from './apply-map-run';
import { restart } from './apply-restart';
import { calling, cancelling, emptyContainer, silence } from './apply-step';
import type { Command } from './command';
import type { Event } from './event';
import type { Execution, Scope, Step } from './execution';
import { containerOf, scopeOf, stepAt } from './places';
import { type Commands, setTimer } from './timers';

/** The execution is to begin once its flow has room. */
export const awaitingRoom: Command = { type: 'awaitRoom', id: 'room' };

/** What was done to the execution from outside: by a person, or because its turn has come. */
export function applyRepair(
  execution: Execution,
  event: Extract<
    Event,
    {
      type:
        | 'ExecutionRedriven'
        | 'StepRetried'
        | 'StepRestarted'
        | 'StepSkipped'
        | 'StepFailed'
        | 'DefinitionReplaced'
        | 'ExecutionPaused'
        | 'ExecutionResumed'
        | 'ExecutionBegun';
    }
  >,
  commands: Commands,
): void {
  switch (event.type) {
    case 'ExecutionRedriven':
      execution.redrives += 1;
      execution.redrivenAt = event.at;
      execution.queued = event.queued === true;
      revive(execution, event.steps, event.at, commands);
      return;
    case 'StepRetried':
    case 'StepSkipped':
      mend(execution, event, commands);
      return;
    case 'StepRestarted': {
      const scope = restart(execution, event, commands);
      if (event.queued === true) execution.queued = true;
      revive(execution, event.resumed ?? [], event.at, commands);
      reviveAround(execution, scope, commands);
      return;
    }
    case 'StepFailed':
      stepAt(execution, event.step).last = event.id;
      return;
    case 'DefinitionReplaced':
      execution.version = event.version;
      return;
    case 'ExecutionPaused':
      pause(execution, commands);
      return;
    case 'ExecutionResumed':
      resume(execution, commands);
      return;
    case 'ExecutionBegun':
      execution.queued = false;
      countTime(execution, event.at, commands);
  }
}

function mend(
  execution: Execution,
  event: Extract<Event, { type: 'StepRetried' | 'StepSkipped' }>,
  commands: Commands,
): void {
  if (event.type === 'StepRetried' && event.input !== undefined) {
    const step = stepAt(execution, event.step);
    step.input = event.input;
    // What was done with the other input is done anew.
    emptyContainer(execution, step, commands);
  }
  if (event.queued === true) execution.queued = true;
  revive(execution, [event.step, ...(event.resumed ?? [])], event.at, commands);
}

/** What waits for its turn leaves the queue. */
function pause(execution: Execution, commands: Commands): void {
  execution.paused = true;
  for (const step of execution.steps.values()) if (step.task?.queued) commands?.push(cancelling(step));
}

/** What the pause has kept back is asked for again. */
function resume(execution: Execution, commands: Commands): void {
  execution.paused = false;
  if (execution.queued) commands?.push(awaitingRoom);
  for (const [id, at] of execution.timers.due) commands?.push({ type: 'setTimer', id, at });
  for (const step of execution.steps.values()) if (step.task?.queued) commands?.push(calling(step));
}

/** The steps are ready to be run again, and what is around them goes on. */
function revive(execution: Execution, ids: readonly number[], at: number, commands: Commands): void {
  execution.status = 'running';
  delete execution.failure;
  delete execution.output;
  if (execution.top.next !== null) execution.top.status = 'running';
  if (execution.queued) commands?.push(awaitingRoom);
  else if (!execution.timers.due.has('execution')) countTime(execution, at, commands);
  for (const id of ids) {
    const step = stepAt(execution, id);
    silence(execution, step, commands);
    reviveStep(step, commands);
    reviveAround(execution, scopeOf(execution, step), commands);
  }
}

/** A Parallel or Map goes on with the branches and iterations that it has; anything else is run again. */
function reviveStep(step: Step, commands: Commands): void {
  const { container } = step;
  step.failure = null;
  step.retries = [];
  if (container === null || container.started === 0) {
    step.status = 'ready';
    return;
  }
  step.status = 'inside';
  askAgain(step, commands);
  for (const scope of container.scopes.values()) reviveBetween(scope, container);
}

/** An execution that had ended has the whole of its time again, counted from the repair; one that waited for room, from its beginning. */
function countTime(execution: Execution, from: number, commands: Commands): void {
  const { timeoutAt } = execution.start;
  if (timeoutAt === undefined) return;
  setTimer(execution, 'execution', from + timeoutAt - execution.startedAt, commands);
}

function reviveAround(execution: Execution, innermost: Scope, commands: Commands): void {
  for (let scope = innermost; ; ) {
    const stalled = scope.status === 'stalled';
    scope.status = 'running';
    if (scope.parent === 0) return;
    const around = stepAt(execution, scope.parent);
    const container = containerOf(around);
    if (stalled) {
      container.running += 1;
      container.map?.run?.failures.delete(scope.index);
    }
    if (around.status !== 'inside') askAgain(around, commands);
    around.status = 'inside';
    around.failure = null;
    for (const other of container.scopes.values()) reviveBetween(other, container);
    scope = scopeOf(execution, around);
  }
}

/** A distributed Map that was given up while it read items or wrote results asks for the same page, and the same part, again. */
function askAgain(step: Step, commands: Commands): void {
  const run = step.container?.map?.run ?? null;
  if (run === null) return;
  if (run.reading?.asked) commands?.push(readingCommand(step, run));
  if (run.writing !== null) commands?.push(writingCommand(step, run));
}

/** A part that was between two steps when it was given up enters the next one now. */
function reviveBetween(
  scope: { status: 'running' | 'stalled'; readonly next: unknown; readonly step: number },
  container: { running: number },
): void {
  if (scope.status === 'running' || scope.next === null || scope.step !== 0) return;
  scope.status = 'running';
  container.running += 1;
}
