/**
 * `npm run booking`: sends many orders through a running Millrace while the services fail by chance, waits until every execution has
 * ended, and checks against the services' tables that each order has all three bookings or none. Millrace may be killed and
 * started again in the middle.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { Booking } from './bookings';
import type { BookingUrls } from './flow';
import { type Ending, judge } from './invariant';
import type { Failures } from './order';
import { PatientClient } from './patient-fetch';

const usage = `npm run booking -- [options]
  --orders 500          how many orders
  --url URL             where Millrace runs (http://127.0.0.1:3000)
  --concurrency 50      how many orders are sent at the same time
  --rate 0.1            share of requests that the services answer 503
  --sold-out 0.03       share of bookings that they refuse for good
  --lost-answer 0.03    share of requests that they carry out without answering
  --patience 600        seconds until the program gives up`;

interface Wanted {
  readonly api: string;
  readonly orders: number;
  readonly concurrency: number;
  readonly failures: Failures;
}

const services = ['train', 'flight', 'hotel'] as const;

async function run({ api, orders, concurrency, failures }: Wanted, client: PatientClient): Promise<boolean> {
  const { flow, urls } = await prepare(api, client);
  console.log(`Flow "${flow.name}"; services at ${services.map((name) => urls[name]).join(', ')}`);
  const before = await setFailures(urls, failures, client);
  const began = Date.now();
  try {
    const names = Array.from({ length: orders }, (_, index) => `${began.toString(36)}-${index + 1}`);
    const started = await inParallel(names, concurrency, (order) => start(api, flow.id, order, client));
    console.log(`${orders} orders are on their way after ${secondsSince(began)} s`);
    await untilEnded(api, flow.id, orders, client);
    const took = secondsSince(began);
    const endings = await inParallel(started, concurrency, (execution) => endingOf(api, execution, client));
    const mine = new Set(names);
    const bookings = await allBookings(urls, (order) => mine.has(order), client);
    const { booked, cancelled, failed, faults } = judge(endings, bookings);
    console.log(
      `${orders} orders in ${took} s: ${booked} booked, ${cancelled} cancelled, ${failed} failed and need a person`,
    );
    for (const service of services) {
      const held = bookings[service].filter(({ status }) => status === 'booked').length;
      console.log(`  ${service}: ${held} booked, ${bookings[service].length - held} cancelled`);
    }
    for (const fault of faults) console.error(`  ${fault}`);
    console.log(
      faults.length === 0 ? 'All three or none: holds for every order.' : `${faults.length} faults.`,
    );
    return faults.length === 0;
  } finally {
    await Promise.all(
      services.map((name, index) => client.ask('PUT', `${urls[name]}/failures`, before[index])),
    );
  }
}

/** A flow of its own, made from the template; the template knows where the services are. */
async function prepare(api: string, client: PatientClient) {
  const { items } = await client.ask<{ items: { id: string; definition: { States: object } }[] }>(
    'GET',
    `${api}/templates`,
  );
  const template = items.find(({ id }) => id === 'booking');
  if (template === undefined)
    throw new Error(
      'This Millrace runs without the booking services. Start it without MILLRACE_EXAMPLES=off.',
    );
  const flow = await client.ask<{ id: string; name: string }>('POST', `${api}/flows`, {
    template: 'booking',
  });
  const [train, flight, hotel] = services.map((name) =>
    originIn(template.definition.States, `Book the ${name}`),
  );
  return { flow, urls: { train, flight, hotel } as BookingUrls };
}

function originIn(states: object, name: string): string {
  // The template is ours (flow.ts): its states that book have an address.
  const state = (states as Record<string, { Arguments: { url: string } }>)[name];
  if (state === undefined) throw new Error(`the template has no state "${name}"`);
  return new URL(state.Arguments.url).origin;
}

/** Returns how often the services failed before. */
async function setFailures(
  urls: BookingUrls,
  failures: Failures,
  client: PatientClient,
): Promise<Failures[]> {
  return Promise.all(
    services.map(async (name) => {
      const before = await client.ask<Failures>('GET', `${urls[name]}/failures`);
      await client.ask('PUT', `${urls[name]}/failures`, failures);
      return before;
    }),
  );
}

/** The order's name is the execution's, so that an order that is sent again is not another one. */
async function start(api: string, flowId: string, order: string, client: PatientClient) {
  const input = {
    order,
    traveller: 'Ada Lovelace',
    train: { from: 'Hamburg', to: 'Berlin' },
    flight: { from: 'BER', to: 'LIS' },
    hotel: { city: 'Lisbon', nights: 3 },
  };
  const path = `${api}/flows/${flowId}/executions`;
  const { id } = await client.ask<{ id: string }>('POST', path, { name: order, input });
  return { order, id };
}

async function untilEnded(api: string, flowId: string, orders: number, client: PatientClient): Promise<void> {
  for (let told = orders; ; ) {
    const path = `${api}/executions?flowId=${flowId}&limit=1`;
    const { counts } = await client.ask<{ counts: { running: number } }>('GET', path);
    if (counts.running === 0) return;
    if (counts.running !== told) console.log(`  ${orders - counts.running} of ${orders} have ended`);
    told = counts.running;
    await pause(1_000);
  }
}

async function endingOf(
  api: string,
  { order, id }: { order: string; id: string },
  client: PatientClient,
): Promise<Ending> {
  const { status, output } = await client.ask<{
    status: Ending['status'];
    output: { status: Ending['outcome'] } | null;
  }>('GET', `${api}/executions/${id}`);
  return { order, status, outcome: output?.status ?? null };
}

async function allBookings(
  urls: BookingUrls,
  isMine: (order: string) => boolean,
  client: PatientClient,
): Promise<Record<keyof BookingUrls, Booking[]>> {
  const found: Record<keyof BookingUrls, Booking[]> = { train: [], flight: [], hotel: [] };
  for (const name of services)
    for (let after: number | null = 0; after !== null; ) {
      const path = `${urls[name]}/bookings?after=${after}&limit=1000`;
      const page: { items: Booking[]; next: number | null } = await client.ask('GET', path);
      found[name].push(...page.items.filter(({ order }) => isMine(order)));
      after = page.next;
    }
  return found;
}

async function inParallel<Item, Result>(
  items: readonly Item[],
  most: number,
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  const left = items.entries();
  const worker = async () => {
    for (const [index, item] of left) results[index] = await work(item);
  };
  await Promise.all(Array.from({ length: most }, worker));
  return results;
}

function secondsSince(began: number): string {
  return ((Date.now() - began) / 1000).toFixed(1);
}

function wantedFrom(words: string[]): { wanted: Wanted; patience: number } {
  const text = (value: string) => ({ type: 'string' as const, default: value });
  const { values } = parseArgs({
    args: words,
    options: {
      orders: text('500'),
      url: text(`http://127.0.0.1:${process.env.PORT || 3000}`),
      concurrency: text('50'),
      rate: text('0.1'),
      'sold-out': text('0.03'),
      'lost-answer': text('0.03'),
      patience: text('600'),
    },
  });
  const number = (name: keyof typeof values, least: number, most: number) => {
    const value = Number(values[name]);
    if (value >= least && value <= most) return value;
    throw new Error(`--${name} is "${values[name]}". Give a number from ${least} to ${most}.`);
  };
  if (!URL.canParse(values.url)) throw new Error(`--url is "${values.url}", which is no address.`);
  const failures = {
    rate: number('rate', 0, 1),
    soldOut: number('sold-out', 0, 1),
    lostAnswer: number('lost-answer', 0, 1),
  };
  const [orders, concurrency] = [number('orders', 1, 100_000), number('concurrency', 1, 1_000)];
  const api = `${new URL(values.url).origin}/api/v1`;
  return { wanted: { api, orders, concurrency, failures }, patience: number('patience', 1, 86_400) };
}

try {
  const { wanted, patience } = wantedFrom(process.argv.slice(2));
  const holds = await run(wanted, new PatientClient(AbortSignal.timeout(patience * 1000)));
  process.exitCode = holds ? 0 : 1;
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  console.error(usage);
  process.exitCode = 2;
}
