import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Definition } from '@/lib/flow/model';
import { openTestDatabase, saveTestFlow, type TestDatabase } from '@/lib/store/test-database';
import { TestEngine, until } from './test-engine';

/** A history of some 1,290 events before it calls; an hour's sleep, then it calls once more. */
const long: Definition = {
  StartAt: 'Each',
  States: {
    Each: {
      Type: 'Map',
      ItemsPath: '$.items',
      ResultPath: '$.doubled',
      ItemProcessor: { StartAt: 'Keep', States: { Keep: { Type: 'Pass', End: true } } },
      Next: 'Sleep',
    },
    Sleep: { Type: 'Wait', SecondsPath: '$.seconds', Next: 'Call' },
    Call: { Type: 'Task', Resource: 'test:call', ResultPath: '$.called', End: true },
  },
};
const items = Array.from({ length: 320 }, (_, index) => ({ index, text: 'x'.repeat(20) }));

let database: TestDatabase;
let engine: TestEngine;
let flow: { flowId: string; versionId: string };

beforeAll(async () => {
  database = await openTestDatabase();
  flow = await saveTestFlow(database, 'long', long);
});
afterEach(() => engine?.close());
afterAll(() => database?.close());

async function snapshotOf(executionId: string) {
  const rows = await database.sql<{ last_event: number; format: number }>(
    'SELECT last_event, format FROM execution_snapshot WHERE execution_id = $1',
    [executionId],
  );
  return rows[0];
}

async function lastEvent(executionId: string): Promise<number> {
  const [row] = await database.sql<{ last: number }>(
    'SELECT max(last_event) AS last FROM journal WHERE execution_id = $1',
    [executionId],
  );
  return row?.last ?? 0;
}

/** Starts one, and takes the engine from it once it sleeps. */
async function asleep(seconds: number): Promise<string> {
  engine = await TestEngine.open(database);
  const id = await engine.start({ ...flow, input: { items, seconds } });
  await until(async () => {
    const asleep = 'SELECT 1 FROM execution WHERE id = $1 AND wake_at IS NOT NULL';
    return (await database.sql(asleep, [id])).length === 1;
  });
  await engine.close();
  return id;
}

async function output(id: string) {
  const [end] = await engine.events(id, (await lastEvent(id)) - 1);
  return end?.type === 'ExecutionSucceeded' ? end.output : end;
}

describe('snapshots', () => {
  it('[R5] an execution that leaves memory with a long history leaves a snapshot of its last event', async () => {
    const id = await asleep(3_600);
    expect((await snapshotOf(id))?.last_event).toBe(await lastEvent(id));
  });

  it('[R5] it is taken up from that, and the history before it is not read', async () => {
    const id = await asleep(6);
    const { last_event: seen } = (await snapshotOf(id)) ?? { last_event: 0 };
    expect(seen).toBeGreaterThan(1_000);
    await database.sql('DELETE FROM journal WHERE execution_id = $1 AND last_event <= $2', [id, seen]);

    engine = await TestEngine.open(database);
    await engine.answerOne('done');
    expect(await engine.runner.ended(id)).toBe('succeeded');
    const [end] = await database.sql<{ first: number; last: number }>(
      'SELECT min(last_event) AS first, max(last_event) AS last FROM journal WHERE execution_id = $1',
      [id],
    );
    expect(end?.first).toBeGreaterThan(seen);
  });

  it('[R5] a snapshot of another format is passed over: the history says the same', async () => {
    const id = await asleep(6);
    await database.sql(`UPDATE execution_snapshot SET format = 0, state = '{}' WHERE execution_id = $1`, [
      id,
    ]);
    engine = await TestEngine.open(database);
    await engine.answerOne('done');
    expect(await engine.runner.ended(id)).toBe('succeeded');
    expect(await lastEvent(id)).toBeGreaterThan(1_290);
  });

  it('[R5] it goes on with everything that it had', async () => {
    const kept = await asleep(6);
    engine = await TestEngine.open(database);
    await engine.answerOne('done');
    await engine.runner.ended(kept);
    const result = { items, seconds: 6, doubled: items, called: 'done' };
    expect(await output(kept)).toEqual(result);
  });

  it('[R5] a deleted execution takes its snapshot along', async () => {
    const id = await asleep(3_600);
    await database.sql('DELETE FROM execution WHERE id = $1', [id]);
    expect(await snapshotOf(id)).toBeUndefined();
  });
});
