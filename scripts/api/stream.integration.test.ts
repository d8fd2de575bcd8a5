import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { get, type IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openCheckedClient } from '@/lib/api/checked-client';
import type { Client } from '@/lib/api/client';
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
  api = openCheckedClient({ origin: url });
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

describe('a long history', { timeout: patience }, () => {
  it('[A3] comes as its view to who asks for that, and as it is to everybody else', async () => {
    const items = 13_000;
    const executionId = await started({
      Each: {
        Type: 'Map',
        QueryLanguage: 'JSONata',
        Items: `{% [1..${items}] %}`,
        Output: '{% $count($states.result) %}',
        ItemProcessor: { StartAt: 'Keep', States: { Keep: { Type: 'Pass', End: true } } },
        Next: 'Wait',
      },
      Wait: { Type: 'Wait', Seconds: 3600, End: true },
    });
    for (let status: unknown; status !== 'waits'; await pause(50)) {
      const { lastEvent } = await api.getExecution({ params: { executionId } });
      status = lastEvent > 4 * items ? 'waits' : status;
    }
    const stream = await open(executionId, {}, '?outline=true');
    const messages = messagesIn(stream);
    const view = JSON.parse(await messages.next('outline'));
    await api.stopExecution({ params: { executionId }, body: {} });
    const last = await ended(executionId);
    const rest: { id: number }[] = JSON.parse(await messages.next('history'));
    stream.destroy();

    expect(view.summary.lastEvent).toBeGreaterThan(4 * items);
    expect(view.steps.length).toBeLessThan(2_500);
    expect(view.containers[0][1].counts).toEqual({ succeeded: items });
    expect(rest.map(({ id }) => id)).toEqual(upTo(view.summary.lastEvent + 1, last));
    expect(await idsIn(await open(executionId))).toEqual(upTo(1, last));
  });
});

/** The data of the messages of a stream, each kind asked for in the order in which it comes. */
function messagesIn(stream: IncomingMessage) {
  const chunks = stream[Symbol.asyncIterator]();
  let text = '';
  return {
    next: async (kind: string): Promise<string> => {
      for (;;) {
        const parts = text.split('\n\n');
        const place = parts.slice(0, -1).findIndex((part) => part.includes(`event: ${kind}\n`));
        if (place >= 0) {
          text = parts.slice(place + 1).join('\n\n');
          return /^data: (.*)$/m.exec(parts[place] ?? '')?.[1] ?? '';
        }
        const { value, done } = await chunks.next();
        if (done) throw new Error(`the stream ended without "${kind}"`);
        text += value;
      }
    },
  };
}

/** Bytes of memory that the server's process holds. */
function serverMemory(): number {
  const line = processesOf(folder).find((each) => /^\d+ \S*node .*scripts\/start\.ts/.test(each));
  const status = readFileSync(`/proc/${line?.split(' ')[0]}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) * 1024;
}
