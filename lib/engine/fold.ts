import type { Json } from '@/lib/expression/json';
import type { Command } from './command';
import type { Program } from './compile';
import type { Event } from './event';
import type { Execution } from './execution';

/** The execution that these events made; the first must be ExecutionStarted. Throws when ids have a gap. */
export function fold(program: Program, events: Iterable<Event>): Execution {
  throw new Error(`${program.definition.StartAt} ${[...events].length}: not folded yet`);
}

/** Folds further events into an execution (thawed from a snapshot, say), in place. Throws when ids have a gap. */
export function foldOn(program: Program, execution: Execution, events: Iterable<Event>): Execution {
  throw new Error(`${program.definition.StartAt} ${execution.id} ${[...events].length}: not folded yet`);
}

/** What is to be performed again after a crash: the commands whose answers the execution still awaits, with their first ids. */
export function openCommands(program: Program, execution: Execution): Command[] {
  throw new Error(`${program.definition.StartAt} ${execution.id}: not opened yet`);
}

/** When the execution's earliest timer is due, milliseconds since 1970; null where none is set. */
export function nextTimer(execution: Execution): number | null {
  throw new Error(`${execution.id}: no timers yet`);
}

/** A snapshot: everything `advance` needs to go on, as JSON, so that a long sleeper is loaded without its history. */
export function freeze(execution: Execution): Json {
  throw new Error(`${execution.id}: not frozen yet`);
}

/** The execution of a snapshot that `freeze` made. */
export function thaw(snapshot: Json): Execution {
  throw new Error(`${JSON.stringify(snapshot)}: not thawed yet`);
}
