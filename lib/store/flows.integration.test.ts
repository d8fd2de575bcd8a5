import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStore, type Store } from './client';
import { createFlow, findFlow, updateFlow } from './flows';
import { openTestDatabase, saveTestFlow, type TestDatabase } from './test-database';
import { findStartable } from './versions';

let database: TestDatabase;
let store: Store;

beforeAll(async () => {
  database = await openTestDatabase();
  store = openStore(database.url);
});
afterAll(async () => {
  await store?.close();
  await database?.close();
});

describe('flows in the database', () => {
  it('keep the settings that a change does not name, whoever else changes at the same time', async () => {
    const { flowId } = await saveTestFlow(database, 'settings', { StartAt: 'A', States: {} });

    await Promise.all([
      updateFlow(store, flowId, { settings: { onFailure: 'park' } }),
      updateFlow(store, flowId, { settings: { other: 1 } }),
      updateFlow(store, flowId, { description: 'parks' }),
    ]);

    const flow = await findFlow(store, flowId, 0);
    expect(flow).toMatchObject({ description: 'parks', settings: { onFailure: 'park', other: 1 } });
    const startable = await findStartable(store, { id: flowId }, undefined);
    expect(startable?.settings).toEqual({ onFailure: 'park', other: 1 });
  });

  it('tell a name that is taken from a flow that does not exist', async () => {
    const one = await createFlow(store, { name: 'one' });
    await createFlow(store, { name: 'two' });

    expect(await updateFlow(store, one, { name: 'two' })).toBe('taken');
    expect(await updateFlow(store, '00000000-0000-4000-8000-000000000000', { name: 'x' })).toBe('unknown');
  });
});
