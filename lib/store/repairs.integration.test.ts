import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Options } from '@/lib/engine/event';
import type { Definition, State } from '@/lib/flow/model';
import type { Repair, Runner, TaskKind } from '@/lib/runner/ports';
import { openRunner } from '@/lib/runner/runner';
import { openStore, type Store } from './client';
import { findExecutionSummary } from './executions';
import { postgresJournal } from './journal';
import { LogLines } from './log-lines';
import { openTestDatabase, saveTestFlow, type TestDatabase } from './test-database';
import { saveVersion, storedVersions } from './versions';

/**
 * What operators do survives everything, on a real PostgreSQL: right after a repair is acknowledged PostgreSQL is killed, and
 * another engine takes over.
 *
 * P1 An acknowledged repair is done, and done once. P2 What is finished is never called again. P3 An attempt that was under way
 * is called again under its own key. P4 An execution that goes over to another version is folded with both.
 * P5 How an execution ended is stored as it ended last.
 */
let database: TestDatabase;
let store: Store;
let logs: LogLines;
let runner: Runner;
let flow: { flowId: string; versionId: string };
const calls: { state: string; key: string; input: unknown }[] = [];
const broken = new Set<string>();
const hanging = new Set<string>();

const task = (rest: object = { End: true }): State => ({ Type: 'Task', Resource: 'test:work', ...rest });
const branch = (name: string, state = task()) => ({ StartAt: name, States: { [name]: state } });
const trip = (flight: State = task()): Definition => ({
  StartAt: 'Plan',
  States: {
    Plan: task({ Next: 'Book' }),
    Book: { Type: 'Parallel', Branches: [branch('Train'), branch('Flight', flight)], Next: 'Tell' },
    Tell: task(),
  },
});

const work: TaskKind = {
  resource: 'test:work',
  parse: (value) => ({ ok: true, value }),
  call: ({ state, idempotencyKey: key, parameters: input, signal }) => {
    calls.push({ state, key, input });
    if (hanging.has(state))
      return new Promise((resolve) => {
        signal.addEventListener('abort', () => resolve({ kind: 'failed', error: 'Aborted', cause: '' }));
      });
    if (broken.has(state)) return Promise.resolve({ kind: 'failed', error: 'Down', cause: state });
    return Promise.resolve({ kind: 'succeeded', output: state });
  },
};

async function openEngine(): Promise<void> {
  const opened = openRunner({
    journal: postgresJournal(database.url),
    versions: storedVersions(store),
    tasks: { find: () => work },
    logs,
    onDefect: (_, defect) => {
      throw defect;
    },
  });
  runner = opened;
  await vi.waitUntil(() => opened.ready(), { timeout: 60_000 });
}

/** PostgreSQL is killed, and another engine takes the executions over. */
async function crash(): Promise<void> {
  database.crash();
  await runner.close();
  await openEngine();
}

beforeAll(async () => {
  database = await openTestDatabase();
  store = openStore(database.url);
  logs = new LogLines(database.url);
  flow = await saveTestFlow(database, 'trip', trip());
  const repaired = trip({ Type: 'Pass', Result: 'by bus', End: true });
  await saveVersion(store, flow.flowId, {
    source: JSON.stringify(repaired),
    format: 'json',
    definition: repaired,
    layout: {},
    note: '',
  });
  await openEngine();
});
afterAll(async () => {
  await runner?.close();
  await logs?.close();
  await store?.close();
  await database?.close();
});

async function failedTrip(options?: Options): Promise<string> {
  calls.length = 0;
  broken.add('Flight');
  const { executionId } = await runner.start({
    ...flow,
    flowName: 'trip',
    version: 1,
    input: { to: 'Rome' },
    ...(options === undefined ? {} : { options }),
  });
  if (options?.onFailure === 'park')
    await vi.waitUntil(async () => (await stepAt(executionId, 'StepParked')) !== undefined, {
      timeout: 30_000,
    });
  else await runner.ended(executionId);
  broken.clear();
  return executionId;
}

async function stepAt(executionId: string, type: string, state?: string): Promise<number | undefined> {
  const journal = postgresJournal(database.url);
  try {
    const found = (await journal.read(executionId, 0, 1000)).findLast(
      (event) => event.type === type && (state === undefined || ('state' in event && event.state === state)),
    );
    if (found === undefined) return undefined;
    return 'step' in found ? found.step : found.id;
  } finally {
    await journal.close();
  }
}

const entered = async (executionId: string, state: string) =>
  (await stepAt(executionId, 'StateEntered', state)) ?? 0;

/** The states that were called since the flight had failed, without repeats of the same attempt. */
function calledSince(): string[] {
  const unique = new Map(calls.map(({ key, state }) => [key, state]));
  return [...unique.values()].slice(3);
}

async function repairAndCrash(executionId: string, repair: Repair): Promise<void> {
  const planned = await runner.plan(executionId, repair);
  expect(planned?.refused).toEqual([]);
  const order = { by: 'Ada', why: 'it is up again', lastEvent: planned?.lastEvent ?? 0 };
  expect(await runner.repair(executionId, repair, order)).toMatchObject({ ok: true });
  await crash();
}

async function outcome(executionId: string) {
  hanging.clear();
  await runner.ended(executionId);
  const row = await findExecutionSummary(store, executionId);
  return { status: row?.status, version: row?.version, formerVersions: row?.formerVersions };
}

const ran = { status: 'succeeded', version: 1, formerVersions: [] };

describe('repairs outlive crashes', () => {
  it('[P1] [P2] [P3] a retry with edited input', async () => {
    const executionId = await failedTrip();
    const step = await entered(executionId, 'Flight');
    hanging.add('Flight');
    await repairAndCrash(executionId, { type: 'retry', step, input: { seat: '7A' } });
    hanging.delete('Flight');
    await crash();

    expect(await outcome(executionId)).toEqual(ran);
    expect(calledSince()).toEqual(['Flight', 'Tell']);
    const flights = calls.filter(({ key }) => key === `${executionId}/${step}/2`);
    expect(flights.length).toBeGreaterThan(1);
    expect(flights.at(-1)?.input).toEqual({ seat: '7A' });
  });

  it('[P1] [P2] a redrive', async () => {
    const executionId = await failedTrip();
    await repairAndCrash(executionId, { type: 'redrive' });

    expect(await outcome(executionId)).toEqual(ran);
    expect(calledSince()).toEqual(['Flight', 'Tell']);
  });

  it('[P1] [P2] a restart inside of a Parallel that had been left', async () => {
    const executionId = await failedTrip();
    await runner.repair(executionId, { type: 'redrive' }, {});
    expect(await outcome(executionId)).toEqual(ran);
    calls.splice(0, calls.length, ...calls.slice(0, 3));

    await repairAndCrash(executionId, { type: 'restart', step: await entered(executionId, 'Train') });
    expect(await outcome(executionId)).toEqual(ran);
    expect(calledSince()).toEqual(['Train', 'Tell']);
    expect(calls.at(-1)?.input).toEqual(['Train', 'Flight']);
  });

  it('[P1] [P2] a skip', async () => {
    const executionId = await failedTrip();
    const step = await entered(executionId, 'Flight');
    hanging.add('Tell');
    await repairAndCrash(executionId, { type: 'skip', step, output: 'by bike' });
    hanging.clear();
    await crash();

    expect(await outcome(executionId)).toEqual(ran);
    expect(calledSince()).toEqual(['Tell']);
    expect(calls.at(-1)?.input).toEqual(['Train', 'by bike']);
  });

  it('[P1] [P4] a redrive with a repaired definition', async () => {
    const executionId = await failedTrip();
    const { rows } = await store.pool.query('SELECT id FROM flow_version WHERE flow_id = $1 AND number = 2', [
      flow.flowId,
    ]);
    hanging.add('Tell');
    await repairAndCrash(executionId, {
      type: 'redrive',
      replacement: { version: 2, versionId: rows[0].id },
    });
    hanging.clear();
    await crash();

    expect(await outcome(executionId)).toEqual({ status: 'succeeded', version: 2, formerVersions: [1] });
    expect(calledSince()).toEqual(['Tell']);
    expect(calls.at(-1)?.input).toEqual(['Train', 'by bus']);
  });

  it('[P1] a parked step waits through a crash, and fails when it is let', async () => {
    const executionId = await failedTrip({ onFailure: 'park' });
    await crash();
    const step = await entered(executionId, 'Flight');
    await repairAndCrash(executionId, { type: 'fail', step });

    expect(await outcome(executionId)).toMatchObject({ status: 'failed' });
    expect(calledSince()).toEqual([]);
  });

  it('[P1] a paused execution is paused after a crash, and goes on when it is resumed', async () => {
    const executionId = await failedTrip({ onFailure: 'park' });
    expect(await runner.deliver(executionId, { type: 'pause' })).toMatchObject({ ok: true });
    await crash();
    const step = await entered(executionId, 'Flight');
    await repairAndCrash(executionId, { type: 'retry', step });
    expect(calledSince()).toEqual([]);

    await runner.deliver(executionId, { type: 'resume' });
    expect(await outcome(executionId)).toEqual(ran);
  });

  it('[P1] a repair by an old plan is refused and changes nothing', async () => {
    const executionId = await failedTrip();
    const delivered = await runner.repair(executionId, { type: 'redrive' }, { lastEvent: 3 });
    expect(delivered).toMatchObject({ ok: false, stale: true });
    expect((await findExecutionSummary(store, executionId))?.status).toBe('failed');
  });

  it('[P5] what fails again in the turn of its repair is stored with the newer failure', async () => {
    const definition: Definition = {
      StartAt: 'Flight',
      States: { Flight: task({ Next: 'Refuse' }), Refuse: { Type: 'Fail', Error: 'NoSeat', Cause: 'full' } },
    };
    const fragile = await saveTestFlow(database, 'fragile', definition);
    broken.add('Flight');
    const started = { ...fragile, flowName: 'fragile', version: 1, input: {} };
    const { executionId } = await runner.start(started);
    await runner.ended(executionId);
    broken.clear();
    const before = await findExecutionSummary(store, executionId);

    const step = await entered(executionId, 'Flight');
    await runner.repair(executionId, { type: 'skip', step, output: 'by bike' }, {});

    const after = await findExecutionSummary(store, executionId);
    expect([before?.error, after?.status, after?.error, after?.cause]).toEqual([
      'Down',
      'failed',
      'NoSeat',
      'full',
    ]);
    expect(after?.endedAt?.getTime()).toBeGreaterThan(before?.endedAt?.getTime() ?? 0);
  });
});
