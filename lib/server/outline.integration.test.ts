import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Event } from '@/lib/engine/event';
import { TestWorld } from '@/lib/engine/testing-world';
import type { Json } from '@/lib/expression/json';
import type { Definition } from '@/lib/flow/model';
import { take } from '@/lib/monitor/fold';
import { freezeMonitor } from '@/lib/monitor/frozen';
import { frozenFormat } from '@/lib/monitor/frozen-text';
import { newMonitor } from '@/lib/monitor/monitor';
import type { Journal } from '@/lib/runner/journal-port';
import { timeOrderedUuid } from '@/lib/runner/random';
import { openStore, type Store } from '@/lib/store/client';
import { postgresJournal } from '@/lib/store/journal';
import { findOutline, keepOutline } from '@/lib/store/outlines';
import { openTestDatabase, saveTestFlow, type TestDatabase } from '@/lib/store/test-database';
import { KeptOutlines } from './kept-outlines';
import { Outlines } from './outline';
import { shownEvent } from './redaction';
import { until } from './test-engine';

const definition: Definition = {
  StartAt: 'Each',
  States: {
    Each: {
      Type: 'Map',
      ItemsPath: '$.items',
      ResultPath: null,
      MaxConcurrency: 40,
      ToleratedFailureCount: 100,
      ItemProcessor: {
        ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
        StartAt: 'First',
        States: {
          First: { Type: 'Task', Resource: 'millrace:work', Next: 'Second' },
          Second: { Type: 'Pass', Next: 'Third' },
          Third: { Type: 'Pass', End: true },
        },
      },
      End: true,
    },
  },
};
const json: Json = JSON.parse(JSON.stringify(definition));

/** Events enough for a view to be kept while they are read, and once more at their end. */
const history = historyOf(6_000);
const inTheMiddle = 30_000;

let database: TestDatabase;
let journal: Journal;
let store: Store;
let flow: { flowId: string; versionId: string };

beforeAll(async () => {
  database = await openTestDatabase();
  flow = await saveTestFlow(database, 'long', definition);
  store = openStore(database.url);
  journal = postgresJournal(database.url);
  await journal.connect();
});
afterAll(async () => {
  await store?.close();
  await journal?.close();
  await database?.close();
});

function historyOf(length: number): readonly Event[] {
  const world = new TestWorld({
    definition,
    input: { items: Array.from({ length }, (_, index) => index) },
    answers: ({ parameters }) =>
      typeof parameters === 'number' && parameters % 500 === 3 ? { error: 'Bad luck' } : { output: {} },
  });
  return world.settle().events;
}

/** An execution with the first `until` events of the history. */
async function begun(until: number): Promise<string> {
  const executionId = timeOrderedUuid(Date.now());
  const created = { name: executionId, startedAt: Date.now(), priority: 0, ...flow };
  await journal.commit([{ executionId, events: history.slice(0, 2), created }]);
  await goesOn(executionId, 2, until);
  return executionId;
}

async function goesOn(executionId: string, from: number, until = history.length): Promise<void> {
  for (let at = from; at < until; at += 500)
    await journal.commit([{ executionId, events: history.slice(at, Math.min(until, at + 500)) }]);
}

/** What a server that was just started does, and what it reads and keeps; what it tells fails the test. */
function started({ told = [] }: { told?: string[] } = {}) {
  const reads: number[] = [];
  const kept: number[] = [];
  const rows = new KeptOutlines(
    {
      find: (of) => findOutline(store, of),
      keep: (outline) => {
        kept.push(outline.lastEvent);
        return keepOutline(store, outline);
      },
    },
    (_, error) => told.push(String(error)),
  );
  const read = (executionId: string, after: number, limit: number) => {
    reads.push(after);
    return journal.read(executionId, after, limit);
  };
  const outlines = new Outlines({ read }, rows);
  return {
    reads,
    kept,
    /** The view as plain data, once what is to be kept of it is. */
    view: async (executionId: string, { version = 1, signal = new AbortController().signal } = {}) => {
      const asked = { executionId, definition: json, version };
      const monitor = await outlines.of(asked, () => {}, signal);
      const view = JSON.parse(JSON.stringify(freezeMonitor(monitor)));
      await outlines.close();
      return view;
    },
  };
}

function foldedWhole(until = history.length) {
  const monitor = newMonitor(json, { isLean: true });
  take(monitor, history.slice(0, until).map(shownEvent));
  return JSON.parse(JSON.stringify(freezeMonitor(monitor)));
}

async function rowOf(executionId: string) {
  const rows = await database.sql<{ last_event: number; version: number; format: number }>(
    'SELECT last_event, version, format FROM execution_outline WHERE execution_id = $1',
    [executionId],
  );
  return rows[0];
}

describe('the view of a long history', () => {
  it('[A10] is read on after a restart from where it was kept, and is as if it had been folded whole', async () => {
    const id = await begun(inTheMiddle);
    const before = started();
    expect(await before.view(id)).toEqual(foldedWhole(inTheMiddle));
    expect(before.reads[0]).toBe(0);
    expect(await rowOf(id)).toEqual({ last_event: inTheMiddle, version: 1, format: frozenFormat });

    await goesOn(id, inTheMiddle);
    const after = started();
    expect(await after.view(id)).toEqual(foldedWhole());
    expect(after.reads[0]).toBe(inTheMiddle);
    expect((await rowOf(id))?.last_event).toBe(history.length);

    const again = started();
    expect(await again.view(id)).toEqual(foldedWhole());
    expect(again.reads).toEqual([history.length]);
    expect(again.kept).toEqual([]);
  });

  it('[A10] is kept while it is read, though not with each page, and when the reading ends', async () => {
    const id = await begun(history.length);
    const { view, kept, reads } = started();
    await view(id);
    expect(reads.length).toBeGreaterThan(50);
    expect(kept).toHaveLength(2);
    expect(kept[0]).toBeGreaterThanOrEqual(50_000);
    expect(kept[0]).toBeLessThan(51_001);
    expect(kept[1]).toBe(history.length);
  });

  it('[A10] one of another format or version is passed over, and replaced', async () => {
    const id = await begun(2_000);
    await started().view(id);
    await database.sql(`UPDATE execution_outline SET format = 0, view = '{}' WHERE execution_id = $1`, [id]);
    const other = started();
    expect(await other.view(id)).toEqual(foldedWhole(2_000));
    expect(other.reads[0]).toBe(0);
    expect(await rowOf(id)).toEqual({ last_event: 2_000, version: 1, format: frozenFormat });

    const next = started();
    await next.view(id, { version: 2 });
    expect(next.reads[0]).toBe(0);
    expect(await rowOf(id)).toEqual({ last_event: 2_000, version: 2, format: frozenFormat });
  });

  it('[A10] one that cannot be read is told, and the history is folded whole', async () => {
    const id = await begun(2_000);
    await started().view(id);
    await database.sql(`UPDATE execution_outline SET view = left(view, 5000) WHERE execution_id = $1`, [id]);
    const told: string[] = [];
    expect(await started({ told }).view(id)).toEqual(foldedWhole(2_000));
    expect(told).toEqual([expect.stringContaining('a line that is no JSON')]);
  });

  it('[A10] of a viewer who leaves, what was read until then is kept', async () => {
    const id = await begun(history.length);
    const leaving = new AbortController();
    const first = started();
    const asked = { executionId: id, definition: json, version: 1 };
    const kept = new KeptOutlines(
      { find: (of) => findOutline(store, of), keep: (outline) => keepOutline(store, outline) },
      () => {},
    );
    const outlines = new Outlines(journal, kept);
    const progress = (read: number) => read > 5_000 && leaving.abort(new Error('has left'));
    await expect(outlines.of(asked, progress, leaving.signal)).rejects.toThrow('has left');
    await outlines.close();
    const { last_event: lastEvent = 0 } = (await rowOf(id)) ?? {};
    expect(lastEvent).toBeGreaterThan(5_000);
    expect(lastEvent).toBeLessThan(8_000);
    expect(await first.view(id)).toEqual(foldedWhole());
    expect(first.reads[0]).toBe(lastEvent);
  });
});

describe('the row that keeps it', () => {
  const outline = { version: 1, format: 1, view: 'a view' };

  it('[A10] an older view does not take the place of a newer one', async () => {
    const executionId = await begun(2);
    await keepOutline(store, { ...outline, executionId, lastEvent: 20 });
    await keepOutline(store, { ...outline, executionId, lastEvent: 10 });
    expect((await rowOf(executionId))?.last_event).toBe(20);
    await keepOutline(store, { ...outline, executionId, lastEvent: 10, version: 2 });
    expect(await rowOf(executionId)).toEqual({ last_event: 10, version: 2, format: 1 });
  });

  it('[A10] a deleted execution takes it along', async () => {
    const executionId = await begun(2);
    await keepOutline(store, { ...outline, executionId, lastEvent: 2 });
    await database.sql('DELETE FROM execution WHERE id = $1', [executionId]);
    expect(await rowOf(executionId)).toBeUndefined();
  });

  it('[A10] none is written of an execution that is deleted, before or at the same time', async () => {
    const executionId = await begun(2);
    const deleting = await store.pool.connect();
    await deleting.query('BEGIN');
    await deleting.query('DELETE FROM execution WHERE id = $1', [executionId]);
    const keeping = keepOutline(store, { ...outline, executionId, lastEvent: 2 });
    await blocked();
    await deleting.query('COMMIT');
    deleting.release();
    await keeping;
    expect(await rowOf(executionId)).toBeUndefined();
    await keepOutline(store, { ...outline, executionId, lastEvent: 2 });
    expect(await rowOf(executionId)).toBeUndefined();
  });

  it('[A10] an execution that is deleted while it is written takes it along', async () => {
    const executionId = await begun(2);
    const keeping = await store.pool.connect();
    await keeping.query('BEGIN');
    // A connection in place of the pool: the test says when it commits.
    const uncommitted = { ...store, pool: keeping } as unknown as Store;
    await keepOutline(uncommitted, { ...outline, executionId, lastEvent: 2 });
    const deleting = database.sql('DELETE FROM execution WHERE id = $1', [executionId]);
    await blocked();
    await keeping.query('COMMIT');
    keeping.release();
    await deleting;
    expect(await rowOf(executionId)).toBeUndefined();
  });
});

/** Resolves once some session waits for another one's lock. */
async function blocked(): Promise<void> {
  const waits = `SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()`;
  await until(async () => (await database.sql(waits)).length > 0);
}
