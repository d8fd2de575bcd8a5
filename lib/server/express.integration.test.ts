import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Definition } from '@/lib/flow/model';
import { openTestDatabase, saveTestFlow, type TestDatabase } from '@/lib/store/test-database';
import { TestEngine, until } from './test-engine';

const twice: Definition = {
  StartAt: 'One',
  States: {
    One: { Type: 'Task', Resource: 'test:call', Next: 'Two' },
    Two: { Type: 'Task', Resource: 'test:call', End: true },
  },
};
const all = { profile: 'express' } as const;
const none = { profile: 'express', historyShare: 0 } as const;

let database: TestDatabase;
let engine: TestEngine;
let flow: { flowId: string; versionId: string };

beforeAll(async () => {
  database = await openTestDatabase();
});
beforeEach(async () => {
  flow = await saveTestFlow(database, randomUUID(), twice);
  engine = await TestEngine.open(database);
});
afterEach(async () => {
  await engine.close();
  await database.sql('DELETE FROM flow');
});
afterAll(() => database?.close());

describe('express executions', () => {
  it('[X1] the start is committed before the first call, the rest with the end', async () => {
    const id = await engine.start({ ...flow, options: all });
    await until(() => engine.open.length === 1);
    expect(await engine.types(id)).toEqual(['ExecutionStarted']);
    await engine.answerOne(1);
    await until(() => engine.open.length === 1);
    expect(await engine.types(id)).toEqual(['ExecutionStarted']);
    await engine.answerOne(2);

    expect(await engine.runner.ended(id)).toBe('succeeded');
    const events = await engine.events(id);
    expect(events.map(({ id: number }) => number)).toEqual(events.map((_, at) => at + 1));
    expect(events.at(-1)).toMatchObject({ type: 'ExecutionSucceeded', output: 2 });
  });

  it('[X1] after a crash it runs again from its start, with the same idempotency keys', async () => {
    const id = await engine.start({ ...flow, options: none });
    const first = await engine.answerOne();
    await until(() => engine.open.length === 1);

    await engine.close();
    engine = await TestEngine.open(database);
    const again = await engine.answerOne();
    expect(again.idempotencyKey).toBe(first.idempotencyKey);
    await engine.answerOne('done');
    expect(await engine.runner.ended(id)).toBe('succeeded');
  });

  it('[X1] PostgreSQL killed in the middle: it ends all the same', async () => {
    const id = await engine.start({ ...flow, options: all });
    await until(() => engine.open.length === 1);
    database.crash();
    // Where the end could not be written, it runs again: each call is answered as often as it comes.
    const ended = engine.runner.ended(id);
    let over = false;
    void ended.finally(() => {
      over = true;
    });
    await until(() => {
      for (const call of [...engine.open]) call.answer({ kind: 'succeeded', output: call.state });
      return over;
    }, 40_000);

    expect(await ended).toBe('succeeded');
    expect((await engine.events(id)).at(-1)).toMatchObject({ output: 'Two' });
  });

  it('[X3] without a share only start and result are kept', async () => {
    const id = await engine.start({ ...flow, options: none });
    await engine.answerOne(1);
    await engine.answerOne(2);
    await engine.runner.ended(id);

    expect(await engine.events(id)).toMatchObject([
      { id: 1, type: 'ExecutionStarted' },
      { id: 2, type: 'ExecutionSucceeded', output: 2, omitted: 10 },
    ]);
  });

  it('[X3] one that fails keeps its whole history, and can be redriven', async () => {
    const id = await engine.start({ ...flow, options: none });
    await engine.answerOne(1);
    await until(() => engine.open.length === 1);
    engine.open[0]?.answer({ kind: 'failed', error: 'Bad', cause: 'luck' });
    expect(await engine.runner.ended(id)).toBe('failed');
    expect(await engine.types(id)).toContain('TaskFailed');

    expect(await engine.runner.deliver(id, { type: 'redrive' })).toMatchObject({ ok: true });
    await engine.answerOne(2);
    expect(await engine.runner.ended(id)).toBe('succeeded');
    expect((await engine.types(id)).filter((type) => type === 'TaskSucceeded')).toHaveLength(2);
  });

  it('[X4] a stop is committed with all that came before it, and aborts the call', async () => {
    const id = await engine.start({ ...flow, options: none });
    await engine.answerOne(1);
    await until(() => engine.open.length === 1);
    expect(await engine.runner.deliver(id, { type: 'stop', by: 'Ada' })).toMatchObject({ ok: true });

    await until(() => engine.open.length === 0);
    const types = await engine.types(id);
    expect(types).toContain('TaskSucceeded');
    expect(types.at(-1)).toBe('ExecutionAborted');
  });

  it('[X2] a task that would wait for a callback fails the step at once', async () => {
    const waiting = await saveTestFlow(database, randomUUID(), {
      StartAt: 'Ask',
      States: { Ask: { Type: 'Task', Resource: 'test:call.waitForTaskToken', End: true } },
    });
    const id = await engine.start({ ...waiting, options: all });
    expect(await engine.runner.ended(id)).toBe('failed');
    expect((await engine.events(id)).at(-1)).toMatchObject({ error: 'States.Runtime' });
  });

  it('[A1] waits for room like any other', async () => {
    await engine.close();
    const limits = { read: async () => ({ flows: [{ flowId: flow.flowId, concurrency: 1 }], tasks: [] }) };
    engine = await TestEngine.open(database, limits);
    const first = await engine.start({ ...flow, name: 'first', options: none });
    const second = await engine.start({ ...flow, name: 'second', options: none });
    const names: string[] = [];
    for (let n = 0; n < 4; n += 1) names.push((await engine.answerOne()).executionName);

    expect(names).toEqual(['first', 'first', 'second', 'second']);
    expect(await engine.runner.ended(first)).toBe('succeeded');
    expect(await engine.runner.ended(second)).toBe('succeeded');
    expect(engine.most).toBe(1);
  });
});
