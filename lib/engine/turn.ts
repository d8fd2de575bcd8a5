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
  readonly origin: 'task' | 'timeout' | 'heartbeat' | 'evaluation' | 'fail' | 'map' | 'run';
  /** The event that says so, or that led to it. */
  readonly previous: number;
  readonly location?: string;
  /** An operator has let it fail: nobody is asked once more. */
  readonly decided?: true;
}

export function turnOf(
  program: Program,
  execution: Execution,
  { at, limited }: Pick<Arrival, 'at' | 'limited'>,
): Turn {
  return { program, execution, at, limited, events: [], commands: [], now: [], soon: [] };
}

/** A happening that is still being put together. Fields that may be absent are set one by one: spreading each costs ten times as much. */
export type Draft<Type extends Happening['type']> = {
  -readonly [Name in keyof Extract<Happening, { type: Type }>]: Extract<Happening, { type: Type }>[Name];
};

/** What is added to a happening to make it an event. */
type Place = { -readonly [Name in 'id' | 'previous' | 'at']: Event[Name] };

/**
 * An event happens: it is recorded and applied. Returns its id. The happening is made for this call alone and becomes the event
 * itself: of so many forms V8 has no quick way to make copies.
 */
export function emit(turn: Turn, happening: Happening, previous: number): number {
  const { program, execution, at } = turn;
  const event = happening as Happening & Place;
  event.id = execution.lastEvent + 1;
  event.previous = previous;
  event.at = at;
  turn.events.push(event);
  apply(program, execution, event, turn.commands);
  return event.id;
}
