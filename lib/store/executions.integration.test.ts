import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ExecutionStatus } from '@/lib/engine/execution';
import type { Journal } from '@/lib/runner/journal-port';
import { timeOrderedUuid } from '@/lib/runner/random';
import { openStore, type Store } from './client';
import { countExecutions, type ExecutionFilter, listExecutions } from './executions';
import { postgresJournal } from './journal';
import { openTestDatabase, saveTestFlow, type TestDatabase } from './test-database';

/**
 * What lists of executions promise, on a real PostgreSQL.
 *
 * L1 A page holds the newest first and says where the next one begins. L2 Filters by flow, status and search hold together.
 * L3 The counts are those of the other filters, whatever statuses are asked for.
 */
let database: TestDatabase;
let store: Store;
let journal: Journal;
let flow: { flowId: string; versionId: string };
const at = 1_790_000_000_000;
const names = ['order-1', 'order-2', 'Order-3', 'refund-1', 'refund-2'];
const statuses: ExecutionStatus[] = ['running', 'failed', 'failed', 'succeeded', 'timedOut'];

beforeAll(async () => {
  database = await openTestDatabase();
  const definition = { StartAt: 'Pay', States: { Pay: { Type: 'Pass' as const, End: true } } };
  flow = await saveTestFlow(database, 'pay', definition);
  const other = await saveTestFlow(database, 'other', definition);
  store = openStore(database.url);
  journal = postgresJournal(database.url);
  await journal.connect();
  for (const [index, name] of names.entries()) await save(name, statuses[index] ?? 'running', flow, index);
  await save('order-9', 'failed', other, 9);
});
afterAll(async () => {
  await journal?.close();
  await store?.close();
  await database?.close();
});

async function save(name: string, status: ExecutionStatus, of: typeof flow, second: number): Promise<void> {
  const startedAt = at + second * 1000;
  const endedAt = status === 'running' ? null : startedAt + 500;
  await journal.commit([
    {
      executionId: timeOrderedUuid(startedAt),
      events: [{ id: 1, previous: 0, at: startedAt, type: 'ExecutionSucceeded', output: {} }],
      created: { name, startedAt, priority: 0, ...of },
      standing: { status, endedAt, wakeAt: null, redrives: 0, queued: false },
    },
  ]);
}

async function listed(filter: ExecutionFilter): Promise<string[]> {
  const { items } = await listExecutions(store, filter, { before: undefined, limit: 100 });
  return items.map((row) => row.name);
}

describe('lists of executions', () => {
  it('[L1] pages follow one another, newest first, and the last one says so', async () => {
    const filter = { flowId: flow.flowId };
    const first = await listExecutions(store, filter, { before: undefined, limit: 3 });
    const second = await listExecutions(store, filter, { before: first.nextCursor ?? undefined, limit: 3 });

    expect([first, second].map(({ items }) => items.map((row) => row.name))).toEqual([
      ['refund-2', 'refund-1', 'Order-3'],
      ['order-2', 'order-1'],
    ]);
    expect(second.nextCursor).toBeNull();
  });

  it('[L2] flow, status and search narrow the list together', async () => {
    expect(await listed({ statuses: ['failed'] })).toEqual(['order-9', 'Order-3', 'order-2']);
    expect(await listed({ ...flow, statuses: ['failed', 'timedOut'] })).toEqual([
      'refund-2',
      'Order-3',
      'order-2',
    ]);
    expect(await listed({ ...flow, search: 'ORDER' })).toEqual(['Order-3', 'order-2', 'order-1']);
  });

  it('[L3] every status is counted, whichever are listed', async () => {
    const all = { running: 1, succeeded: 1, failed: 2, timedOut: 1, stopped: 0 };
    expect(await countExecutions(store, flow)).toEqual(all);
    expect(await countExecutions(store, { ...flow, statuses: ['running'] })).toEqual(all);
    expect(await countExecutions(store, { ...flow, search: 'refund' })).toEqual({
      ...all,
      running: 0,
      failed: 0,
    });
  });
});
