import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openCheckedClient } from '@/lib/api/checked-client';
import type { Contract } from '@/lib/api/contract';
import { contracts } from '@/lib/api/contracts';
import { basePath } from '@/lib/api/routes';
import { type Started, startMillrace } from '../start/started';
import { ask, type Question, sendRaw } from './asking';
import { faultOf, faults } from './faults';
import { accepted, bodies, contentTypes, jsonTexts, methods, queryValues, segments } from './nasty';
import { replacements, sampleOf } from './sample';

const patience = 600_000;
const environment = { MILLRACE_EXAMPLES: 'off' };
const json = { 'content-type': 'application/json' };

let folder = '';
let server: Started;
let url = '';
/** Values of path parameters that exist. */
let known: Record<string, string> = {};
/** What clients hear that send too slowly. They begin before the tests, since a minute must pass. */
let tooSlow: Promise<readonly string[]>;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'millrace-fuzz-'));
  chmodSync(folder, 0o755);
  server = startMillrace({ dataFolder: join(folder, 'data'), environment });
  url = await server.url;
  await renew();
  tooSlow = knockSlowly();
  // Looked at in a test of its own.
  tooSlow.catch(() => {});
}, patience);

afterAll(async () => {
  await server.interrupt();
  rmSync(folder, { recursive: true, force: true });
}, patience);

function knockSlowly(): Promise<readonly string[]> {
  const { host } = new URL(url);
  const beginnings = [
    `GET /api/v1/health HTTP/1.1\r\nHost: ${host}\r\nX-Slow: `,
    `POST /api/v1/flows HTTP/1.1\r\nHost: ${host}\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{`,
  ];
  return Promise.all(beginnings.map((bytes) => sendRaw(url, bytes, 120_000)));
}

/** A flow with an execution that waits: deleting and stopping find something to work on. */
async function renew(): Promise<void> {
  const api = openCheckedClient({ origin: url });
  const source = JSON.stringify({
    StartAt: 'Wait',
    States: { Wait: { Type: 'Wait', Seconds: 86_400, End: true } },
  });
  const name = `fuzz ${Math.random()}`;
  const { id: flowId } = await api.createFlow({ body: { name, source } });
  const { id: executionId } = await api.startExecution({ params: { flowId }, body: {} });
  known = { flowId, executionId, step: '2', number: '1', token: 'no-token' };
}

function pathOf(contract: Contract, changed: Readonly<Record<string, string>> = {}): string {
  const filled = contract.path.replace(
    /\{(\w+)\}/g,
    (_, name: string) => changed[name] ?? known[name] ?? 'x',
  );
  return basePath + filled;
}

function bodyOf(contract: Contract): Pick<Question, 'headers' | 'body'> {
  return contract.body === undefined ? {} : { headers: json, body: JSON.stringify(sampleOf(contract.body)) };
}

const all = Object.entries(contracts as Record<string, Contract>);
const withBody = all.filter(([, contract]) => contract.body !== undefined);

describe('nothing that a client sends makes a 500', { timeout: patience }, () => {
  it.for(all)('[A1] %s with another path', async ([, contract]) => {
    const names = Object.keys(contract.params?.shape ?? {});
    const questions = names.flatMap((name) =>
      segments.map((segment) => ({
        method: contract.method,
        path: pathOf(contract, { [name]: segment }),
        ...bodyOf(contract),
      })),
    );
    expect(await faults(url, contract, questions)).toEqual([]);
  });

  it.for(all)('[A1] %s with another query', async ([name, contract]) => {
    if (name === 'deleteFlow') await renew();
    const names = [...Object.keys(contract.query?.shape ?? {}), 'unknown', '__proto__', ''];
    const queries = names.flatMap((key) =>
      queryValues.map((value) => `${encodeURIComponent(key)}=${encodeURIComponent(value)}`),
    );
    const raw = [
      '',
      '&&&',
      '=',
      '%',
      'limit',
      'limit=1&limit=2',
      'cursor=%ff',
      'search=%ED%A0%80',
      'limit[]=1',
      'a'.repeat(8000),
    ];
    const questions = [...queries, ...raw].map((query) => ({
      method: contract.method,
      path: `${pathOf(contract)}?${query}`,
      ...bodyOf(contract),
    }));
    expect(await faults(url, contract, questions)).toEqual([]);
    if (name === 'deleteFlow') await renew();
  });

  it.for(withBody)('[A1] %s with another value in its body', async ([, contract]) => {
    const sample = contract.body === undefined ? {} : sampleOf(contract.body);
    const texts = jsonTexts.flatMap((text) => replacements(sample, text));
    const questions = texts.map((body) => ({
      method: contract.method,
      path: pathOf(contract),
      headers: json,
      body,
    }));
    expect(await faults(url, contract, questions)).toEqual([]);
  });

  it.for(withBody)('[A1] %s with another body', async ([, contract]) => {
    const ask = { method: contract.method, path: pathOf(contract) };
    const { body = '{}' } = bodyOf(contract);
    const questions = [
      ...bodies.map((other) => ({ ...ask, headers: json, body: other })),
      ...contentTypes.map((type) => ({
        ...ask,
        headers: type === undefined ? {} : { 'content-type': type },
        body,
      })),
      { ...ask, headers: { ...json, 'transfer-encoding': 'chunked' }, body },
      { ...ask, headers: { ...json, 'content-encoding': 'gzip' }, body },
      { ...ask, headers: json },
    ];
    expect(await faults(url, contract, questions)).toEqual([]);
  });

  it.for(all)('[A1] %s asked for in another form', async ([, contract]) => {
    const questions = accepted.map((accept) => ({
      method: contract.method,
      path: pathOf(contract),
      headers: { ...bodyOf(contract).headers, accept },
      ...(contract.body === undefined ? {} : { body: bodyOf(contract).body ?? '' }),
    }));
    expect(await faults(url, contract, questions)).toEqual([]);
  });
});

describe('methods and addresses', { timeout: patience }, () => {
  it.for([...new Set(all.map(([, { path }]) => path))])(
    '[A2] %s says which methods it takes',
    async (path) => {
      await renew();
      const mine = all.filter(([, contract]) => contract.path === path).map(([, contract]) => contract);
      const taken = mine.map((contract) => contract.method as string);
      const allowed = [...taken, ...(taken.includes('GET') ? ['HEAD'] : []), 'OPTIONS'].sort();
      const [contract] = mine;
      if (contract === undefined) throw new Error(`no contract has the path ${path}`);
      for (const method of methods.filter((each) => !taken.includes(each) && each !== 'HEAD')) {
        const reply = await ask(url, { method, path: pathOf(contract) });
        expect({ method, status: reply.status }).toEqual({
          method,
          status: method === 'OPTIONS' ? 204 : 405,
        });
        expect(reply.headers.allow?.split(', ').sort()).toEqual(allowed);
        expect(faultOf(undefined, method, reply)).toBeUndefined();
      }
      const head = await ask(url, { method: 'HEAD', path: pathOf(contract) });
      const get = await ask(url, { method: 'GET', path: pathOf(contract) });
      expect(head).toMatchObject({ status: get.status, text: '' });
    },
  );

  it('[A2] an address that is none is a 404, whatever its form', async () => {
    const paths = [
      '/api',
      '/api/v2/flows',
      '/api/v1/nothing',
      '/api/v1/flows/x/y/z',
      '/api/v1/%',
      '/api/%00',
      '/api/v1/flows/%zz',
      '/api/v1/..',
      `/api/v1/${'x'.repeat(6000)}`,
    ];
    const questions = paths.flatMap((path) =>
      ['GET', 'POST', 'DELETE', 'PUT'].map((method) => ({ method, path })),
    );
    expect(await faults(url, undefined, questions)).toEqual([]);
    for (const path of paths.slice(0, 4))
      expect(await ask(url, { method: 'GET', path })).toMatchObject({ status: 404 });
  });

  it('[A2] pages are no place for errors either', async () => {
    for (const path of [
      '/',
      '/%',
      '/%00',
      '/nothing',
      '/flows/x',
      '/executions/%ff',
      '/flows/..%2f',
      `/${'x'.repeat(6000)}`,
      '/_next/x',
      '/_next/image?url=%2F&w=64&q=75',
      '/_next/image',
      '/?_rsc=x',
    ])
      for (const method of ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'PROPFIND']) {
        const { status } = await ask(url, { method, path });
        expect({ path, method, isServerError: status >= 500 }).toEqual({
          path,
          method,
          isServerError: false,
        });
      }
  });

  it('[A2] bytes that are no HTTP are refused in the same form', async () => {
    const long = 'x'.repeat(40_000);
    for (const bytes of [
      'nonsense\r\n\r\n',
      'GET / HTTP/9.9\r\n\r\n',
      'GET /api/v1/flows HTTP/1.1\r\n\r\n',
      `GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX: ${long}\r\n\r\n`,
      'POST /api/v1/flows HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n',
      'POST /api/v1/flows HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello',
    ]) {
      const said = await sendRaw(url, bytes);
      expect(said).toMatch(/^HTTP\/1\.1 4\d\d /);
      expect(said).toContain('application/problem+json');
    }
    expect(await ask(url, { method: 'GET', path: `${basePath}/health` })).toMatchObject({ status: 200 });
  });

  it('[A7] a client that sends its headers, or its body, too slowly is told so and left', async () => {
    for (const text of await tooSlow)
      expect(text).toMatch(/^HTTP\/1\.1 408 [\s\S]*urn:millrace:problem:too-slow/);
  });
});
