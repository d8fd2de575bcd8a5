import { z } from 'zod';

/**
 * How a try is told to fail: `always` refuses for good (sold out), `unavailable` is never there, a number is not there so many
 * times, `lost-answer` does what it was asked and closes the connection without a word, once.
 */
const Failing = z.union(
  [z.literal('always'), z.literal('unavailable'), z.literal('lost-answer'), z.int().min(0).max(1000)],
  'Write "always", "unavailable", "lost-answer", or how many tries fail',
);

/** What a service is asked to book. */
export const Order = z.strictObject({
  order: z.string().min(1).max(100),
  traveller: z.string().min(1).max(200),
  details: z
    .record(z.string().max(60), z.union([z.string().max(500), z.number(), z.boolean()]))
    .default({})
    .meta({ description: 'What exactly: from, to, nights…' }),
  fail: z
    .union(
      [Failing, z.strictObject({ book: Failing.optional(), cancel: z.int().min(0).max(1000).optional() })],
      'Write "always", "unavailable", "lost-answer", how many tries fail, or {"book": one of these, "cancel": how many tries fail}',
    )
    .optional(),
  delayMs: z.int().min(0).max(60_000).optional(),
});

/** Shares of requests, 0 to 1, that fail by chance. */
export const Failures = z.strictObject({
  /** Answered 503 before anything was done. */
  rate: z.number().min(0).max(1),
  /** Of bookings: refused for good with 409. */
  soldOut: z.number().min(0).max(1),
  /** Done, and the connection closed without an answer. */
  lostAnswer: z.number().min(0).max(1),
});

export const Health = z.strictObject({ status: z.enum(['healthy', 'unhealthy']) });

export type Order = z.output<typeof Order>;
export type Failures = z.output<typeof Failures>;
type Failing = z.output<typeof Failing>;

export function bookingFailure({ fail }: Order): Failing {
  return (typeof fail === 'object' ? fail.book : fail) ?? 0;
}

/** How many tries to cancel it are answered 503. */
export function failingCancellations({ fail }: Order): number {
  return typeof fail === 'object' ? (fail.cancel ?? 0) : 0;
}
