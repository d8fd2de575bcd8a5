import { apply } from './apply';
import { readingCommand, writingCommand } from './apply-map-run';
import { awaitingRoom } from './apply-repair';
import { calling } from './apply-step';
import type { Command } from './command';
import { findDue } from './drain';
import type { Event } from './event';
import type { Execution, Step } from './execution';
import { stateOf } from './places';
import type { Program } from './program';

/** An execution and the program that it runs now. */
export interface Folded {
  readonly execution: Execution;
  readonly program: Program;
}

/** The programs of versions that executions went over to. */
export type ProgramOf = (versionId: string) => Program;

/** The execution that these events made; the first must be ExecutionStarted. Throws when ids have a gap. */
export function fold(program: Program, events: Iterable<Event>, programOf: ProgramOf = noOther): Execution {
  return foldOn(program, undefined, events, programOf).execution;
}

/**
 * Folds further events into an execution (read so far, or thawed from a snapshot), in place. `program` is the one that it runs
 * before them. Throws when ids have a gap.
 */
export function foldOn(
  program: Program,
  execution: Execution | undefined,
  events: Iterable<Event>,
  programOf: ProgramOf = noOther,
): Folded {
  let folded = execution;
  let runs = program;
  for (const event of events) {
    folded = apply(runs, folded, event);
    if (event.type === 'DefinitionReplaced') runs = programOf(event.versionId);
  }
  if (folded === undefined) throw new Error('a history without events makes no execution');
  return { execution: folded, program: runs };
}

function noOther(versionId: string): Program {
  throw new Error(`the history goes over to version ${versionId}, which nobody has given`);
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
