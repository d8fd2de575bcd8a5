import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Started, startMillrace } from '../start/started';
import { ask, type Reply } from './asking';

const patience = 600_000;
const environment = { MILLRACE_EXAMPLES: 'off' };

let folder = '';
let server: Started;
let url = '';
/** What was answered before the server was ready. */
const early: Reply[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'millrace-doors-'));
  chmodSync(folder, 0o755);
  const port = await freePort();
  server = startMillrace({ dataFolder: folder, environment: { ...environment, PORT: String(port) } });
  let isReady = false;
  void server.url.then(() => {
    isReady = true;
  });
  while (!isReady) {
    const reply = await ask(`http://127.0.0.1:${port}`, { method: 'GET', path: '/api/v1/health' }).catch(
      () => undefined,
    );
    if (reply !== undefined && !isReady) early.push(reply);
    await pause(20);
  }
  url = await server.url;
}, patience);

afterAll(async () => {
  await server.interrupt();
  rmSync(folder, { recursive: true, force: true });
}, patience);

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('the system gave no port');
  return address.port;
}

function create(headers: Record<string, string>): Promise<Reply> {
  const body = JSON.stringify({ name: `door ${Math.random()}` });
  return ask(url, {
    method: 'POST',
    path: '/api/v1/flows',
    headers: { 'content-type': 'application/json', ...headers },
    body,
  });
}

describe('doors', { timeout: patience }, () => {
  it('[A4] health is a 503 with a problem until executions can be started, and a 200 from then on', async () => {
    const refused = early.filter(({ status }) => status !== 200);
    expect(refused.length).toBeGreaterThan(0);
    for (const { status, headers, text } of refused) {
      expect(status).toBe(503);
      expect(headers['content-type']).toBe('application/problem+json');
      expect(JSON.parse(text)).toMatchObject({ type: 'urn:millrace:problem:unavailable', status: 503 });
    }
    expect((await ask(url, { method: 'GET', path: '/api/v1/health' })).status).toBe(200);
  });

  it('[A9] starts and callbacks are answered without going through Next, which marks its answers', async () => {
    const throughNext = (reply: Reply) => /rsc/i.test(String(reply.headers.vary));
    const post = (path: string, headers: Record<string, string> = {}) =>
      ask(url, {
        method: 'POST',
        path: `/api/v1${path}`,
        headers: { 'content-type': 'application/json', ...headers },
        body: '{}',
      });
    expect(throughNext(await ask(url, { method: 'GET', path: '/api/v1/flows' }))).toBe(true);
    const nobody = '01900000-0000-7000-8000-000000000000';
    const busy = ['success', 'failure', 'heartbeat'].map((outcome) => `/callbacks/no-such/${outcome}`);
    for (const path of [`/flows/${nobody}/executions`, ...busy]) {
      const reply = await post(path);
      expect([path, throughNext(reply)]).toEqual([path, false]);
      expect(JSON.parse(reply.text)).toMatchObject({
        type: expect.stringContaining('urn:millrace:problem:'),
      });
      expect((await post(path, { origin: 'https://evil.example' })).status).toBe(403);
    }
  });

  it('[A5] a page of another site may not change anything', async () => {
    const { host, port } = new URL(url);
    for (const origin of [
      'https://evil.example',
      'null',
      `http://127.0.0.1:${Number(port) + 1}`,
      `http://localhost:${port}`,
    ])
      expect(await create({ origin })).toMatchObject({ status: 403 });
    expect(await create({ 'sec-fetch-site': 'cross-site' })).toMatchObject({ status: 403 });
    expect(await create({ origin: `http://${host}`, 'sec-fetch-site': 'same-origin' })).toMatchObject({
      status: 201,
    });
    expect(await create({})).toMatchObject({ status: 201 });
  });

  it('[A5] under another name nothing is answered: neither the API nor streams nor pages', async () => {
    const { port } = new URL(url);
    const paths = [
      '/api/v1/flows',
      '/api/v1/executions/00000000-0000-7000-8000-000000000000/stream',
      '/',
      '/nothing',
    ];
    for (const host of [
      'evil.example',
      `evil.example:${port}`,
      '127.0.0.1.evil.example',
      'localhost.evil.example',
      '127.0.0.1@evil.example',
    ])
      for (const path of paths) {
        const reply = await ask(url, { method: 'GET', path, headers: { host } });
        expect({ host, path, status: reply.status }).toEqual({ host, path, status: 403 });
        expect(reply.headers['content-type']).toBe('application/problem+json');
      }
    for (const host of [`localhost:${port}`, `127.0.0.1:${port}`, `[::1]:${port}`])
      expect(await ask(url, { method: 'GET', path: '/api/v1/flows', headers: { host } })).toMatchObject({
        status: 200,
      });
  });

  it('[A6] pages run no script but ours: each inline one carries a nonce that changes', async () => {
    const nonces = new Set<string>();
    for (const path of ['/', '/executions', '/templates', '/flows/x', '/executions/x', '/nothing', '/']) {
      const { headers, text } = await ask(url, { method: 'GET', path });
      const policy = String(headers['content-security-policy']);
      const nonce = /script-src 'self' 'nonce-([^']+)';/.exec(policy)?.[1] ?? '';
      expect(policy).toContain("frame-ancestors 'none'");
      expect(headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
        'referrer-policy': 'same-origin',
      });
      const inline = [...text.matchAll(/<script(?![^>]*\ssrc=)([^>]*)>/g)].map(
        ([, attributes = '']) => attributes,
      );
      expect(inline.length).toBeGreaterThan(0);
      for (const attributes of inline) expect(attributes).toContain(`nonce="${nonce}"`);
      nonces.add(nonce);
    }
    expect(nonces.size).toBe(7);
  });

  it('[A6] a client cannot choose the nonce', async () => {
    const policy = "script-src 'nonce-mine'";
    const { headers, text } = await ask(url, {
      method: 'GET',
      path: '/',
      headers: {
        'content-security-policy': policy,
        'content-security-policy-report-only': policy,
        'x-millrace-nonce': 'mine',
      },
    });
    expect(text).not.toContain('nonce="mine"');
    expect(headers['content-security-policy']).not.toContain('mine');
  });
});
