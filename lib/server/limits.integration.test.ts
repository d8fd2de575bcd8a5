import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Definition } from '@/lib/flow/model';
import type { Limits } from '@/lib/runner/ports';
import { openTestDatabase, saveTestFlow, type TestDatabase } from '@/lib/store/test-database';
import { TestEngine, until } from './test-engine';

const call: Definition = {
  StartAt: 'Call',
  States: { Call: { Type: 'Task', Resource: 'test:call', TimeoutSeconds: 600, End: true } },
};

let database: TestDatabase;
let engine: TestEngine;
let flow: { flowId: string; versionId: string };
let other: { flowId: string; versionId: string };

beforeAll(async () => {
  database = await openTestDatabase();
});
afterEach(async () => {
  for (const open of [...engine.open]) open.answer({ kind: 'succeeded', output: null });
  await engine.close();
  await database.sql('DELETE FROM flow');
});
afterAll(() => database?.close());

async function open(limits: { flow?: number; task?: number }): Promise<void> {
  flow = await saveTestFlow(database, `one ${randomUUID()}`, call);
  other = await saveTestFlow(database, `two ${randomUUID()}`, call);
  engine = await TestEngine.open(database, limitsOf(limits));
}

function limitsOf(limits: { flow?: number; task?: number }): Limits {
  return {
    read: async () => ({
      flows: limits.flow === undefined ? [] : [{ flowId: flow.flowId, concurrency: limits.flow }],
      tasks: limits.task === undefined ? [] : [{ resources: ['test:call'], concurrency: limits.task }],
    }),
  };
}

/** Lets the engine crash: nothing of it is written any more, and another one takes over. */
async function crash(limits: { flow?: number; task?: number }): Promise<void> {
  await engine.close();
  engine = await TestEngine.open(database, limitsOf(limits));
}

describe('limits of a kind of task', () => {
  it('[T1] no more calls are open than the limit; the others wait to start and come in turn', async () => {
    await open({ task: 2 });
    const ids = await Promise.all(Array.from({ length: 6 }, () => engine.start(flow)));
    await until(() => engine.open.length === 2);

    const waiting = async () => {
      const histories = await Promise.all(ids.map((id) => engine.types(id)));
      return histories.filter((types) => !types.includes('TaskStarted'));
    };
    await until(async () => (await waiting()).length === 4);
    expect((await waiting())[0]).toEqual(['ExecutionStarted', 'StateEntered', 'TaskScheduled']);

    for (let n = 0; n < 6; n += 1) await engine.answerOne(n);
    await Promise.all(ids.map((id) => engine.runner.ended(id)));
    expect(engine.most).toBe(2);
  });

  it('[Q1] [Q2] urgent executions first, then flows take turns', async () => {
    await open({ task: 1 });
    await engine.start({ ...flow, name: 'first' });
    await until(() => engine.open.length === 1);
    for (const name of ['a1', 'a2', 'a3']) await engine.start({ ...flow, name });
    await engine.start({ ...other, name: 'b1' });
    await engine.start({ ...flow, name: 'urgent', options: { priority: 5 } });

    const served: string[] = [];
    for (let n = 0; n < 6; n += 1) served.push((await engine.answerOne()).executionName);
    expect(served).toEqual(['first', 'urgent', 'a1', 'b1', 'a2', 'a3']);
  });

  it('[D5] after a crash what was begun is called again, and what waits still waits', async () => {
    await open({ task: 1 });
    await engine.start({ ...flow, name: 'begun' });
    await until(() => engine.open.length === 1);
    const waiting = await engine.start({ ...flow, name: 'waiting' });
    const key = engine.open[0]?.idempotencyKey;
    await until(async () => (await engine.types(waiting)).includes('TaskScheduled'));

    await crash({ task: 1 });
    await until(() => engine.open.length === 1);
    expect(engine.open[0]?.idempotencyKey).toBe(key);
    expect(await engine.types(waiting)).not.toContain('TaskStarted');
    await engine.answerOne();
    expect((await engine.answerOne()).executionName).toBe('waiting');
    expect(await engine.runner.ended(waiting)).toBe('succeeded');
    expect(engine.most).toBe(1);
  });

  it('[D5] PostgreSQL killed in the middle: nobody is forgotten, nobody is called twice at once', async () => {
    await open({ task: 2 });
    const ids = await Promise.all(Array.from({ length: 12 }, () => engine.start(flow)));
    await until(() => engine.open.length === 2);
    for (let n = 0; n < 4; n += 1) await engine.answerOne();
    database.crash();
    for (let n = 0; n < 8; n += 1) await engine.answerOne();

    for (const id of ids) expect(await engine.runner.ended(id)).toBe('succeeded');
    expect(engine.most).toBe(2);
  });

  it('[E55] a paused execution keeps no place: it is passed over, and waits again when it is resumed', async () => {
    await open({ task: 1 });
    await engine.start({ ...flow, name: 'first' });
    const paused = await engine.start({ ...flow, name: 'paused' });
    await engine.start({ ...flow, name: 'third' });
    await until(() => engine.open.length === 1);
    await engine.runner.deliver(paused, { type: 'pause' });

    await engine.answerOne();
    expect((await engine.answerOne()).executionName).toBe('third');
    expect(engine.open).toEqual([]);
    await engine.runner.deliver(paused, { type: 'resume' });
    expect((await engine.answerOne()).executionName).toBe('paused');
    expect(await engine.runner.ended(paused)).toBe('succeeded');
  });

  it('[T3] a limit that is raised lets the next ones go, one that is taken away lets all go', async () => {
    const limits: { task?: number } = { task: 1 };
    flow = await saveTestFlow(database, 'changing', call);
    engine = await TestEngine.open(database, { read: () => limitsOf(limits).read() });
    for (let n = 0; n < 6; n += 1) await engine.start(flow);
    await until(() => engine.open.length === 1);

    limits.task = 3;
    await engine.runner.limitsChanged();
    await until(() => engine.open.length === 3);
    delete limits.task;
    await engine.runner.limitsChanged();
    await until(() => engine.open.length === 6);
  });

  it('[T2] a stopped execution gives its place to the next one', async () => {
    await open({ task: 1 });
    const stopped = await engine.start({ ...flow, name: 'stopped' });
    const next = await engine.start({ ...flow, name: 'next' });
    await until(() => engine.open.length === 1);
    await engine.runner.deliver(stopped, { type: 'stop' });

    await until(() => engine.open[0]?.executionName === 'next');
    await engine.answerOne();
    expect(await engine.runner.ended(next)).toBe('succeeded');
  });
});

describe('limits of a flow', () => {
  it('[A1] others are recorded and begin in order, by priority', async () => {
    await open({ flow: 1 });
    const first = await engine.start({ ...flow, name: 'first' });
    const low = await engine.start({ ...flow, name: 'low', options: { priority: -1 } });
    const usual = await engine.start({ ...flow, name: 'usual' });
    const urgent = await engine.start({ ...flow, name: 'urgent', options: { priority: 9 } });
    await engine.start({ ...other, name: 'another flow' });
    await until(() => engine.open.length === 2);

    expect(await engine.types(usual)).toEqual(['ExecutionStarted']);
    const rows = await database.sql<{ name: string }>('SELECT name FROM execution WHERE queued ORDER BY id');
    expect(rows.map(({ name }) => name)).toEqual(['low', 'usual', 'urgent']);

    const served: string[] = [];
    for (let n = 0; n < 5; n += 1) served.push((await engine.answerOne()).executionName);
    expect(served.filter((name) => name !== 'another flow')).toEqual(['first', 'urgent', 'usual', 'low']);
    for (const id of [first, low, usual, urgent]) expect(await engine.runner.ended(id)).toBe('succeeded');
    expect((await engine.types(low)).slice(0, 3)).toEqual([
      'ExecutionStarted',
      'ExecutionBegun',
      'StateEntered',
    ]);
    expect(await database.sql('SELECT 1 FROM execution WHERE queued')).toEqual([]);
  });

  it('[A3] a crash in the middle: the same ones wait and the same ones run', async () => {
    await open({ flow: 2 });
    const ids: string[] = [];
    for (let n = 0; n < 6; n += 1) ids.push(await engine.start({ ...flow, name: `n${n}` }));
    await until(() => engine.open.length === 2);
    await engine.answerOne();
    await until(() => engine.open.length === 2);

    await crash({ flow: 2 });
    await until(() => engine.open.length === 2);
    expect(engine.open.map(({ executionName }) => executionName).sort()).toEqual(['n1', 'n2']);
    const served: string[] = [];
    for (let n = 0; n < 5; n += 1) served.push((await engine.answerOne()).executionName);
    expect(served.slice(2)).toEqual(['n3', 'n4', 'n5']);
    for (const id of ids) expect(await engine.runner.ended(id)).toBe('succeeded');
    expect(engine.most).toBe(2);
  });

  it('[A4] who is stopped or paused while it waits is passed over', async () => {
    await open({ flow: 1 });
    await engine.start({ ...flow, name: 'first' });
    const stopped = await engine.start({ ...flow, name: 'stopped' });
    const paused = await engine.start({ ...flow, name: 'paused' });
    await engine.start({ ...flow, name: 'last' });
    await engine.runner.deliver(stopped, { type: 'stop' });
    await engine.runner.deliver(paused, { type: 'pause' });

    await engine.answerOne();
    expect((await engine.answerOne()).executionName).toBe('last');
    await engine.runner.deliver(paused, { type: 'resume' });
    expect((await engine.answerOne()).executionName).toBe('paused');
    expect(await engine.runner.ended(paused)).toBe('succeeded');
    expect(await engine.types(stopped)).toEqual(['ExecutionStarted', 'ExecutionAborted']);
  });

  it('[A5] a limit that is taken away lets all begin', async () => {
    const limits: { flow?: number } = { flow: 1 };
    await open(limits);
    for (let n = 0; n < 4; n += 1) await engine.start(flow);
    await until(() => engine.open.length === 1);

    delete limits.flow;
    await engine.runner.limitsChanged();
    await until(() => engine.open.length === 4);
  });

  it('[E54] a redrive waits for room like a start', async () => {
    await open({ flow: 1 });
    const failed = await engine.start({ ...flow, name: 'failed' });
    await until(() => engine.open.length === 1);
    engine.open[0]?.answer({ kind: 'failed', error: 'Bad', cause: 'luck' });
    expect(await engine.runner.ended(failed)).toBe('failed');
    await engine.start({ ...flow, name: 'running' });
    await until(() => engine.open.length === 1);

    expect(await engine.runner.deliver(failed, { type: 'redrive' })).toMatchObject({ ok: true });
    expect(engine.open.map(({ executionName }) => executionName)).toEqual(['running']);
    await engine.answerOne();
    expect((await engine.answerOne()).executionName).toBe('failed');
    expect(await engine.runner.ended(failed)).toBe('succeeded');
  });

  it('[S3] a child of the same flow does not wait for the place that its parent holds', async () => {
    await open({ flow: 1 });
    const parent = await engine.start({ ...flow, name: 'parent' });
    await until(() => engine.open.length === 1);
    const child = await engine.start({
      ...flow,
      name: 'child',
      parent: { executionId: parent, step: 2, attempt: 1 },
    });
    await until(() => engine.open.length === 2);
    expect(await engine.types(child)).toContain('TaskStarted');
  });
});
