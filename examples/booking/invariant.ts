import type { Booking } from './bookings';
import type { BookingUrls } from './flow';

type Held = Pick<Booking, 'order' | 'number' | 'status'>;

/** How the execution of an order ended. */
export interface Ending {
  readonly order: string;
  readonly status: 'succeeded' | 'failed' | 'timedOut' | 'stopped';
  /** What the flow says came of it; null where it failed. */
  readonly outcome: 'booked' | 'cancelled' | null;
}

export interface Verdict {
  readonly booked: number;
  readonly cancelled: number;
  readonly failed: number;
  /** What does not hold, a sentence each. */
  readonly faults: readonly string[];
}

/** Every order whose execution has ended has all three bookings or none, no service has it twice, and the flow says which. */
export function judge(
  endings: readonly Ending[],
  bookings: { readonly [service in keyof BookingUrls]: readonly Held[] },
): Verdict {
  const held = new Map<string, string[]>();
  for (const [service, all] of Object.entries(bookings))
    for (const { order, status } of all)
      if (status === 'booked') held.set(order, [...(held.get(order) ?? []), service]);
  const known = new Set(endings.map(({ order }) => order));
  const strangers = [...held.keys()].filter((order) => !known.has(order));
  return {
    booked: endings.filter(({ outcome }) => outcome === 'booked').length,
    cancelled: endings.filter(({ outcome }) => outcome === 'cancelled').length,
    failed: endings.filter(({ outcome }) => outcome === null).length,
    faults: [
      ...endings.flatMap((ending) => faultsOf(ending, held.get(ending.order) ?? [])),
      ...strangers.map((order) => `${order}: nobody ordered it, but it is booked`),
    ],
  };
}

function faultsOf({ order, status, outcome }: Ending, services: readonly string[]): string[] {
  const what = services.length === 0 ? 'nothing' : services.join(', ');
  const isWhole = services.length === 3 && new Set(services).size === 3;
  if (!isWhole && services.length > 0)
    return [`${order} (${status}): ${what} is booked, not all three or none`];
  const expected = outcome === null ? what : outcome === 'booked' ? 'train, flight, hotel' : 'nothing';
  return what === expected ? [] : [`${order}: the flow says ${outcome}, but ${what} is booked`];
}
