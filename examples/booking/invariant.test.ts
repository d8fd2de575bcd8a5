import { expect, it } from 'vitest';
import { type Ending, judge } from './invariant';

const booked = (...orders: string[]) =>
  orders.map((order, index) => ({ order, number: `X-${index}`, status: 'booked' as const }));
const ending = (order: string, outcome: Ending['outcome'], status: Ending['status'] = 'succeeded') => ({
  order,
  outcome,
  status,
});

it('all three or none holds, and is counted', () => {
  const cancelled = { order: 'b', number: 'X-9', status: 'cancelled' as const };

  const verdict = judge([ending('a', 'booked'), ending('b', 'cancelled'), ending('c', null, 'failed')], {
    train: [...booked('a'), cancelled],
    flight: booked('a'),
    hotel: booked('a'),
  });

  expect(verdict).toEqual({ booked: 1, cancelled: 1, failed: 1, faults: [] });
});

it.each([
  ['a part', ending('a', 'cancelled'), { train: booked('a'), flight: [], hotel: [] }],
  [
    'a part of a failed one',
    ending('a', null, 'failed'),
    { train: booked('a'), flight: booked('a'), hotel: [] },
  ],
  ['one twice', ending('a', 'booked'), { train: booked('a', 'a'), flight: booked('a'), hotel: booked('a') }],
  ['two of one and one', ending('a', 'booked'), { train: booked('a', 'a'), flight: booked('a'), hotel: [] }],
  ['none, though it says booked', ending('a', 'booked'), { train: [], flight: [], hotel: [] }],
  [
    'all, though it says none',
    ending('a', 'cancelled'),
    { train: booked('a'), flight: booked('a'), hotel: booked('a') },
  ],
])('%s is a fault', (_, end, bookings) => {
  expect(judge([end], bookings).faults).toHaveLength(1);
});

it('what nobody ordered is a fault', () => {
  const verdict = judge([], { train: booked('z'), flight: booked('z'), hotel: booked('z') });

  expect(verdict.faults).toEqual(['z: nobody ordered it, but it is booked']);
});
