import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type BookingUrls, bookingTemplate } from '@/examples/booking/flow';
import type { Definition } from '@/lib/flow/model';
import { openTestDatabase, saveTestFlow, type TestDatabase } from '@/lib/store/test-database';
import { type Examples, openExamples } from '../start/examples';

const projectFolder = join(fileURLToPath(import.meta.url), '..', '..', '..');
const engineProgram = fileURLToPath(new URL('engine.ts', import.meta.url));
const services = ['train', 'flight', 'hotel'] as const;
let database: TestDatabase;
let examples: Examples;
let urls: BookingUrls;

beforeAll(async () => {
  database = await openTestDatabase();
  examples = openExamples({ projectFolder, databaseUrl: database.url, progress: console.log });
  await examples.settled;
  urls = JSON.parse(process.env.MILLRACE_BOOKING ?? '{}');
});
afterAll(async () => {
  await examples?.stop();
  await database?.close();
});

/** Sixty orders: most can be booked, some fail for good at each of the three, some need several tries on the way back. */
function ordersOf(count: number) {
  const fails = [
    {},
    { hotel: 'always' },
    { train: 1, flight: 'lost-answer' },
    {},
    { flight: 'always', train: { cancel: 1 } },
    { hotel: { book: 'lost-answer' } },
    { train: 'always' },
    { hotel: 'unavailable' },
    {},
    { hotel: 'always', flight: { cancel: 1 }, train: { book: 'lost-answer' } },
  ];
  return Array.from({ length: count }, (_, number) => {
    const fail = fails[number % fails.length] ?? {};
    const fatal = Object.values(fail).some((how) => how === 'always' || how === 'unavailable');
    return { order: `order-${number}`, traveller: 'Ada Lovelace', fail, fatal };
  });
}

function startEngine(args: readonly string[]): ChildProcess {
  const stdio = ['ignore', 'inherit', 'inherit'] as const;
  return spawn(process.execPath, ['--import', 'tsx', engineProgram, ...args], { stdio: [...stdio] });
}

/** Resolves once the trains hold that many bookings: the executions are in the middle. */
async function booked(count: number): Promise<void> {
  for (;;) {
    const [row] = await database.sql<{ count: number }>(
      'SELECT count(*)::int AS count FROM example_train.booking',
    );
    if ((row?.count ?? 0) >= count) return;
    await pause(10);
  }
}

it('every order has all three bookings or none, by chance and by order, and over a kill of the engine', async () => {
  const definition = bookingTemplate(urls).definition as unknown as Definition;
  const { flowId, versionId } = await saveTestFlow(database, 'booking', definition);
  const orders = ordersOf(60);
  for (const service of services)
    await fetch(`${urls[service]}/failures`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ rate: 0.1, lostAnswer: 0.05 }),
    });
  const args = [database.url, flowId, versionId, JSON.stringify(orders)];

  const doomed = startEngine(args);
  await booked(30);
  doomed.kill('SIGKILL');
  await once(doomed, 'exit');
  const [code] = await once(startEngine(args), 'exit');

  expect(code).toBe(0);
  const ended = await database.sql<{ status: string; count: number }>(
    'SELECT status, count(*)::int AS count FROM execution GROUP BY status',
  );
  expect(ended).toEqual([{ status: 'succeeded', count: 60 }]);
  const held = await database.sql<{ order_name: string; services: string[] }>(`
    SELECT order_name, array_agg(service ORDER BY service) AS services FROM (
      SELECT order_name, 'train' AS service FROM example_train.booking WHERE status = 'booked' UNION ALL
      SELECT order_name, 'flight' FROM example_flight.booking WHERE status = 'booked' UNION ALL
      SELECT order_name, 'hotel' FROM example_hotel.booking WHERE status = 'booked'
    ) AS held GROUP BY order_name ORDER BY order_name`);
  expect(held.filter((row) => row.services.join() !== 'flight,hotel,train')).toEqual([]);
  const names = new Set(held.map((row) => row.order_name));
  expect(orders.filter(({ order, fatal }) => fatal && names.has(order))).toEqual([]);
  // Given up by chance are at most a few: four attempts in a row must have failed.
  expect(names.size).toBeGreaterThan(25);
}, 120_000);

it('what was booked is cancelled in reverse order', async () => {
  const [{ wrong } = { wrong: -1 }] = await database.sql<{ wrong: number }>(`
    SELECT count(*)::int AS wrong FROM example_train.booking AS train JOIN example_flight.booking AS flight USING (key)
    WHERE train.status = 'cancelled' AND flight.status = 'cancelled' AND train.cancelled_at < flight.cancelled_at`);
  const [{ both } = { both: 0 }] = await database.sql<{ both: number }>(`
    SELECT count(*)::int AS both FROM example_train.booking AS train JOIN example_flight.booking AS flight USING (key)
    WHERE train.status = 'cancelled' AND flight.status = 'cancelled'`);

  expect(wrong).toBe(0);
  // Twenty hotels refuse for good; by chance a few of these orders were given up at their train or flight already.
  expect(both).toBeGreaterThanOrEqual(10);
});
