import { expect, it } from 'vitest';
import type { Journal, StoredExecution } from './journal-port';
import { type Loaded, Loader } from './loader';
import { Programs } from './programs';

/** R7 is that of loader.ts. */
const definition = { StartAt: 'Wait', States: { Wait: { Type: 'Wait', Seconds: 60, End: true } } } as const;

function row(executionId: string): StoredExecution {
  const flow = { flowId: 'f', versionIds: ['v'] as const };
  return { executionId, ...flow, status: 'running', wakeAt: null, redrives: 0, queued: false };
}

/** A loader whose journal has one execution that has begun, and finds it when the test says so. */
function opened() {
  const finds: (() => void)[] = [];
  const adopted: Loaded[] = [];
  const journal: Pick<Journal, 'find' | 'read' | 'snapshots' | 'histories'> = {
    read: async () => [],
    find: (ids) => new Promise((resolve) => finds.push(() => resolve(ids.map(row)))),
    snapshots: async () => new Map(),
    histories: async function* (ids) {
      const start = { executionName: 'e', flowId: 'f', flowName: 'pay', version: 1, input: {}, seed: '00' };
      for (const executionId of ids)
        yield {
          executionId,
          events: [{ id: 1, previous: 0, at: 5, type: 'ExecutionStarted', executionId, ...start }],
        };
    },
  };
  const loader = new Loader({
    journal,
    programs: new Programs({ definition: async () => definition }),
    adopt: (loaded) => adopted.push(loaded),
    unreadable: (_, defect) => {
      throw defect;
    },
  });
  return { loader, finds, adopted };
}

async function settled(): Promise<void> {
  for (let n = 0; n < 5; n += 1) await new Promise((resolve) => setImmediate(resolve));
}

it('[R7] an execution is read once for all that ask for it at the time', async () => {
  const { loader, finds, adopted } = opened();
  const asked = [loader.load('e'), loader.load('e')];
  await settled();
  expect(finds).toHaveLength(1);
  finds[0]?.();
  expect(await Promise.all(asked)).toEqual([true, true]);
  expect(adopted.map(({ stored }) => stored.executionId)).toEqual(['e']);
});

it('[R7] an execution that has come into memory and left it is read anew, though others are still being read', async () => {
  const { loader, finds, adopted } = opened();
  const many = Array.from({ length: 501 }, (_, n) => loader.load(`e${n}`));
  await settled();
  finds[0]?.();
  await settled();
  expect(adopted).toHaveLength(500);
  const again = loader.load('e0');
  await settled();
  finds[2]?.();
  expect(await again).toBe(true);
  expect(adopted.filter(({ stored }) => stored.executionId === 'e0')).toHaveLength(2);
  finds[1]?.();
  expect(await Promise.all(many)).toHaveLength(501);
});

it('[R7] what was being read when the database was lost is read again, and not taken as it was', async () => {
  const { loader, finds, adopted } = opened();
  const before = loader.load('e');
  await settled();
  loader.abandon();
  const after = loader.load('e');
  await settled();
  expect(finds).toHaveLength(2);
  finds[0]?.();
  await expect(before).rejects.toThrow('the database was lost');
  expect(adopted).toEqual([]);
  finds[1]?.();
  expect(await after).toBe(true);
  expect(adopted).toHaveLength(1);
});

it('[R7] what was about to be read when the database was lost is asked for again', async () => {
  const { loader, finds } = opened();
  const before = loader.load('e');
  loader.abandon();
  await expect(before).rejects.toThrow('the database was lost');
  expect(finds).toEqual([]);
});
