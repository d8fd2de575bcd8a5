import { setImmediate as tick } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Definition, State } from '@/lib/flow/model';
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
