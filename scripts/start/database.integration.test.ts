import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openCheckedClient } from '@/lib/api/checked-client';
import { ApiProblem, type Client } from '@/lib/api/client';
import { sqlOn } from '@/lib/store/test-database';
import { processesOf, type Started, startMillrace } from './started';

const patience = 600_000;
const environment = { MILLRACE_EXAMPLES: 'off' };
const inFlight = 20;

let folder = '';
let server: Started;
let api: Client;
let flowId = '';

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'millrace-database-'));
  chmodSync(folder, 0o755);
  server = startMillrace({ dataFolder: folder, environment });
  api = openCheckedClient({ origin: await server.url });
  const wait = { Type: 'Wait', Seconds: 1, Next: 'Last' };
  const source = JSON.stringify({
    StartAt: 'First',
    States: { First: wait, Last: { Type: 'Pass', End: true } },
  });
  flowId = (await api.createFlow({ body: { name: 'under load', source } })).id;
}, patience);

afterAll(async () => {
  await server.interrupt();
  rmSync(folder, { recursive: true, force: true });
}, patience);

/** What was answered while something was done to the database, and to which ids. */
interface Load {
  readonly acknowledged: string[];
  readonly refused: number;
  readonly unexpected: string[];
}

/** Starts executions all the while; ends some time after `strike` is over and executions can be started again. */
async function underLoad(strike: () => Promise<void>): Promise<Load> {
  const acknowledged: string[] = [];
  const unexpected: string[] = [];
  let refused = 0;
  let over = false;
  const startOn = async () => {
    while (!over)
      try {
        acknowledged.push((await api.startExecution({ params: { flowId }, body: {} })).id);
      } catch (problem) {
        if (problem instanceof ApiProblem && problem.kind === 'unavailable') refused += 1;
        else unexpected.push(String(problem));
        await pause(20);
      }
  };
  const load = Array.from({ length: inFlight }, startOn);
  await pause(500);
  await strike();
  await untilHealthy();
  const enough = acknowledged.length + inFlight;
  while (acknowledged.length < enough) await pause(20);
  over = true;
  await Promise.all(load);
  return { acknowledged, refused, unexpected };
}

async function untilHealthy(): Promise<void> {
  while (
    !(await api.getHealth({}).then(
      () => true,
      () => false,
    ))
  )
    await pause(20);
}

async function statusesOf(ids: readonly string[]): Promise<Set<string>> {
  const statuses = new Set<string>();
  for (const executionId of ids)
    for (;;) {
      const { status } = await api.getExecution({ params: { executionId } });
      statuses.add(status);
      if (status !== 'running') break;
      statuses.delete('running');
      await pause(50);
    }
  return statuses;
}

function databaseUrl(): string {
  const password = readFileSync(join(folder, 'postgres-password'), 'utf8').trim();
  const socket = encodeURIComponent(join(folder, 'postgres', 'data'));
  return `postgresql://millrace:${password}@${socket}:5432/millrace`;
}

function postmaster(): number {
  const line = processesOf(folder).find((each) => /^\d+ \S*\/bin\/postgres -D/.test(each));
  return Number(line?.split(' ')[0]);
}

describe('the database goes away under load', { timeout: patience }, () => {
  it.for(['SIGINT', 'SIGKILL'] as const)(
    '[S8] PostgreSQL is ended by %s: nothing acknowledged is lost',
    async (signal) => {
      const before = postmaster();
      const { acknowledged, unexpected } = await underLoad(async () => {
        process.kill(before, signal);
        while (!(postmaster() > 0) || postmaster() === before) await pause(20);
      });
      expect(unexpected).toEqual([]);
      expect(await statusesOf(acknowledged)).toEqual(new Set(['succeeded']));
    },
  );

  it('[S8] its connections are cut: nothing acknowledged is lost', async () => {
    const { acknowledged, unexpected } = await underLoad(async () => {
      for (let times = 0; times < 3; times += 1) {
        await sqlOn(
          databaseUrl(),
          `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'`,
        );
        await pause(300);
      }
    });
    expect(unexpected).toEqual([]);
    expect(await statusesOf(acknowledged)).toEqual(new Set(['succeeded']));
  });
});
