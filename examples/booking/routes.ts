import type { IncomingMessage } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { type Answer, bodyOf, Refused } from './answer';
import type { Booking, Bookings, Settings } from './bookings';
import { Failures, Health, Order } from './order';
import { pageOf } from './page';

/** One of the three services. */
export interface Service {
  readonly name: 'train' | 'flight' | 'hotel';
  readonly bookings: Bookings;
  /** Draws lots: true in so many cases out of one. */
  readonly chance: (share: number) => boolean;
}

type Route = (service: Service, request: IncomingMessage, url: URL, key: string) => Promise<Answer>;

const routes: readonly { path: RegExp; methods: Readonly<Record<string, Route>> }[] = [
  { path: /^\/$/, methods: { GET: showPage } },
  { path: /^\/bookings$/, methods: { GET: listBookings, POST: book } },
  { path: /^\/bookings\/([^/]+)$/, methods: { GET: getBooking, DELETE: cancel } },
  { path: /^\/bookings\/([^/]+)\/cancel$/, methods: { POST: cancel } },
  { path: /^\/health$/, methods: { GET: getHealth, PUT: putHealth } },
  { path: /^\/failures$/, methods: { GET: getFailures, PUT: putFailures } },
];

/** Finds the route of a request and lets it answer. Throws Refused. */
export async function answerTo(service: Service, request: IncomingMessage): Promise<Answer> {
  const url = new URL(request.url ?? '/', 'http://service');
  for (const { path, methods } of routes) {
    const match = path.exec(url.pathname);
    if (match === null) continue;
    const route = methods[request.method ?? ''];
    if (route !== undefined) return route(service, request, url, decoded(match[1] ?? ''));
    const allow = Object.keys(methods).join(', ');
    throw new Refused(405, 'Method not allowed', `${url.pathname} takes ${allow}.`, { allow });
  }
  throw new Refused(
    404,
    'Not found',
    `The ${service.name} service has no ${url.pathname}; its page is at /.`,
  );
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw new Refused(400, 'Bad request', 'The key in the address is not escaped as it must be.');
  }
}

async function showPage(service: Service): Promise<Answer> {
  return { status: 200, body: pageOf(service.name) };
}

async function book(service: Service, request: IncomingMessage): Promise<Answer> {
  const key = request.headers['idempotency-key'];
  if (typeof key !== 'string' || key === '' || key.length > 200)
    throw new Refused(
      400,
      'No key',
      'Send the header Idempotency-Key with 1 to 200 characters: a repeated request with the same key books once.',
    );
  const order = await bodyOf(request, Order);
  const settings = await available(service);
  if (order.delayMs !== undefined) await pause(order.delayMs);
  const booked = await service.bookings.book(key, order, { soldOut: service.chance(settings.soldOut) });
  switch (booked.kind) {
    case 'booked':
      return {
        status: 201,
        body: booked.booking,
        headers: booked.isReplay ? { 'idempotent-replayed': 'true' } : {},
        isLost: booked.isLost || service.chance(settings.lostAnswer),
      };
    case 'sold-out':
      throw new Refused(409, 'Sold out', `${soldOut[service.name]} Asking again does not help.`);
    case 'unavailable':
      throw unavailable(`The ${service.name} service is not there for this order now. Try again.`);
    case 'cancelled':
      throw new Refused(409, 'Cancelled', `The booking ${key} was cancelled. Book again with another key.`);
    case 'key-reused':
      throw new Refused(422, 'Key used twice', `The key ${key} belongs to a booking with another content.`);
  }
}

const soldOut = {
  train: 'There is no seat left on this train.',
  flight: 'There is no seat left on this flight.',
  hotel: 'There is no room left in this hotel.',
} as const;

async function cancel(service: Service, _request: IncomingMessage, _url: URL, key: string): Promise<Answer> {
  const settings = await available(service);
  const cancelled = await service.bookings.cancel(key);
  if (cancelled.kind === 'unavailable')
    throw unavailable(`The ${service.name} service cannot cancel now. Try again.`);
  const body: Partial<Booking> = cancelled.booking ?? { key, status: 'cancelled' };
  return { status: 200, body, isLost: service.chance(settings.lostAnswer) };
}

/** The settings of a service that works. Throws Refused where it is unhealthy, or by chance. */
async function available(service: Service): Promise<Settings> {
  const settings = await service.bookings.settings();
  if (!settings.healthy)
    throw unavailable(
      `The ${service.name} service is unhealthy, as it was told to be: PUT /health {"status": "healthy"} mends it, or the button on its page.`,
    );
  if (service.chance(settings.rate))
    throw unavailable(`The ${service.name} service failed by chance. Try again.`);
  return settings;
}

function unavailable(detail: string): Refused {
  return new Refused(503, 'Unavailable', detail, { 'retry-after': '1' });
}

async function getBooking(
  service: Service,
  _request: IncomingMessage,
  _url: URL,
  key: string,
): Promise<Answer> {
  const booking = await service.bookings.find(key);
  if (booking === undefined) throw new Refused(404, 'Not found', `Nothing was booked under the key ${key}.`);
  return { status: 200, body: booking };
}

async function listBookings(service: Service, _request: IncomingMessage, url: URL): Promise<Answer> {
  const status = url.searchParams.get('status');
  if (status !== null && status !== 'booked' && status !== 'cancelled')
    throw new Refused(400, 'Bad request', 'status is "booked" or "cancelled".');
  if (url.searchParams.has('newest')) {
    const newest = wholeOf(url, 'newest', { least: 1, most: 1000, usual: 20 });
    return { status: 200, body: { items: await service.bookings.newest(newest), next: null } };
  }
  const after = wholeOf(url, 'after', { least: 0, most: Number.MAX_SAFE_INTEGER, usual: 0 });
  const limit = wholeOf(url, 'limit', { least: 1, most: 1000, usual: 100 });
  const order = url.searchParams.get('order');
  const items = await service.bookings.list({ order, status, after, limit });
  const last = items.at(-1);
  // Numbers are written TR-1001: the digits are what the list goes on from.
  const next = items.length < limit || last === undefined ? null : Number(last.number.replace(/\D/g, ''));
  return { status: 200, body: { items, next } };
}

function wholeOf(url: URL, name: string, range: { least: number; most: number; usual: number }): number {
  const text = url.searchParams.get(name);
  if (text === null) return range.usual;
  const number = Number(text);
  if (/^\d+$/.test(text) && number >= range.least && number <= range.most) return number;
  throw new Refused(400, 'Bad request', `${name} is a whole number from ${range.least} to ${range.most}.`);
}

async function getHealth(service: Service): Promise<Answer> {
  const { healthy } = await service.bookings.settings();
  const status = healthy ? 'healthy' : 'unhealthy';
  return { status: healthy ? 200 : 503, body: { service: service.name, status } };
}

async function putHealth(service: Service, request: IncomingMessage): Promise<Answer> {
  const { status } = await bodyOf(request, Health);
  await service.bookings.setHealth(status === 'healthy');
  return { status: 200, body: { service: service.name, status } };
}

async function getFailures(service: Service): Promise<Answer> {
  const { rate, soldOut, lostAnswer } = await service.bookings.settings();
  return { status: 200, body: { rate, soldOut, lostAnswer } satisfies Failures };
}

async function putFailures(service: Service, request: IncomingMessage): Promise<Answer> {
  await service.bookings.setFailures(await bodyOf(request, Failures.partial()));
  return getFailures(service);
}
