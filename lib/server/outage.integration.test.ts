import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Definition } from '@/lib/flow/model';
import { openTestDatabase, saveTestFlow, type TestDatabase } from '@/lib/store/test-database';
import { TestEngine, until } from './test-engine';

const call: Definition = {
  StartAt: 'Call',
  States: { Call: { Type: 'Task', Resource: 'test:call', End: true } },
};

let database: TestDatabase;
let engine: TestEngine;
let flow: { flowId: string; versionId: string };

beforeAll(async () => {
  database = await openTestDatabase();
  flow = await saveTestFlow(database, 'one', call);
  engine = await TestEngine.open(database);
});
afterAll(async () => {
  await engine?.close();
  await database?.close();
});

describe('an engine that has nothing to write', () => {
  it('[L1] notices that PostgreSQL is gone, says so, and goes on by itself', async () => {
    const id = await engine.start(flow);
    await until(() => engine.open.length === 1);

    database.crash();
    await until(() => !engine.runner.ready());
    expect(engine.runner.health()).toMatchObject({ state: 'waitingForDatabase' });
    await until(() => engine.runner.ready());

    await engine.answerOne('done');
    expect(await engine.runner.ended(id)).toBe('succeeded');
    expect(engine.most).toBe(1);
  });
});
