import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Definition } from '@/lib/flow/model';
import { openStore } from '@/lib/store/client';
import { openTestDatabase, saveTestFlow, type TestDatabase } from '@/lib/store/test-database';
import { refuse } from './door';
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

describe('a PostgreSQL that takes connections and no queries yet', () => {
  it('[A1] a query of Prisma is refused as not now, and not as a defect', async () => {
    const starting = createServer((socket) => {
      socket.on('error', () => {});
      socket.on('data', () => socket.end(fatal('57P03', 'the database system is starting up')));
    }).listen(0, '127.0.0.1');
    await once(starting, 'listening');
    const store = openStore(`postgres://a:b@127.0.0.1:${(starting.address() as AddressInfo).port}/x`);

    const error: unknown = await store.prisma.flow.findMany().catch((thrown: unknown) => thrown);
    await store.close();
    starting.close();

    expect(refuse(error).status).toBe(503);
  });
});

/** An ErrorResponse of PostgreSQL's protocol. */
function fatal(code: string, message: string): Buffer {
  const fields = Buffer.from(`SFATAL\0VFATAL\0C${code}\0M${message}\0\0`);
  const head = Buffer.from([0x45, 0, 0, 0, 0]);
  head.writeInt32BE(fields.length + 4, 1);
  return Buffer.concat([head, fields]);
}
