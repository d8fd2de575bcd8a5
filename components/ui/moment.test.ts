import { expect, it } from 'vitest';
import { agoText, durationText } from './moment';

it('lengths are told in the two units that matter', () => {
  const lengths = [-5, 0, 999, 1000, 59_999, 60_000, 125_000, 3_600_000, 90_000_000];

  expect(lengths.map(durationText)).toEqual([
    '0 ms',
    '0 ms',
    '999 ms',
    '1.0 s',
    '59.9 s',
    '1 m 00 s',
    '2 m 05 s',
    '1 h 00 m',
    '1 d 1 h',
  ]);
});

it('distances from now are told both ways', () => {
  expect([agoText(0, 4000), agoText(0, 42_000), agoText(0, 7_300_000), agoText(120_000, 0)]).toEqual([
    'just now',
    '42 s ago',
    '2 h ago',
    'in 2 m',
  ]);
});
