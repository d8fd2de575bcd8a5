import fc from 'fast-check';
import { expect, it } from 'vitest';
import { formatTimestamp, parseTimestamp } from './timestamp';

it('[X70] RFC 3339 with T and Z or an offset is read', () => {
  expect(parseTimestamp('1970-01-01T00:00:00Z')).toBe(0);
  expect(parseTimestamp('2016-03-14T01:59:00Z')).toBe(Date.UTC(2016, 2, 14, 1, 59));
  expect(parseTimestamp('2016-03-14T01:59:00+05:30')).toBe(Date.UTC(2016, 2, 13, 20, 29));
  expect(parseTimestamp('2016-03-14T01:59:00-00:30')).toBe(Date.UTC(2016, 2, 14, 2, 29));
  expect(parseTimestamp('2000-02-29T00:00:00+18:00')).toBe(Date.UTC(2000, 1, 28, 6));
  expect(parseTimestamp('2016-02-29T23:59:59.25Z')).toBe(Date.UTC(2016, 1, 29, 23, 59, 59, 250));
  expect(parseTimestamp('2016-02-29T23:59:59.0005Z')).toBe(Date.UTC(2016, 1, 29, 23, 59, 59) + 0.5);
});

it('[X71] anything else is no timestamp', () => {
  for (const text of [
    '',
    '2016-03-14',
    '2016-03-14T01:59:00',
    '2016-03-14 01:59:00Z',
    '2016-3-14T01:59:00Z',
    '2016-13-14T01:59:00Z',
    '2016-00-14T01:59:00Z',
    '2015-02-29T01:59:00Z',
    '2016-04-31T01:59:00Z',
    '2016-03-14T24:00:00Z',
    '2016-03-14T01:60:00Z',
    '2016-03-14T01:59:60Z',
    '2016-03-14T01:59:00.Z',
    '2016-03-14T01:59:00+19:00',
    '2016-03-14T01:59:00+18:01',
    '2016-03-14T01:59:00+05:60',
    '1900-02-29T01:59:00Z',
    '2100-02-29T01:59:00Z',
    '2016-03-14T01:59:00z ',
  ]) {
    expect(parseTimestamp(text)).toBeUndefined();
  }
});

it('[X72] what is formatted is what JavaScript’s own dates say, and reads back', () => {
  const years0to9999 = fc.integer({
    min: Date.UTC(0, 0, 1) - 59_958_230_400_000,
    max: Date.UTC(9999, 11, 31),
  });
  fc.assert(
    fc.property(years0to9999, (at) => {
      expect(formatTimestamp(at)).toBe(new Date(at).toISOString());
      expect(parseTimestamp(formatTimestamp(at))).toBe(at);
    }),
  );
});
