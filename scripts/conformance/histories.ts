import { type AwsEvent, awsHistory } from '@/lib/engine/aws-history';
import type { Json, JsonObject } from '@/lib/expression/json';
import { pointers } from './cases';
import { same } from './compare';
import type { Line, Miss } from './files';
import { runCase } from './world';

/** Runs the case that a history belongs to and says where the two part. */
export function judgeHistory(line: Line, cases: ReadonlyMap<string, Line>): Miss[] {
  const known = cases.get(line.id);
  if (known === undefined) return [{ level: 3, what: 'no case of this id was given' }];
  const expected = line.events as readonly JsonObject[];
  const told = awsHistory(runCase(begunAs(known, expected[0])).events);
  const ordered = line.deterministic !== false;
  const at = ordered ? expected.findIndex((event, i) => !sameEvent(event, told[i])) : -1;
  if (at >= 0)
    return [{ level: 3, what: `event ${at + 1}`, expected: expected[at], actual: jsonOf(told[at]) }];
  if (expected.length !== told.length) {
    return [{ level: 3, what: 'events', expected: typesOf(expected), actual: told.map(({ type }) => type) }];
  }
  if (ordered) return [];
  const types = [typesOf(expected).sort(), told.map(({ type }) => type).sort()] as const;
  return same(...types) ? [] : [{ level: 3, what: 'event types', expected: types[0], actual: types[1] }];
}

/** A history begins with its execution's input: where that is not the case's, the recording has other names for the same things. */
function begunAs(known: Line, first: JsonObject | undefined): Line {
  const details = (first?.details ?? {}) as JsonObject;
  if (details.input === undefined || pointers(first?.ignore).length > 0) return known;
  return { ...known, input: details.input };
}

function typesOf(events: readonly JsonObject[]): string[] {
  return events.map(({ type }) => String(type));
}

function sameEvent(expected: JsonObject, actual: AwsEvent | undefined): boolean {
  if (actual === undefined || expected.type !== actual.type) return false;
  if (expected.id !== undefined && expected.id !== actual.id) return false;
  if (expected.previousEventId !== undefined && expected.previousEventId !== actual.previousEventId)
    return false;
  return sameDetails(expected, actual);
}

/** What the world says of itself (who works on an activity, what a service answered at first) is not the interpreter's. */
function sameDetails(expected: JsonObject, actual: AwsEvent): boolean {
  const details = (expected.details ?? {}) as JsonObject;
  const ignore = [...pointers(expected.ignore), '/region', '/workerName', '/mapRunArn'];
  if (actual.type.endsWith('Submitted')) ignore.push('/output');
  const told = { ...actual.details };
  const texts = Object.entries(details).map(([name]) => {
    const value = told[name];
    return [
      name,
      typeof details[name] === 'object' && typeof value === 'string' ? parsed(value) : (value ?? null),
    ];
  });
  return same(details, Object.fromEntries(texts), ignore);
}

/** Causes that are JSON texts stand parsed in the recordings. */
function parsed(text: string): Json {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function jsonOf(event: AwsEvent | undefined): Json | undefined {
  return event === undefined ? undefined : { ...event };
}
