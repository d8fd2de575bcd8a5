import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Definition } from '@/lib/flow/model';
import { openStore, type Store } from '@/lib/store/client';
import { createFlow, deleteFlow, updateFlow } from '@/lib/store/flows';
import { openTestDatabase, type TestDatabase } from '@/lib/store/test-database';
import { saveVersion } from '@/lib/store/versions';
import { startExecution } from './executions';
import { until } from './test-engine';
import { openWorldOnce, type World } from './world';

/** Flows are changed here through a store of its own, as another process would. */
let database: TestDatabase;
let elsewhere: Store;
let world: World;
let folder = '';

beforeAll(async () => {
  database = await openTestDatabase();
  folder = mkdtempSync(join(tmpdir(), 'millrace-newest-'));
  world = openWorldOnce({ databaseUrl: database.url, dataFolder: folder });
  elsewhere = openStore(database.url);
  await until(() => world.runner.ready());
});
afterAll(async () => {
  await elsewhere?.close();
  await world?.close();
  await database?.close();
  rmSync(folder, { recursive: true, force: true });
});

const pass: Definition = { StartAt: 'A', States: { A: { Type: 'Pass', End: true } } };

let named = 0;
async function newFlow(): Promise<string> {
  named += 1;
  return createFlow(elsewhere, { name: `flow ${named}` });
}

async function save(flowId: string): Promise<number> {
  const saved = await saveVersion(elsewhere, flowId, {
    ...{ source: JSON.stringify(pass), format: 'json', definition: pass, layout: {}, note: '' },
  });
  return saved?.number ?? 0;
}

async function start(flowId: string, input: unknown = {}) {
  const query = { wait: 0 };
  const started = await startExecution({ params: { flowId }, query, body: { input } } as Parameters<
    typeof startExecution
  >[0]);
  return 'version' in started ? started.version : undefined;
}

describe('what is kept of a flow', () => {
  it('[A11] a start runs the version that was saved just before it', async () => {
    const flowId = await newFlow();
    for (let number = 1; number <= 20; number += 1) {
      expect(await save(flowId)).toBe(number);
      expect(await start(flowId)).toBe(number);
      expect(await start(flowId)).toBe(number);
    }
  });

  it('[A11] no start runs a version that was replaced before it began, however many start and save at once', async () => {
    const flowId = await newFlow();
    let newest = await save(flowId);
    const saver = async () => {
      for (let n = 0; n < 30; n += 1) newest = await save(flowId);
    };
    const starter = async () => {
      const old: string[] = [];
      for (let n = 0; n < 30; n += 1) {
        const atLeast = newest;
        const ran = await start(flowId);
        if (ran === undefined || ran < atLeast) old.push(`${ran} of ${atLeast}`);
      }
      return old;
    };
    const [, ...olds] = await Promise.all([saver(), starter(), starter(), starter()]);
    expect(olds.flat()).toEqual([]);
  });

  it('[A11] a flow can be started as soon as it has a version', async () => {
    const flowId = await newFlow();
    await expect(start(flowId)).rejects.toThrow('has no saved version yet');
    await save(flowId);
    expect(await start(flowId)).toBe(1);
  });

  it('[A11] an input is measured by the limit that holds now', async () => {
    const flowId = await newFlow();
    await save(flowId);
    const input = 'x'.repeat(300_000);
    await expect(start(flowId, input)).rejects.toThrow('262144');
    await updateFlow(elsewhere, flowId, { settings: { payloadLimit: 1_048_576 } });
    expect(await start(flowId, input)).toBe(1);
    await updateFlow(elsewhere, flowId, { settings: { payloadLimit: 262_144 } });
    await expect(start(flowId, input)).rejects.toThrow('262144');
  });

  it('[A11] a flow that was deleted is not there any more', async () => {
    const flowId = await newFlow();
    await save(flowId);
    expect(await start(flowId)).toBe(1);
    await until(async () => (await deleteFlow(elsewhere, flowId)) === 'done');
    await expect(start(flowId)).rejects.toThrow(flowId);
    expect(world.runner.ready()).toBe(true);
  });
});
