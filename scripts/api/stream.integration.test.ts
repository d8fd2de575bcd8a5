import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { get, type IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Client, openClient } from '@/lib/api/client';
import { processesOf, type Started, startMillrace } from '../start/started';

const patience = 600_000;
const environment = { MILLRACE_EXAMPLES: 'off' };

let folder = '';
let server: Started;
let url = '';
let api: Client;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'millrace-stream-'));
  chmodSync(folder, 0o755);
  server = startMillrace({ dataFolder: folder, environment });
  url = await server.url;
  api = openClient({ origin: url });
}, patience);

afterAll(async () => {
  await server.interrupt();
  rmSync(folder, { recursive: true, force: true });
}, patience);

async function started(states: Record<string, object>, input: object = {}): Promise<string> {
  const source = JSON.stringify({ StartAt: Object.keys(states)[0], States: states });
  const { id: flowId } = await api.createFlow({ body: { name: `stream ${Math.random()}`, source } });
  // What a test sends is JSON.
  return (await api.startExecution({ params: { flowId }, body: { input: input as never } })).id;
}

async function ended(executionId: string): Promise<number> {
  for (;;) {
    const { status, lastEvent } = await api.getExecution({ params: { executionId } });
    if (status !== 'running') return lastEvent;
    await pause(20);
  }
}

function open(
  executionId: string,
  headers: Record<string, string> = {},
  query = '',
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    get(`${url}/api/v1/executions/${executionId}/stream${query}`, { headers, agent: false }, resolve).on(
      'error',
      reject,
    );
  });
}

/** Ids of the events of a stream, read to its end. */
async function idsIn(stream: IncomingMessage): Promise<number[]> {
  let text = '';
  for await (const chunk of stream) text += chunk;
  return text
    .split('\n\n')
    .filter((message) => message.includes('event: history'))
    .flatMap((message) => JSON.parse(/^data: (.*)$/m.exec(message)?.[1] ?? '[]') as { id: number }[])
    .map(({ id }) => id);
}

function upTo(first: number, last: number): number[] {
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index);
}

describe('the event stream', { timeout: patience }, () => {
  it('[A3] goes on after the event that the viewer has, and begins anew where that is no event', async () => {
    const executionId = await started({ A: { Type: 'Pass', Next: 'B' }, B: { Type: 'Pass', End: true } });
    const last = await ended(executionId);
    expect(await idsIn(await open(executionId))).toEqual(upTo(1, last));
    expect(await idsIn(await open(executionId, { 'last-event-id': '3' }))).toEqual(upTo(4, last));
    expect(await idsIn(await open(executionId, {}, '?after=3'))).toEqual(upTo(4, last));
    expect(await idsIn(await open(executionId, { 'last-event-id': String(last) }))).toEqual([]);
    expect(await idsIn(await open(executionId, { 'last-event-id': '999999' }))).toEqual([]);
    for (const id of ['', 'x', '-1', '1.5', '1e99', '%00', '3; DROP TABLE', '9'.repeat(500)])
      expect(await idsIn(await open(executionId, { 'last-event-id': id }))).toEqual(upTo(1, last));
    for (const after of ['x', '-1', 'NaN', '%00', '%'])
      expect(await idsIn(await open(executionId, {}, `?after=${after}`))).toEqual(upTo(1, last));
  });

  it('[A3] is refused as a problem where there is no such execution', async () => {
    for (const id of ['00000000-0000-7000-8000-000000000000', 'x', '%zz']) {
      const answer = await open(id);
      answer.resume();
      expect(answer.statusCode).toBeGreaterThanOrEqual(400);
      expect(answer.statusCode).toBeLessThan(500);
      expect(answer.headers['content-type']).toBe('application/problem+json');
    }
  });

  it('[A3] a viewer that reads nothing costs a few megabytes, however long the history', async () => {
    const text = 'x'.repeat(100_000);
    const states = Object.fromEntries(
      upTo(1, 60).map((n) => [
        `S${n}`,
        { Type: 'Pass', ...(n === 60 ? { End: true } : { Next: `S${n + 1}` }) },
      ]),
    );
    const executionId = await started(states, { text });
    const last = await ended(executionId);
    await idsIn(await open(executionId));
    const before = serverMemory();
    const viewers = await Promise.all(upTo(1, 60).map(() => open(executionId)));
    await pause(3_000);
    // Each would have 12 MB waiting if what was read were all kept for it.
    expect(serverMemory() - before).toBeLessThan(400 * 1024 * 1024);
    const [patient, ...others] = viewers;
    for (const viewer of others) viewer.destroy();
    if (patient !== undefined) expect(await idsIn(patient)).toEqual(upTo(1, last));
  });

  it('[A3] a thousand viewers of one execution all see its end', async () => {
    const executionId = await started({ Wait: { Type: 'Wait', Seconds: 3600, End: true } });
    const viewers = await Promise.all(upTo(1, 1000).map(() => open(executionId)));
    const seen = Promise.all(viewers.map(idsIn));
    await pause(500);
    await api.stopExecution({ params: { executionId }, body: {} });
    const last = await ended(executionId);
    for (const ids of await seen) expect(ids).toEqual(upTo(1, last));
  });
});

/** Bytes of memory that the server's process holds. */
function serverMemory(): number {
  const line = processesOf(folder).find((each) => /^\d+ \S*node .*scripts\/start\.ts/.test(each));
  const status = readFileSync(`/proc/${line?.split(' ')[0]}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) * 1024;
}
