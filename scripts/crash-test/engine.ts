import { hash } from 'node:crypto';
import { appendFileSync, readFileSync } from 'node:fs';
import { argv } from 'node:process';
import { setTimeout as pause } from 'node:timers/promises';
import { Pool } from 'pg';
import { EngineUnavailable, type TaskCall, type TaskKind, type TaskResult } from '@/lib/runner/ports';
import { openRunner } from '@/lib/runner/runner';
import { postgresJournal } from '@/lib/store/journal';
import { LogLines } from '@/lib/store/log-lines';
import { HttpClient } from '@/lib/tasks/http-client';
import { openMapStorage } from '@/lib/tasks/maps/storage';
import { filesIn } from './files';
import { childDefinition, definition, limitsOf, orderOf } from './flow';

/**
 * The process that the crash test kills: it runs executions on a real database, with tasks that write each call to a file before
 * they answer. It starts its orders by name, so that one that comes after it asks for the same ones again; but what was acknowledged
 * is not touched again: it must go on by itself.
 */
const [, , url = '', folder = '', count = '0', ...flows] = argv;
const { callsFile, tokensFile, answeredFile, startedFile } = filesIn(folder);
const [flowId = '', versionId = '', childFlowId = '', childVersionId = ''] = flows;

const flaky = 12;
const longestCall = 150;

const logs = new LogLines(url);
const runner = openRunner({
  journal: postgresJournal(url),
  versions: { definition: async (id) => (id === childVersionId ? childDefinition : definition) },
  tasks: { find: (resource) => kinds.find((kind) => kind.resource === resource) },
  mapStorage: openMapStorage({ dataFolder: folder, http: new HttpClient() }),
  logs,
  limits: {
    read: async () => ({
      flows: [{ flowId, concurrency: limitsOf(Number(count)).executions }],
      tasks: [{ resources: ['test:call'], concurrency: limitsOf(Number(count)).calls }],
    }),
  },
  onDefect: (executionId, defect) => {
    console.log(JSON.stringify({ defect: `${executionId}: ${defect.stack}` }));
  },
});

const kinds: readonly TaskKind[] = [
  ...['test:call', 'test:free'].map((resource) => ({
    ...{ resource, parse },
    call: (call: TaskCall) => record(call, (value) => succeedOrFail(call, value)),
  })),
  {
    resource: 'test:refuse',
    parse,
    call: (call) => record(call, () => ({ kind: 'failed', error: 'Refused', cause: 'as it must be' })),
  },
  {
    resource: 'test:ask.waitForTaskToken',
    parse,
    call: (call) => record(call, (value) => hand(call, value)),
  },
  { resource: 'test:child', parse, call: startChild },
];

function parse(parameters: unknown): { ok: true; value: unknown } {
  return { ok: true, value: parameters };
}

async function record(call: TaskCall, answer: (value: number) => TaskResult): Promise<TaskResult> {
  note(call);
  call.log('info', `called ${call.state}`);
  await pause(chance(`${call.idempotencyKey} delay`, longestCall));
  // The flow gives each of these tasks a number.
  return answer((call.parameters as { value: number }).value);
}

function note({ idempotencyKey }: TaskCall): void {
  appendFileSync(callsFile, `${Date.now()} ${idempotencyKey}\n`);
}

function succeedOrFail(call: TaskCall, value: number): TaskResult {
  if (chance(call.idempotencyKey, flaky) === 0) return { kind: 'failed', error: 'Flaky', cause: 'by chance' };
  return { kind: 'succeeded', output: value * 10 };
}

/** Hands the token to the outside, which answers by and by, twice, and after a crash again. */
function hand({ token }: TaskCall, value: number): TaskResult {
  if (token === undefined) throw new Error('a step that waits for a callback has no token');
  appendFileSync(tokensFile, `${token} ${value}\n`);
  void answer(token, value);
  return { kind: 'pending' };
}

async function answer(token: string, value: number): Promise<void> {
  await pause(chance(`${token} answer`, longestCall));
  for (let times = 0; times < 2; )
    try {
      const { ok } = await runner.callback(token, { type: 'success', output: value * 10 });
      if (ok && times === 1) console.log(JSON.stringify({ defect: `${token} was taken twice` }));
      appendFileSync(answeredFile, `${token}\n`);
      times += 1;
    } catch (error) {
      if (!(error instanceof EngineUnavailable)) throw error;
      await pause(20);
    }
}

async function startChild(call: TaskCall): Promise<TaskResult> {
  note(call);
  const { executionId, step, attempt, parameters } = call;
  await runner.start({
    flowId: childFlowId,
    versionId: childVersionId,
    flowName: 'crash test child',
    version: 1,
    name: `${executionId}-${step}-${attempt}`,
    // The flow gives this task an object.
    input: parameters as { value: number; even: boolean },
    parent: { executionId, step, attempt },
  });
  return { kind: 'pending' };
}

function chance(of: string, outcomes: number): number {
  return Number.parseInt(hash('sha256', of).slice(0, 8), 16) % outcomes;
}

async function start(number: number): Promise<void> {
  for (;;)
    try {
      await runner.start({
        flowId,
        versionId,
        flowName: 'crash test',
        version: 1,
        name: `order-${number}`,
        input: JSON.parse(JSON.stringify(orderOf(number))),
      });
      appendFileSync(startedFile, `${number}\n`);
      return;
    } catch (error) {
      if (!(error instanceof EngineUnavailable)) throw error;
      await pause(20);
    }
}

/** Looks from outside until all have ended, as asking the engine for one would bring it into memory. */
async function untilAllHaveEnded(): Promise<void> {
  const pool = new Pool({ connectionString: url, max: 1 });
  pool.on('error', () => {});
  const text = `SELECT count(*)::int AS ended FROM execution WHERE flow_id = $1 AND status <> 'running'`;
  for (let ended = 0; ended < Number(count); await pause(100)) {
    // The database is away at times.
    const rows = await pool.query<{ ended: number }>(text, [flowId]).then(
      ({ rows }) => rows,
      () => [],
    );
    ended = rows[0]?.ended ?? ended;
  }
  await pool.end();
}

function linesOf(file: string): string[] {
  return readFileSync(file, 'utf8').split('\n').slice(0, -1);
}

console.log(JSON.stringify({ began: Date.now() }));
const answered = new Set(linesOf(answeredFile));
for (const line of linesOf(tokensFile)) {
  const [token = '', value] = line.split(' ');
  if (!answered.has(token)) void answer(token, Number(value));
}
const started = new Set(linesOf(startedFile));
const numbers = Array.from({ length: Number(count) }, (_, number) => number);
await Promise.all(numbers.filter((number) => !started.has(String(number))).map(start));
await untilAllHaveEnded();
console.log(JSON.stringify({ done: Number(count) }));
await runner.close();
await logs.close();
