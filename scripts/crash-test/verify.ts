import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { Event } from '@/lib/engine/event';
import { postgresJournal } from '@/lib/store/journal';
import type { TestDatabase } from '@/lib/store/test-database';
import { filesIn } from './files';
import { limitsOf, orderOf, resultOf, spreadResults } from './flow';

/**
 * What must hold after any number of crashes. Returns a sentence for each thing that does not.
 *
 * C1 Every execution has ended with the result that follows from its input. C2 Histories have no gaps. C3 No call came before
 * its cause was in the journal. C4 No finished step was called again. C5 Every answer in the journal was called for. C6 Each
 * execution has one child, which ended as it must. C7 Never more executions ran at once than the flow's limit.
 * C8 What a distributed Map has written is whole and there once.
 */
export async function faults(database: TestDatabase, folder: string, count: number): Promise<string[]> {
  const { callsFile, resultsFolder } = filesIn(folder);
  const rows = await database.sql<Row>('SELECT id, name, status, parent_id AS parent FROM execution');
  const orders = rows.filter(({ parent }) => parent === null);
  const found: string[] = [];
  if (orders.length !== count) found.push(`C1 there are ${orders.length} executions, not ${count}`);
  if (rows.length !== 2 * count)
    found.push(`C6 there are ${rows.length - orders.length} children, not ${count}`);
  const calls = callsIn(callsFile);
  const children = new Map(rows.map((row) => [row.parent, row]));
  const journal = postgresJournal(database.url);
  const spans: Span[] = [];
  for (const row of rows) {
    const events = await journal.read(row.id, 0, 100_000);
    if (events.some((event, index) => event.id !== index + 1)) found.push(`C2 ${row.name} has a gap`);
    found.push(...callFaults(row.id, events, calls));
    if (row.parent !== null) continue;
    spans.push(spanOf(events));
    found.push(...orderFaults(row, events.at(-1), children.get(row.id)));
  }
  await journal.close();
  found.push(...resultFaults(resultsFolder, orders));
  const most = mostAtOnce(spans);
  const limit = limitsOf(count).executions;
  if (most > limit) found.push(`C7 ${most} executions ran at once, not ${limit}`);
  return found;
}

function orderFaults(row: Row, last: Event | undefined, child: Row | undefined): string[] {
  const order = orderOf(Number(row.name.split('-')[1]));
  const found: string[] = [];
  if (last?.type !== 'ExecutionSucceeded' || !isDeepStrictEqual(last.output, resultOf(order)))
    found.push(`C1 ${row.name} (${row.id}) is ${row.status} and came to ${JSON.stringify(last)}`);
  if (child?.status !== (order.even ? 'succeeded' : 'failed'))
    found.push(`C6 the child of ${row.name} is ${child?.status}`);
  return found;
}

function resultFaults(resultsFolder: string, orders: readonly Row[]): string[] {
  const runs = readdirSync(resultsFolder);
  return orders.flatMap(({ id, name }) => {
    const [run = '', ...more] = runs.filter((each) => each.startsWith(id));
    const files = readdirSync(join(resultsFolder, run)).sort();
    const read = (file: string): readonly unknown[] =>
      JSON.parse(readFileSync(join(resultsFolder, run, file), 'utf8'));
    // Results are written in the order in which the batches ended.
    const succeeded = files
      .filter((file) => file.startsWith('SUCCEEDED'))
      .flatMap(read)
      .sort();
    const failed = files.filter((file) => file.startsWith('FAILED')).flatMap(read);
    if (more.length === 0 && isDeepStrictEqual(succeeded, spreadResults) && failed.length === 1) return [];
    return [`C8 the Map of ${name} wrote ${JSON.stringify({ files, succeeded, failed, more })}`];
  });
}

interface Row {
  readonly id: string;
  readonly name: string;
  readonly status: string;
  /** The execution whose step started it. */
  readonly parent: string | null;
}

interface Span {
  readonly from: number;
  readonly to: number;
}

function spanOf(events: readonly Event[]): Span {
  const begun = events.find(({ type }) => type === 'ExecutionBegun') ?? events[0];
  return { from: begun?.at ?? 0, to: events.at(-1)?.at ?? 0 };
}

/** How many spans overlap at most; one that ends when another begins does not overlap it. */
function mostAtOnce(spans: readonly Span[]): number {
  const moves = spans.flatMap(({ from, to }) => [
    { at: from, by: 1 },
    { at: to, by: -1 },
  ]);
  moves.sort((one, other) => one.at - other.at || one.by - other.by);
  let now = 0;
  let most = 0;
  for (const { by } of moves) {
    now += by;
    most = Math.max(most, now);
  }
  return most;
}

/** Times of the calls of each idempotency key, in order. */
function callsIn(file: string): Map<string, number[]> {
  const calls = new Map<string, number[]>();
  for (const line of readFileSync(file, 'utf8').split('\n')) {
    const [at, key] = line.split(' ');
    if (key === undefined) continue;
    const times = calls.get(key) ?? [];
    times.push(Number(at));
    calls.set(key, times);
  }
  return calls;
}

function callFaults(id: string, events: readonly Event[], calls: ReadonlyMap<string, number[]>): string[] {
  const scheduled = timesOf(id, events, ['TaskScheduled']);
  const answered = timesOf(id, events, ['TaskSucceeded', 'TaskFailed']);
  const found: string[] = [];
  for (const [key, [first = 0, ...again]] of calls) {
    if (!key.startsWith(id)) continue;
    if (first < (scheduled.get(key) ?? Number.POSITIVE_INFINITY))
      found.push(`C3 ${key} was called without a cause`);
    const answer = answered.get(key) ?? Number.POSITIVE_INFINITY;
    if (again.some((at) => at > answer)) found.push(`C4 ${key} was called again`);
  }
  for (const key of answered.keys()) if (!calls.has(key)) found.push(`C5 ${key} was never called`);
  return found;
}

function timesOf(id: string, events: readonly Event[], types: readonly Event['type'][]): Map<string, number> {
  const times = new Map<string, number>();
  for (const event of events)
    if (types.includes(event.type) && 'attempt' in event)
      times.set(`${id}/${event.step}/${event.attempt}`, event.at);
  return times;
}
