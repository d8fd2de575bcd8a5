import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Contract } from '@/lib/api/contract';
import { contracts } from '@/lib/api/contracts';
import type { Definition } from '@/lib/flow/model';
import { openTestDatabase, type TestDatabase } from '@/lib/store/test-database';
import * as aliases from './aliases';
import { redriveExecutions } from './bulk-redrive';
import * as deletion from './deletion';
import { type Asked, door } from './door';
import * as executions from './executions';
import * as flows from './flows';
import * as repairs from './repairs';
import { updateSettings } from './settings';
import { versionAt } from './startable';
import { sweep } from './sweep';
import { until } from './test-engine';
import { openWorldOnce, type World } from './world';

let database: TestDatabase;
let world: World;
let service: Server;
let address = '';
let folder = '';
/** Requests that the service keeps open, and how many of them their client has given up. */
let held = 0;
let abandoned = 0;

beforeAll(async () => {
  service = createServer((_request, response) => {
    held += 1;
    response.on('close', () => {
      if (!response.writableEnded) abandoned += 1;
    });
  }).listen(0, '127.0.0.1');
  database = await openTestDatabase();
  folder = mkdtempSync(join(tmpdir(), 'millrace-control-'));
  world = openWorldOnce({ databaseUrl: database.url, dataFolder: folder });
  await until(() => world.runner.ready());
  address = `http://127.0.0.1:${(service.address() as AddressInfo).port}/`;
});
afterAll(async () => {
  await world?.close();
  service?.closeAllConnections();
  service?.close();
  await database?.close();
  rmSync(folder, { recursive: true, force: true });
});

interface Parts {
  readonly params?: Record<string, string>;
  readonly query?: Record<string, string>;
  readonly body?: unknown;
}

/** Sends a request through the door of a contract, as the route does; the answer's body has any form. */
async function send<C extends Contract>(
  contract: C,
  answer: (asked: Asked<C>) => Promise<unknown>,
  { params = {}, query = {}, body }: Parts = {},
) {
  const url = `http://localhost/x?${new URLSearchParams(query)}`;
  const { method } = contract;
  const json = { headers: { 'content-type': 'application/json', host: 'localhost' } };
  const sent = body === undefined ? json : { ...json, body: JSON.stringify(body) };
  const open = door(contract, answer as Parameters<typeof door<C>>[1]);
  const response = await open(new Request(url, { method, ...sent }), { params: Promise.resolve(params) });
  const text = await response.text();
  return { status: response.status, body: text === '' ? undefined : JSON.parse(text) };
}

const pass: Definition = { StartAt: 'A', States: { A: { Type: 'Pass', End: true } } };
const ask: Definition = {
  StartAt: 'Ask',
  States: { Ask: { Type: 'Task', Resource: 'millrace:callback', Parameters: {}, End: true } },
};

let named = 0;
async function flowOf(definition: Definition): Promise<string> {
  named += 1;
  const body = { name: `flow ${named}`, source: JSON.stringify(definition), format: 'json' };
  const { status, body: flow } = await send(contracts.createFlow, flows.createFlow, { body });
  expect(status).toBe(201);
  return flow.id;
}

function start(flowId: string, body: object = {}, query: Record<string, string> = {}) {
  return send(contracts.startExecution, executions.startExecution, { params: { flowId }, query, body });
}

function save(flowId: string, definition: Definition) {
  const body = { source: JSON.stringify(definition), format: 'json' };
  return send(contracts.saveVersion, flows.saveVersion, { params: { flowId }, body });
}

function change(flowId: string, settings: object) {
  return send(contracts.updateFlow, flows.updateFlow, { params: { flowId }, body: { settings } });
}

function stop(executionId: string) {
  return send(contracts.stopExecution, repairs.stopExecution, { params: { executionId }, body: {} });
}

async function statusOf(executionId: string): Promise<string> {
  const { body } = await send(contracts.getExecution, executions.getExecution, { params: { executionId } });
  return body.status;
}

/** The token of the step that an execution waits in. */
async function tokenOf(executionId: string): Promise<string> {
  let token: string | undefined;
  await until(async () => {
    for (const event of await world.journal.read(executionId, 0, 1000))
      if (event.type === 'TaskScheduled') token = event.token;
    return token !== undefined;
  });
  return token ?? '';
}

function succeed(token: string, output: unknown) {
  return send(contracts.succeedCallback, repairs.succeedCallback, { params: { token }, body: { output } });
}

describe('start and wait', () => {
  it('answers 200 with the output where the execution ends in time', async () => {
    const { status, body } = await start(await flowOf(pass), { input: { n: 1 } }, { wait: '30' });
    expect({ status, is: body.status, output: body.output }).toEqual({
      status: 200,
      is: 'succeeded',
      output: { n: 1 },
    });
  });

  it('answers 200 with error and cause where it fails', async () => {
    const failing: Definition = {
      StartAt: 'F',
      States: { F: { Type: 'Fail', Error: 'Bad', Cause: 'luck' } },
    };
    const { status, body } = await start(await flowOf(failing), {}, { wait: '30' });
    expect({ status, ...body }).toMatchObject({
      status: 'failed',
      error: 'Bad',
      cause: 'luck',
      output: null,
    });
  });

  it('answers 202 where it goes on', async () => {
    const { status, body } = await start(await flowOf(ask), {}, { wait: '1' });
    expect([status, body.status]).toEqual([202, 'running']);
    expect((await stop(body.id)).status).toBe(200);
  });

  it('refuses a wait that is none', async () => {
    expect((await start(await flowOf(pass), {}, { wait: 'long' })).status).toBe(400);
  });

  it('the same name and input again is the same execution; another input is refused', async () => {
    const flowId = await flowOf(pass);
    const first = await start(flowId, { name: 'once', input: 1 });
    const [again, other] = [
      await start(flowId, { name: 'once', input: 1 }),
      await start(flowId, { name: 'once', input: 2 }),
    ];
    expect(again.body.id).toBe(first.body.id);
    expect([other.status, other.body.type]).toEqual([409, 'urn:millrace:problem:name-taken']);
  });
});

describe('versions and aliases', () => {
  it('an execution keeps the version that it started with', async () => {
    const flowId = await flowOf({ ...ask, Comment: 'first' });
    const { body: started } = await start(flowId);
    const token = await tokenOf(started.id);
    await save(flowId, pass);
    await succeed(token, 'old way');

    expect(await world.runner.ended(started.id)).toBe('succeeded');
    const params = { executionId: started.id };
    const { body } = await send(contracts.getExecution, executions.getExecution, { params });
    expect([body.version, body.definition.Comment, body.output]).toEqual([1, 'first', 'old way']);
    expect((await start(flowId, { input: 5 }, { wait: '30' })).body).toMatchObject({ version: 2, output: 5 });
  });

  it('an alias draws a version by its weights, and the execution records both', async () => {
    const flowId = await flowOf(pass);
    await save(flowId, { ...pass, Comment: 'second' });
    const params = { flowId, alias: 'live' };
    const put = (routes: object) =>
      send(contracts.saveAlias, aliases.saveAlias, { params, body: { routes } });
    expect((await put([{ version: 1, weight: 100 }])).status).toBe(200);

    const first = await start(flowId, { alias: 'live' });
    expect(first.body).toMatchObject({ version: 1, alias: 'live' });
    const [event] = await world.journal.read(first.body.id, 0, 1);
    expect(event).toMatchObject({ type: 'ExecutionStarted', version: 1, alias: 'live' });

    await put([
      { version: 1, weight: 0 },
      { version: 2, weight: 100 },
    ]);
    expect((await start(flowId, { alias: 'live' })).body.version).toBe(2);
    await put([
      { version: 1, weight: 50 },
      { version: 2, weight: 50 },
    ]);
    const drawn = new Set<number>();
    for (let n = 0; n < 60 && drawn.size < 2; n += 1)
      drawn.add((await start(flowId, { alias: 'live' })).body.version);
    expect([...drawn].sort()).toEqual([1, 2]);
  });

  it('refuses an alias that cannot be', async () => {
    const flowId = await flowOf(pass);
    const put = (alias: string, routes: object) =>
      send(contracts.saveAlias, aliases.saveAlias, { params: { flowId, alias }, body: { routes } });
    expect((await put('live', [{ version: 1, weight: 90 }])).status).toBe(400);
    expect((await put('live', [{ version: 7, weight: 100 }])).status).toBe(404);
    expect((await put('latest', [{ version: 1, weight: 100 }])).status).toBe(400);
    expect((await put('3', [{ version: 1, weight: 100 }])).status).toBe(400);
    expect((await start(flowId, { alias: 'live' })).status).toBe(404);
    await put('live', [{ version: 1, weight: 100 }]);
    expect((await start(flowId, { alias: 'live', version: 1 })).status).toBe(400);
    const params = { flowId, alias: 'live' };
    expect((await send(contracts.deleteAlias, aliases.deleteAlias, { params })).status).toBe(204);
    expect((await send(contracts.deleteAlias, aliases.deleteAlias, { params })).status).toBe(404);
  });

  it('a number from 0 to 99 falls on the version whose share it is', () => {
    const routes = [
      { version: 4, weight: 10 },
      { version: 3, weight: 90 },
    ];
    const drawn = Array.from({ length: 100 }, (_, n) => versionAt(routes, n));
    expect(drawn.filter((version) => version === 4)).toHaveLength(10);
    expect(drawn.filter((version) => version === 3)).toHaveLength(90);
  });
});

describe('callbacks', () => {
  it('[D6] counts once; a second one is refused as such', async () => {
    const { body } = await start(await flowOf(ask));
    const token = await tokenOf(body.id);
    const both = await Promise.all([succeed(token, 'one'), succeed(token, 'two')]);
    const refused = both.find(({ status }) => status !== 200);

    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(refused?.body.type).toBe('urn:millrace:problem:callback-not-awaited');
    const late = await send(contracts.failCallback, repairs.failCallback, { params: { token }, body: {} });
    expect([late.status, late.body.type]).toEqual([409, 'urn:millrace:problem:callback-not-awaited']);
    const succeeded = await world.journal.read(body.id, 0, 100);
    expect(succeeded.filter(({ type }) => type === 'TaskSucceeded')).toHaveLength(1);
  });

  it('[D6] one that comes after the execution was stopped is refused', async () => {
    const { body } = await start(await flowOf(ask));
    const token = await tokenOf(body.id);
    await stop(body.id);
    const { status, body: problem } = await succeed(token, 1);
    expect([status, problem.type]).toEqual([409, 'urn:millrace:problem:callback-not-awaited']);
    expect(problem.detail).toContain('too late');
  });

  it('[D6] a token that nobody gave out is not found', async () => {
    expect((await succeed('made-up', 1)).status).toBe(404);
  });
});

describe('stop', () => {
  it('[D2] aborts the HTTP request in flight', async () => {
    const flowId = await flowOf({
      StartAt: 'Call',
      States: { Call: { Type: 'Task', Resource: 'millrace:http', Parameters: { url: address }, End: true } },
    });
    const [before, gone] = [held, abandoned];
    const { body } = await start(flowId);
    await until(() => held === before + 1);
    expect((await stop(body.id)).status).toBe(200);
    await until(() => abandoned === gone + 1);
    expect(await statusOf(body.id)).toBe('stopped');
  });

  it('[F2] stops the children that steps wait for', async () => {
    const child = await flowOf(ask);
    const parent = await flowOf({
      StartAt: 'Run',
      States: {
        Run: { Type: 'Task', Resource: 'millrace:flow', Parameters: { flow: child }, End: true },
      },
    });
    const { body } = await start(parent);
    const children = () =>
      database.sql<{ id: string; status: string }>('SELECT id, status FROM execution WHERE parent_id = $1', [
        body.id,
      ]);
    await until(async () => (await children()).length === 1);
    expect((await stop(body.id)).status).toBe(200);
    await until(async () => (await children())[0]?.status === 'stopped');
  });

  it('[D2] ends a function that would never end', async () => {
    const flowId = await flowOf({
      StartAt: 'Spin',
      States: {
        Spin: {
          Type: 'Task',
          Resource: 'millrace:function',
          Parameters: { code: 'export default () => { for (;;); }' },
          End: true,
        },
      },
    });
    const { body } = await start(flowId);
    await until(async () =>
      (await world.journal.read(body.id, 0, 9)).some(({ type }) => type === 'TaskStarted'),
    );
    const at = performance.now();
    expect((await stop(body.id)).status).toBe(200);
    const quick = await flowOf({
      StartAt: 'Add',
      States: {
        Add: {
          Type: 'Task',
          Resource: 'millrace:function',
          Parameters: { code: 'export default () => 42' },
          End: true,
        },
      },
    });
    const { body: ended } = await start(quick, {}, { wait: '60' });
    expect(ended.status).toBe('succeeded');
    expect(performance.now() - at).toBeLessThan(60_000);
  });
});

describe('deletion', () => {
  it('[G1] an execution goes with its history; one that runs does not', async () => {
    const { body: ended } = await start(
      await flowOf(pass),
      { input: { big: 'x'.repeat(5_000) } },
      { wait: '30' },
    );
    const { body: runs } = await start(await flowOf(ask));
    const remove = (executionId: string) =>
      send(contracts.deleteExecution, deletion.deleteExecution, { params: { executionId } });

    expect((await remove(ended.id)).status).toBe(204);
    expect((await remove(ended.id)).status).toBe(404);
    expect(await database.sql('SELECT 1 FROM journal WHERE execution_id = $1', [ended.id])).toEqual([]);
    expect(await database.sql('SELECT 1 FROM journal_value WHERE execution_id = $1', [ended.id])).toEqual([]);
    const refused = await remove(runs.id);
    expect([refused.status, refused.body.type]).toEqual([409, 'urn:millrace:problem:refused']);
    await stop(runs.id);
    await until(async () => (await remove(runs.id)).status === 204);
  });

  it('[G1] many at once, by id or by what a filter finds', async () => {
    const flowId = await flowOf(pass);
    const ids: string[] = [];
    for (let n = 0; n < 5; n += 1) ids.push((await start(flowId, {}, { wait: '30' })).body.id);
    const remove = (body: unknown) => send(contracts.deleteExecutions, deletion.deleteExecutions, { body });

    expect((await remove({ ids: ids.slice(0, 2) })).body).toEqual({ deleted: 2, kept: 0, more: false });
    const filter = { flowId, status: ['succeeded', 'running'] };
    expect((await remove({ filter })).body).toEqual({ deleted: 3, kept: 0, more: false });
    expect((await remove({})).status).toBe(400);
  });

  it('[E24] a flow whose payload limit was raised takes larger inputs, results and callbacks', async () => {
    const large = 'x'.repeat(300_000);
    const usual = await flowOf(ask);
    const refused = await start(usual, { input: { large } });
    expect([refused.status, refused.body.type]).toEqual([413, 'urn:millrace:problem:too-large']);

    const raised = await flowOf(ask);
    await change(raised, { payloadLimit: 400_000 });
    const { body } = await start(raised, { input: { large } });
    const complete = (output: unknown) =>
      send(contracts.completeStep, repairs.completeStep, {
        params: { executionId: body.id, step: '2' },
        body: { outcome: { type: 'success', output } },
      });
    await until(async () => (await complete('x'.repeat(500_000))).status === 413);
    await until(async () => (await complete(large)).status === 200);
    await until(async () => (await statusOf(body.id)) === 'succeeded');
    expect((await change(raised, { payloadLimit: 1_000 })).status).toBe(400);
  });

  it('[E12] many are redriven at once, by id or by what a filter finds', async () => {
    const flowId = await flowOf({ StartAt: 'F', States: { F: { Type: 'Fail', Error: 'Meant' } } });
    const ids: string[] = [];
    for (let n = 0; n < 3; n += 1) ids.push((await start(flowId, {}, { wait: '30' })).body.id);
    const redrive = (body: unknown) => send(contracts.redriveExecutions, redriveExecutions, { body });
    const succeeded = (await start(await flowOf(pass), {}, { wait: '30' })).body.id;

    const byId = await redrive({ ids: [ids[0], succeeded], by: 'Ada', why: 'the service is back' });
    expect(byId.body).toMatchObject({ redriven: 1, refusals: 1, more: false });
    expect(byId.body.refused[0].executionId).toBe(succeeded);
    await until(async () => (await statusOf(ids[0] ?? '')) === 'failed');
    expect((await redrive({ filter: { flowId } })).body).toEqual({
      ...{ redriven: 3, refused: [], refusals: 0, more: false },
    });
    expect((await redrive({ filter: { flowId, status: ['succeeded'] } })).status).toBe(400);
    expect((await redrive({})).status).toBe(400);
  });

  it('[G1] what is kept no longer is swept away, running executions never', async () => {
    const flowId = await flowOf(pass);
    const ids: string[] = [];
    for (let n = 0; n < 6; n += 1) ids.push((await start(flowId, {}, { wait: '30' })).body.id);
    await save(flowId, ask);
    const { body: runs } = await start(flowId);
    const left = async () => {
      const rows = await database.sql<{ id: string }>(
        'SELECT id FROM execution WHERE flow_id = $1 ORDER BY id',
        [flowId],
      );
      return rows.map(({ id }) => id);
    };
    const signal = new AbortController().signal;

    await change(flowId, { retentionCount: 2 });
    expect(await sweep(world, Date.now(), signal)).toBe(4);
    expect(await left()).toEqual([...ids.slice(4), runs.id]);
    await change(flowId, { retentionCount: null, retentionDays: 3 });
    expect(await sweep(world, Date.now() + 2 * 86_400_000, signal)).toBe(0);
    expect(await sweep(world, Date.now() + 4 * 86_400_000, signal)).toBe(2);
    expect(await left()).toEqual([runs.id]);
    await stop(runs.id);
  });
});

describe('settings', () => {
  it('[A1] the concurrency of a flow holds at once, and who waits is listed as queued', async () => {
    const flowId = await flowOf(ask);
    await change(flowId, { concurrency: 1 });
    const { body: first } = await start(flowId);
    const { body: second } = await start(flowId, { priority: 3 });
    expect([first.queued, second.queued, second.priority]).toEqual([false, true, 3]);

    await change(flowId, { concurrency: null });
    const token = await tokenOf(second.id);
    expect((await succeed(token, 1)).status).toBe(200);
    await stop(first.id);
  });

  it('[T1] the limit of a kind is changed while the engine runs; unknown kinds are refused', async () => {
    const limit = (taskLimits: object) =>
      send(contracts.updateSettings, updateSettings, { body: { taskLimits } });
    expect((await limit([{ resource: 'millrace:nothing', concurrency: 1 }])).status).toBe(400);
    expect((await limit([{ resource: 'millrace:http', concurrency: 0 }])).status).toBe(400);
    expect((await limit([{ resource: 'millrace:http', concurrency: 1 }])).body).toEqual({
      taskLimits: [{ resource: 'millrace:http', concurrency: 1 }],
    });

    const flowId = await flowOf({
      StartAt: 'Call',
      States: { Call: { Type: 'Task', Resource: 'millrace:http', Parameters: { url: address }, End: true } },
    });
    const before = held;
    const { body: first } = await start(flowId);
    await until(() => held === before + 1);
    const { body: second } = await start(flowId);
    const types = (await world.journal.read(second.id, 0, 9)).map(({ type }) => type);
    expect(types).toEqual(['ExecutionStarted', 'StateEntered', 'TaskScheduled']);
    await stop(first.id);
    await until(() => held === before + 2);
    await stop(second.id);
    await limit([]);
  });

  it('[X2] a flow that waits cannot become an express one, and an express one saves no version that waits', async () => {
    const waiting = await flowOf(ask);
    const refused = await change(waiting, { profile: 'express' });
    expect([refused.status, refused.body.problems[0].code]).toEqual([422, 'EXPRESS_INTEGRATION']);

    const flowId = await flowOf(pass);
    expect((await change(flowId, { profile: 'express', historyShare: 0 })).status).toBe(200);
    expect((await save(flowId, ask)).status).toBe(422);
    const { body } = await start(flowId, { input: 7 }, { wait: '30' });
    expect(body.output).toBe(7);
    expect(await world.journal.read(body.id, 0, 9)).toHaveLength(2);
  });
});
