import { apply } from './apply';
import type { Arrival } from './arrival';
import type { Command } from './command';
import type { Event, Failure, Happening } from './event';
import type { Execution, Scope, Step } from './execution';
import type { Program } from './program';

/** What one arrival leads to, while it is being decided. */
export interface Turn {
  /** Another one after the definition was replaced. */
  program: Program;
  readonly execution: Execution;
  /** The arrival's time: every event of the turn happens then. */
  readonly at: number;
  /** Resources whose tasks wait for their turn; undefined where none do. */
  readonly limited: ReadonlySet<string> | undefined;
  readonly events: Event[];
  readonly commands: Command[];
  /** Consequences that must come in this turn; the newest first. */
  readonly now: Consequence[];
  /** What can as well be begun in a later turn, since the execution shows that it is due; the oldest first. */
  readonly soon: Begin[];
}

export type Consequence =
  /** A branch or iteration has ended; `previous` is the exit of its last state. */
  | { readonly kind: 'ended'; readonly step: Step; readonly index: number; readonly previous: number }
  | ({ readonly kind: 'failed'; readonly step: Step } & Failing)
  /** A part of a Parallel or Map is over, and the rest goes on. */
  | { readonly kind: 'proceed'; readonly step: Step; readonly previous: number }
  /** What the step has failed with comes over what is around it. */
  | ({ readonly kind: 'around'; readonly step: Step } & Failing);

export type Begin =
  | { readonly kind: 'enter'; readonly scope: Scope }
  | { readonly kind: 'run'; readonly step: Step }
  /** Start as many iterations as may run. */
  | { readonly kind: 'fill'; readonly step: Step };

/** How a step has failed, before Retry and Catch are asked. */
export interface Failing {
  readonly failure: Failure;
  readonly origin: 'task' | 'timeout' | 'heartbeat' | 'evaluation' | 'fail' | 'map' | 'run' | 'operator';
  /** The event that says so, or that led to it. */
  readonly previous: number;
  readonly location?: string;
}

export function turnOf(
  program: Program,
  execution: Execution,
  { at, limited }: Pick<Arrival, 'at' | 'limited'>,
): Turn {
  return { program, execution, at, limited, events: [], commands: [], now: [], soon: [] };
}

/** An event happens: it is recorded and applied. Returns its id. */
export function emit(turn: Turn, happening: Happening, previous: number): number {
  const { program, execution, at } = turn;
  // The copied part comes first: V8 copies a whole object at once only into an empty one, and this is done for every event.
  const event: Event = { ...happening, id: execution.lastEvent + 1, previous, at };
  turn.events.push(event);
  apply(program, execution, event, turn.commands);
  return event.id;
}
