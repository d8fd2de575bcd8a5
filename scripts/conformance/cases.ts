import { awsHistory } from '@/lib/engine/aws-history';
import type { Event } from '@/lib/engine/event';
import type { Json, JsonObject } from '@/lib/expression/json';
import { same } from './compare';
import type { Line, Miss } from './files';
import { type Ran, runCase } from './world';

/** Runs one execution and says what differs from the recording. */
export function judgeCase(line: Line): Miss[] {
  const expect = line.expect as JsonObject;
  const ran = runCase(line);
  return [...judgeOutcome(expect, ran), ...judgePath(line, ran), ...judgeWording(expect, ran)];
}

const statuses = {
  running: 'RUNNING',
  succeeded: 'SUCCEEDED',
  failed: 'FAILED',
  timedOut: 'TIMED_OUT',
  stopped: 'ABORTED',
};

function judgeOutcome(expect: JsonObject, { execution }: Ran): Miss[] {
  const misses: Miss[] = [];
  const status = statuses[execution.status];
  const miss = (what: string, expected: Json | undefined, actual: Json | undefined) =>
    misses.push({ level: 1, what, expected, actual });
  if (status !== expect.status) miss('status', expect.status, { status, ...failureOf(execution.failure) });
  const comparable = 'output' in expect && expect.outputNotComparable !== true;
  if (comparable && !same(expect.output, execution.output, pointers(expect.outputIgnore))) {
    miss('output', expect.output, execution.output);
  }
  if (!same(expect.error, execution.failure?.error)) miss('error', expect.error, execution.failure?.error);
  return misses;
}

function failureOf(failure: { readonly error?: string; readonly cause?: string } | undefined): JsonObject {
  return { ...failure };
}

function judgePath(line: Line, ran: Ran): Miss[] {
  const expect = line.expect as JsonObject;
  const misses: Miss[] = [];
  const miss = (what: string, expected: Json | undefined, actual: Json | undefined) =>
    misses.push({ level: 2, what, expected, actual });
  const entered = ran.events.filter(isEntered).filter((event) => !inDistributed(ran.events, event));
  const names = entered.map(({ state }) => state);
  const top = entered.filter(({ parent }) => parent === undefined).map(({ state }) => state);
  if ('statesEntered' in expect && !same(expect.statesEntered, names))
    miss('statesEntered', expect.statesEntered, names);
  if ('statesEnteredTopLevel' in expect && !same(expect.statesEnteredTopLevel, top)) {
    miss('statesEnteredTopLevel', expect.statesEnteredTopLevel, top);
  }
  if ('statesEnteredCount' in expect) {
    const counts: { [name: string]: number } = {};
    for (const name of names) counts[name] = (counts[name] ?? 0) + 1;
    if (!same(expect.statesEnteredCount, counts))
      miss('statesEnteredCount', expect.statesEnteredCount, counts);
  }
  for (const stranger of ran.strangers) miss('tasks', undefined, stranger);
  for (const entry of ran.leftOver) miss('tasks', { state: entry.state, input: entry.input }, undefined);
  judgeTrace(maskedTrace(line), ran.events, miss);
  return misses;
}

type Entered = Extract<Event, { type: 'StateEntered' }>;

function isEntered(event: Event): event is Entered {
  return event.type === 'StateEntered';
}

function inDistributed(events: readonly Event[], { parent }: Entered): boolean {
  if (parent === undefined) return false;
  if (events.some((event) => event.type === 'MapRunStarted' && event.step === parent)) return true;
  const around = events[parent - 1];
  return around?.type === 'StateEntered' && inDistributed(events, around);
}

/** The first state's input is the execution's: a trace that says otherwise was masked where the case itself was not. */
function maskedTrace(line: Line): readonly JsonObject[] {
  const { trace } = line.expect as JsonObject;
  if (!Array.isArray(trace)) return [];
  const [first, ...rest] = trace as readonly JsonObject[];
  if (first === undefined || same(first.input, line.input, pointers(first.inputIgnore))) return trace;
  const { input: _, ...unmasked } = first;
  return [unmasked, ...rest];
}

function judgeTrace(
  trace: readonly JsonObject[],
  events: readonly Event[],
  miss: (what: string, expected: Json | undefined, actual: Json | undefined) => void,
): void {
  const visits = events.filter(isEntered).filter(({ parent }) => parent === undefined);
  for (const [i, wanted] of trace.entries()) {
    const visit = visits[i];
    const exit = events.find((event) => event.type === 'StateExited' && event.step === visit?.id);
    const left = exit?.type === 'StateExited' ? exit : undefined;
    const parts = [
      ['input', visit?.input],
      ['output', left?.output],
      ['assigned', left?.assigned],
    ] as const;
    for (const [part, actual] of parts) {
      if (!(part in wanted)) continue;
      if (same(wanted[part], actual, pointers(wanted[`${part}Ignore`]))) continue;
      miss(`trace/${i}/${part}`, wanted[part], actual);
    }
  }
}

function judgeWording(expect: JsonObject, { execution, events }: Ran): Miss[] {
  const misses: Miss[] = [];
  const cause = execution.failure?.cause;
  if (!sameCause(expect, cause)) {
    const expected = expect.cause ?? expect.causePattern ?? expect.causeJson;
    misses.push({ level: 3, what: 'cause', expected, actual: cause });
  }
  const types = awsHistory(events).map(({ type }) => type);
  if ('eventTypes' in expect && !same(expect.eventTypes, types)) {
    misses.push({ level: 3, what: 'eventTypes', expected: expect.eventTypes, actual: types });
  }
  return misses;
}

/** A cause is compared as text, by a pattern, or as the JSON that it holds. */
export function sameCause(expect: JsonObject, cause: string | undefined): boolean {
  if (typeof expect.cause === 'string') return expect.cause === cause;
  if (typeof expect.causePattern === 'string')
    return cause !== undefined && new RegExp(`^(?:${expect.causePattern})$`).test(cause);
  if (expect.causeJson === undefined) return cause === undefined;
  try {
    return same(expect.causeJson, JSON.parse(cause ?? ''), pointers(expect.causeJsonIgnore));
  } catch {
    return false;
  }
}

export function pointers(value: Json | undefined): readonly string[] {
  return Array.isArray(value) ? value.map(String) : [];
}
