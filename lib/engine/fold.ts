import { apply } from './apply';
import { readingCommand, writingCommand } from './apply-map-run';
import { awaitingRoom } from './apply-repair';
import { calling } from './apply-step';
import type { Command } from './command';
import type { Program } from './compile';
import { findDue } from './drain';
import type { Event } from './event';
import type { Execution, Step } from './execution';
import { stateOf } from './places';

/** The execution that these events made; the first must be ExecutionStarted. Throws when ids have a gap. */
export function fold(program: Program, events: Iterable<Event>): Execution {
  let execution: Execution | undefined;
  for (const event of events) execution = apply(program, execution, event);
  if (execution === undefined) throw new Error('a history without events makes no execution');
  return execution;
}

/** Folds further events into an execution (thawed from a snapshot, say), in place. Throws when ids have a gap. */
export function foldOn(program: Program, execution: Execution, events: Iterable<Event>): Execution {
  for (const event of events) apply(program, execution, event);
  return execution;
}

/**
 * What is to be performed again after a crash: the commands whose answers the execution still awaits, with their first ids.
 * Throws where the execution ran another definition.
 */
export function openCommands(program: Program, execution: Execution): Command[] {
  if (execution.status !== 'running') return [];
  const commands: Command[] = [];
  if (execution.queued && !execution.paused) commands.push(awaitingRoom);
  for (const [id, at] of execution.timers.due) commands.push({ type: 'setTimer', id, at });
  for (const step of execution.steps.values()) {
    stateOf(program, execution, step);
    commands.push(...awaited(step, execution.paused));
  }
  if (findDue(execution).length > 0) {
    commands.push({ type: 'continue', id: `continue:${execution.lastEvent}` });
  }
  return commands;
}

function awaited(step: Step, paused: boolean): Command[] {
  if (step.status === 'working' && step.task !== null) {
    const { submitted, queued } = step.task;
    return submitted || (queued && paused) ? [] : [calling(step)];
  }
  const run = step.container?.map?.run ?? null;
  if (step.status !== 'inside' || run === null) return [];
  return [
    ...(run.reading?.asked ? [readingCommand(step, run)] : []),
    ...(run.writing === null ? [] : [writingCommand(step, run)]),
  ];
}

/** When the execution's earliest timer is due, milliseconds since 1970; null where none is set. */
export function nextTimer(execution: Execution): number | null {
  return execution.timers.heap[0]?.at ?? null;
}
