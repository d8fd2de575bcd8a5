import type { Advanced } from '@/lib/engine/advance';
import type { Event } from '@/lib/engine/event';
import type { Execution } from '@/lib/engine/execution';
import type { LogLine } from './ports';

/**
 * Executions that run whole in memory.
 *
 * X1 The start is committed before anything is called, the end before anybody is told of it: one that was acknowledged is never
 *    lost. What lies between is not committed, so after a crash it runs again from its start, with the same idempotency keys.
 * X2 It waits for nobody: no callbacks, no other executions, five minutes at most.
 * X3 One that succeeds keeps its whole history with the probability that its flow says, drawn at its start; else its start
 *    and its result. One that ends otherwise keeps it always.
 * X4 What an operator does to one is committed with all that came before it; from then on it is an execution like any other.
 */
export interface Held {
  readonly events: Event[];
  readonly lines: LogLine[];
}

/** What an express execution that begins keeps in memory: all but its start. Undefined for every other. */
export function heldFrom({ execution, events }: Advanced): Held | undefined {
  if (execution.start.options?.profile !== 'express') return undefined;
  return { events: events.slice(1), lines: [] };
}

/** The same for one that comes out of the journal; undefined also for one that has moved on there (X4). */
export function heldOf({ start, lastEvent, status }: Execution): Held | undefined {
  if (start.options?.profile !== 'express' || status !== 'running' || lastEvent > 1) return undefined;
  return { events: [], lines: [] };
}

/** X3: what of it goes to the journal, in the end or when it becomes an execution like any other. */
export function kept(held: Held, { status, start }: Execution): Pick<Held, 'events' | 'lines'> {
  const share = start.options?.historyShare ?? 1;
  if (status !== 'succeeded' || share >= 1 || drawn(start.seed) < share) return held;
  return { events: [endAlone(held.events)], lines: [] };
}

/** The end of an execution whose way there is not kept: the second and last event of its history. */
function endAlone(events: readonly Event[]): Event {
  const last = events.at(-1);
  if (last?.type !== 'ExecutionSucceeded')
    throw new Error('only the end of an execution that succeeded stands alone');
  return { ...last, id: 2, previous: 1, omitted: last.id - 2 };
}

/** Between 0 and 1, from the seed that the execution draws everything from. */
function drawn(seed: string): number {
  return Number.parseInt(seed.slice(0, 12), 16) / 2 ** 48;
}
