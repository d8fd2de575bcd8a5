import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Timers } from './timers';

/** T1 the earliest timer is the next one · T2 none fires before its time · T3 a cancelled one never fires. */
beforeEach(() => {
  vi.useFakeTimers({ now: 0 });
});
afterEach(() => {
  vi.useRealTimers();
});

function opened(): { timers: Timers; fired: string[] } {
  const fired: string[] = [];
  const fire = ({ executionId }: { executionId: string }) => fired.push(`${executionId} at ${Date.now()}`);
  return { timers: new Timers({ now: () => Date.now(), fire }), fired };
}

it('[T1] timers fire in the order of their times, whatever order they were set in', () => {
  const { timers, fired } = opened();
  timers.set('late', undefined, 300);
  timers.set('early', undefined, 100);
  timers.set('between', undefined, 200);
  vi.advanceTimersByTime(1_000);
  expect(fired).toEqual(['early at 100', 'between at 200', 'late at 300']);
});

it('[T2] a timer of a year waits for a year', () => {
  const { timers, fired } = opened();
  const year = 365 * 24 * 3_600_000;
  timers.set('yearly', undefined, year);
  vi.advanceTimersByTime(year - 1);
  expect(fired).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(fired).toEqual([`yearly at ${year}`]);
});

it('[T3] a cancelled timer does not fire', () => {
  const { timers, fired } = opened();
  const timer = timers.set('cancelled', undefined, 100);
  timers.set('other', undefined, 150);
  timers.cancel(timer);
  vi.advanceTimersByTime(1_000);
  expect(fired).toEqual(['other at 150']);
});
