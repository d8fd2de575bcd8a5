import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { BookingUrls } from '@/examples/booking/flow';
import { openTestDatabase, type TestDatabase } from '@/lib/store/test-database';
import { type Examples, openExamples } from '../start/examples';

const projectFolder = join(fileURLToPath(import.meta.url), '..', '..', '..');
const hostProgram = fileURLToPath(new URL('host.ts', import.meta.url));
let database: TestDatabase;
let examples: Examples;
let urls: BookingUrls;

beforeAll(async () => {
  database = await openTestDatabase();
  await open();
});
afterAll(async () => {
  await examples?.stop();
  await database?.close();
});
beforeEach(async () => {
  await put('/health', { status: 'healthy' });
  await put('/failures', { rate: 0, soldOut: 0, lostAnswer: 0 });
});

async function open(): Promise<void> {
  const said: string[] = [];
  examples = openExamples({ projectFolder, databaseUrl: database.url, progress: (text) => said.push(text) });
  await examples.settled;
  expect(said).toEqual([]);
  urls = JSON.parse(process.env.MILLRACE_BOOKING ?? '{}');
}

const order = { order: 'A-1', traveller: 'Ada Lovelace', details: { city: 'Lisbon', nights: 3 } };

async function ask(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
  const response = await fetch(urls.hotel + path, {
    method,
    headers: body === undefined ? headers : { 'content-type': 'application/json', ...headers },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  return {
    status: response.status,
    body: await response.json(),
    replayed: response.headers.get('idempotent-replayed'),
  };
}

const book = (key: string, body: unknown = order) =>
  ask('POST', '/bookings', body, { 'idempotency-key': key });
const cancel = (key: string) => ask('DELETE', `/bookings/${key}`);
const put = (path: string, body: unknown) => ask('PUT', path, body);
const rows = (key: string) =>
  database.sql('SELECT order_name, status FROM example_hotel.booking WHERE key = $1', [key]);

it('one key is one booking, also for requests at the same moment, and all hear the same', async () => {
  const key = randomUUID();

  const answers = await Promise.all(Array.from({ length: 12 }, () => book(key)));
  const later = await book(key);

  expect(new Set([...answers, later].map(({ status, body }) => JSON.stringify([status, body]))).size).toBe(1);
  expect(answers.filter(({ replayed }) => replayed === null)).toHaveLength(1);
  expect(later).toMatchObject({ status: 201, replayed: 'true' });
  expect(later.body).toMatchObject({ key, order: 'A-1', status: 'booked', details: order.details });
  expect(await rows(key)).toEqual([{ order_name: 'A-1', status: 'booked' }]);
});

it('a key that comes back with another content is refused', async () => {
  const key = randomUUID();
  await book(key);

  const other = await book(key, { ...order, traveller: 'Grace Hopper' });

  expect(other.status).toBe(422);
  expect(await rows(key)).toHaveLength(1);
});

it('cancelling any number of times comes to the same, and the key books no more', async () => {
  const key = randomUUID();
  await book(key);

  const answers = await Promise.all(Array.from({ length: 6 }, () => cancel(key)));

  expect(new Set(answers.map(({ body }) => JSON.stringify(body))).size).toBe(1);
  expect(answers[0]?.body).toMatchObject({ key, status: 'cancelled', order: 'A-1' });
  expect((await book(key)).status).toBe(409);
  expect(await rows(key)).toEqual([{ order_name: 'A-1', status: 'cancelled' }]);
});

it('a booking that arrives after its cancellation is not made', async () => {
  const key = randomUUID();

  expect(await cancel(key)).toMatchObject({ status: 200, body: { key, status: 'cancelled' } });
  expect((await book(key)).status).toBe(409);

  expect((await ask('GET', `/bookings/${key}`)).status).toBe(404);
});

it('fails as the order says: for good, so many times, or without a word although it was done', async () => {
  const [refused, twice, lost] = [randomUUID(), randomUUID(), randomUUID()];

  expect((await book(refused, { ...order, fail: 'always' })).status).toBe(409);
  const tries = [];
  for (let number = 0; number < 3; number += 1) tries.push((await book(twice, { ...order, fail: 2 })).status);
  await expect(book(lost, { ...order, fail: 'lost-answer' })).rejects.toThrow();

  expect(tries).toEqual([503, 503, 201]);
  expect(await book(lost, { ...order, fail: 'lost-answer' })).toMatchObject({
    status: 201,
    replayed: 'true',
  });
  expect(await rows(refused)).toEqual([]);
  expect(await rows(lost)).toHaveLength(1);
});

it('cancelling fails so many times as the order says', async () => {
  const key = randomUUID();
  await book(key, { ...order, fail: { cancel: 1 } });

  expect([(await cancel(key)).status, (await cancel(key)).status]).toEqual([503, 200]);
});

it('an unhealthy service answers 503 and does nothing until it is told to be healthy', async () => {
  const key = randomUUID();

  await put('/health', { status: 'unhealthy' });

  expect((await ask('GET', '/health')).status).toBe(503);
  expect(await book(key)).toMatchObject({
    status: 503,
    body: { detail: expect.stringContaining('healthy') },
  });
  expect(await rows(key)).toEqual([]);
  await put('/health', { status: 'healthy' });
  expect((await book(key)).status).toBe(201);
});

it('fails by chance at the rates that it is told at run time', async () => {
  await put('/failures', { rate: 1 });
  expect((await book(randomUUID())).status).toBe(503);
  await put('/failures', { rate: 0, soldOut: 1 });
  expect((await book(randomUUID())).status).toBe(409);
  const key = randomUUID();
  await put('/failures', { soldOut: 0, lostAnswer: 1 });
  await expect(book(key)).rejects.toThrow();

  expect(await rows(key)).toHaveLength(1);
  expect((await ask('GET', '/failures')).body).toEqual({ rate: 0, soldOut: 0, lostAnswer: 1 });
});

it('lists bookings by order and status, page by page', async () => {
  const name = randomUUID();
  const keys = Array.from({ length: 5 }, () => randomUUID());
  for (const key of keys) await book(key, { ...order, order: name });
  await cancel(keys[1] ?? '');

  const first = await ask('GET', `/bookings?order=${name}&limit=3`);
  const rest = await ask('GET', `/bookings?order=${name}&limit=3&after=${first.body.next}`);
  const cancelled = await ask('GET', `/bookings?order=${name}&status=cancelled`);

  const keysOf = ({ body }: typeof first) => body.items.map((item: { key: string }) => item.key);
  expect([...keysOf(first), ...keysOf(rest)]).toEqual(keys);
  expect(rest.body.next).toBeNull();
  expect(keysOf(cancelled)).toEqual([keys[1]]);
});

it.each([
  ['POST', '/bookings', order, {}, 400],
  ['POST', '/bookings', '{', { 'idempotency-key': 'k' }, 400],
  ['POST', '/bookings', { ...order, surprise: 1 }, { 'idempotency-key': 'k' }, 400],
  ['POST', '/bookings', { ...order, traveller: 'a\u0000b' }, { 'idempotency-key': 'k' }, 400],
  ['POST', '/bookings', { ...order, traveller: '\ud800' }, { 'idempotency-key': 'k' }, 400],
  ['POST', '/bookings', '['.repeat(15_000), { 'idempotency-key': 'k' }, 400],
  ['POST', '/bookings', `"${'x'.repeat(20_000)}"`, { 'idempotency-key': 'k' }, 413],
  ['POST', '/bookings', 'x', { 'idempotency-key': 'k', 'content-type': 'text/plain' }, 415],
  ['GET', '/bookings?status=lost', undefined, {}, 400],
  ['GET', '/bookings?after=99999999999999999999', undefined, {}, 400],
  ['GET', '/bookings?limit=0', undefined, {}, 400],
  ['GET', '/bookings/%00', undefined, {}, 400],
  ['DELETE', '/bookings/%E0%A4%A', undefined, {}, 400],
  ['PUT', '/failures', { rate: 2 }, {}, 400],
  ['PUT', '/health', { status: 'so so' }, {}, 400],
  ['PATCH', '/bookings', {}, {}, 405],
  ['GET', '/trains', undefined, {}, 404],
])('%s %s with a bad request is answered in words (%#)', async (method, path, body, headers, status) => {
  const answer = await ask(method, path, body, headers);

  expect(answer).toMatchObject({ status, body: { status, detail: expect.stringMatching(/.{20}/) } });
});

it('a start after the other listens on the same ports and knows what was booked', async () => {
  const key = randomUUID();
  await book(key);
  const before = urls;

  await examples.stop();
  await expect(book(key)).rejects.toThrow();
  await open();

  expect(urls).toEqual(before);
  expect(await book(key)).toMatchObject({ status: 201, replayed: 'true' });
});

it('a port that another program took is said in a sentence, and what to do', async () => {
  await examples.stop();
  const other = createServer().listen(Number(new URL(urls.flight).port), '127.0.0.1');
  await once(other, 'listening');
  const said: string[] = [];

  const refused = openExamples({
    projectFolder,
    databaseUrl: database.url,
    progress: (text) => said.push(text),
  });
  await refused.settled;
  await refused.stop();
  await new Promise((resolve) => other.close(resolve));
  await open();

  expect(said).toEqual([
    expect.stringMatching(
      `^Port ${new URL(urls.flight).port} on 127.0.0.1 is in use.*MILLRACE_EXAMPLES_PORT`,
    ),
  ]);
});

it('ends when the process that started it is killed', async () => {
  await examples.stop();
  const host = spawn(process.execPath, ['--import', 'tsx', hostProgram, database.url], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = await once(createInterface({ input: host.stdout }), 'line');
  const { train } = JSON.parse(line);
  expect((await fetch(`${train}/health`)).status).toBe(200);

  host.kill('SIGKILL');

  // Refused by the system, not answered: nobody listens any more.
  await expect
    .poll(() => fetch(`${train}/health`).catch(({ cause }) => cause.code), { timeout: 10_000 })
    .toBe('ECONNREFUSED');
  await open();
});
