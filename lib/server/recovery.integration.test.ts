import { setImmediate as tick } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Definition, State } from '@/lib/flow/model';
import { EngineUnavailable } from '@/lib/runner/ports';
import { openTestDatabase, saveTestFlow, type TestDatabase } from '@/lib/store/test-database';
import { TestEngine, until } from './test-engine';

const call = (rest: object = { End: true }): State => ({ Type: 'Task', Resource: 'test:call', ...rest });
const both: Definition = {
  StartAt: 'Both',
  States: {
    Both: {
      Type: 'Parallel',
      Branches: [
        { StartAt: 'First', States: { First: call({ Next: 'Slow' }), Slow: call() } },
        { StartAt: 'Second', States: { Second: call() } },
      ],
      End: true,
    },
  },
};

let database: TestDatabase;
let engine: TestEngine;

beforeAll(async () => {
  database = await openTestDatabase();
  engine = await TestEngine.open(database);
});
afterAll(async () => {
  await engine?.close();
  await database?.close();
});

async function succeeded(id: string): Promise<number> {
  return (await engine.types(id)).filter((type) => type === 'TaskSucceeded').length;
}

describe('an execution after a crash', () => {
  it('[R6] calls again what was about to be called when its last answer came', async () => {
    const id = await engine.start(await saveTestFlow(database, 'both', both));
    await until(() => engine.open.length === 2);
    const [first, second] = engine.open;
    first?.answer({ kind: 'succeeded', output: 1 });
    // The turn that calls Slow is on its way to PostgreSQL when the other answer comes.
    for (let ticks = 0; ticks < 3; ticks += 1) await tick();
    second?.answer({ kind: 'succeeded', output: 2 });
    await until(async () => (await succeeded(id)) === 2 && engine.open.length === 1);
    const key = engine.open[0]?.idempotencyKey;
    await engine.close();

    engine = await TestEngine.open(database);
    expect((await engine.answerOne(3)).idempotencyKey).toBe(key);
    expect(await engine.runner.ended(id)).toBe('succeeded');
  });
});

const alone: Definition = { StartAt: 'Call', States: { Call: call() } };

/** An execution whose step waits for a child, and the child, whose own call is open; the step's call is still to answer. */
async function family() {
  const flow = await saveTestFlow(database, `family ${Math.random()}`, alone);
  const parent = await engine.start(flow);
  await until(() => engine.open.length === 1);
  const [starting] = engine.open;
  if (!starting) throw new Error('a call was open a moment ago');
  const { step, attempt } = starting;
  const child = await engine.start({ ...flow, parent: { executionId: parent, step, attempt } });
  await until(() => engine.open.length === 2);
  const own = engine.open.find(({ executionId }) => executionId === child);
  if (!own) throw new Error('the child calls nothing');
  return { parent, child, starting, own };
}

describe('an execution whose commit was written, though nobody heard of it', () => {
  it('[F1] tells its parent that it has ended, and [R3] whoever waits for it', async () => {
    const { parent, child, starting, own } = await family();
    starting.answer({ kind: 'pending' });
    await until(async () => (await engine.types(parent)).includes('TaskSubmitted'));
    const ended = engine.runner.ended(child);
    engine.lostAnswers = 1;
    own.answer({ kind: 'succeeded', output: 'done' });

    expect(await ended).toBe('succeeded');
    expect(await engine.runner.ended(parent)).toBe('succeeded');
    expect((await engine.types(child)).filter((type) => type === 'ExecutionSucceeded')).toHaveLength(1);
  });
});

describe('a call that needed the engine while that had lost its database', () => {
  it('[D4] is made again', async () => {
    const id = await engine.start(await saveTestFlow(database, 'needs the engine', alone));
    await until(() => engine.open.length === 1);
    engine.open[0]?.breaks(new EngineUnavailable('not now'));
    await engine.answerOne();
    expect(await engine.runner.ended(id)).toBe('succeeded');
  });

  it('[D4] is not made again once its step has ended by other means', async () => {
    const { parent, starting, own } = await family();
    own.answer({ kind: 'succeeded', output: 'done' });
    expect(await engine.runner.ended(parent)).toBe('succeeded');
    starting.breaks(new EngineUnavailable('not now'));
    for (let ticks = 0; ticks < 20; ticks += 1) await tick();
    expect(engine.open).toEqual([]);
  });
});
