import type { Arrival } from './arrival';
import type { Command } from './command';
import type { Program } from './compile';
import type { Event } from './event';
import type { Execution } from './execution';

/** What an arrival came to. */
export interface Advanced {
  readonly execution: Execution;
  /** In order, ids without gaps after the execution's last one. None: the arrival was not awaited (E3). */
  readonly events: readonly Event[];
  /** To be performed after the events are committed. */
  readonly commands: readonly Command[];
  /** Why an operator's wish was not followed, in one plain sentence. */
  readonly refused?: string;
}

/**
 * Decides what an arrival means: the only door of the engine, and a function of its arguments (E1). The execution is undefined for
 * `start` only. **The execution that is handed in belongs to `advance` from then on and may be changed in place**: go on with the one
 * that comes back, and when the events cannot be committed, drop it and fold the journal again.
 */
export function advance(program: Program, execution: Execution | undefined, arrival: Arrival): Advanced {
  throw new Error(`${program.definition.StartAt} ${execution?.id} ${arrival.type}: not decided yet`);
}
