import { expect, it } from 'vitest';
import type { News } from '@/lib/engine/arrival';
import type { Command } from '@/lib/engine/command';
import { isAnswered } from './inbox';

/** D1, where an execution is taken up again while an answer for it waits. */
const job = { step: 4, attempt: 1, resource: 'millrace:file', parameters: {}, config: {} } as const;
const read: Command = { type: 'readItems', id: 'read:4.1.2', from: '2', ...job };
const write: Command = {
  type: 'writeResults',
  id: 'write:4.1.1',
  part: 1,
  last: false,
  parts: [],
  results: [],
  ...job,
};

const page = (from?: string, attempt = 1): News => ({
  ...{ type: 'itemsRead', step: 4, attempt, items: [] },
  ...(from === undefined ? {} : { from }),
});
const part = (number: number): News => ({
  type: 'resultsWritten',
  step: 4,
  attempt: 1,
  part: number,
  output: null,
});

it('[D1] a page of items that was read is not read again', () => {
  expect(isAnswered(read, [page('2')])).toBe(true);
  expect(isAnswered(read, [page(), page('1'), page('2', 2), part(1)])).toBe(false);
});

it('[D1] results that were written are not written again', () => {
  expect(isAnswered(write, [part(1)])).toBe(true);
  expect(isAnswered(write, [part(0), page('2')])).toBe(false);
});

it('[D1] a job that failed is not begun again', () => {
  const failed: News = { type: 'mapTaskFailed', step: 4, attempt: 1, error: 'States.ItemReaderFailed' };
  expect([read, write].map((command) => isAnswered(command, [failed]))).toEqual([true, true]);
});
