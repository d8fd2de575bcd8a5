import type { z } from 'zod';
import type { contracts } from '@/lib/api/contracts';
import type { Execution, ExecutionSummary } from '@/lib/api/resources';
import type { Event } from '@/lib/engine/event';
import type { Json } from '@/lib/expression/json';
import type { Started } from '@/lib/runner/ports';
import * as executions from '@/lib/store/executions';
import { Answered, type Asked, isFromEngine } from './door';
import { optionsOf, settingsOf } from './flow-settings';
import { readHistory } from './history';
import { assertSize } from './payload';
import { shownEvent } from './redaction';
import { found, Refusal } from './refusal';
import { type Choice, choose, chosen, type Startable } from './startable';
import { world } from './world';

type Contracts = typeof contracts;

/** Bytes after which an answer with events ends, and says where to go on. */
const answerBytes = 8 * 1024 * 1024;

/** Starts an execution; the answer is given once it cannot be lost, or once it has ended, where that is waited for. */
export async function startExecution({ params, query, body }: Asked<Contracts['startExecution']>) {
  if (body.version !== undefined && body.alias !== undefined)
    throw new Refusal('invalid-request', 'Name a version or an alias, not both.');
  const [started, startable] = await startNow(params.flowId, body);
  const { executionId } = started;
  if (query.wait === 0) return begun(started, startable) ?? summary(executionId);
  if (await endsWithin(executionId, query.wait)) return new Answered(200, await outcome(executionId));
  return new Answered(202, await summary(executionId));
}

type Wanted = Asked<Contracts['startExecution']>['body'];

/** A11: by what is kept of the flow, and where that is old or refuses the start, by what is read now. */
async function startNow(flowId: string, wanted: Wanted): Promise<[Started, Startable]> {
  const { store, newestVersions } = world();
  const isOfNewest = wanted.version === undefined && wanted.alias === undefined;
  const newest = isOfNewest ? await newestVersions.of(flowId) : undefined;
  if (newest !== undefined) {
    try {
      return await startOf(chosen(newest, wanted), wanted, newest.asOf);
    } catch (error) {
      if (!(error instanceof Refusal || isFromEngine(error, 'NotCreated'))) throw error;
      newestVersions.forget(flowId);
    }
  }
  return startOf(found(await choose(store, { id: flowId }, wanted), `flow ${flowId}`), wanted);
}

async function startOf(choice: Choice, wanted: Wanted, asOf?: string): Promise<[Started, Startable]> {
  if (!choice.ok) throw new Refusal('not-found', `The flow "${choice.flowName}" has no ${choice.missing}.`);
  const { startable, settings } = choice;
  assertSize(wanted.input, settingsOf(settings).payloadLimit);
  const started = await world().runner.start({
    ...startable,
    ...optionsOf(settings, wanted.priority),
    input: wanted.input,
    ...(wanted.name !== undefined && { name: wanted.name }),
    ...(asOf !== undefined && { asOf }),
  });
  return [started, startable];
}

/** What its row says, where that is known without reading it: programs start thousands of executions a minute. */
function begun(
  { executionId: id, begun: row }: Started,
  { flowId, flowName, version, alias }: Startable,
): z.input<typeof ExecutionSummary> | undefined {
  if (row === undefined) return undefined;
  return summaryOf({
    id,
    flowId,
    flowName,
    version,
    alias: alias ?? null,
    name: row.name,
    startedAt: new Date(row.startedAt),
    queued: row.queued,
    priority: row.priority,
    status: 'running',
    formerVersions: [],
    redrives: 0,
    endedAt: null,
    error: null,
    cause: null,
    parentId: null,
    parentStep: null,
  });
}

async function endsWithin(executionId: string, seconds: number): Promise<boolean> {
  const signal = AbortSignal.timeout(seconds * 1000);
  try {
    await world().runner.ended(executionId, signal);
    return true;
  } catch (error) {
    if (signal.aborted) return false;
    throw error;
  }
}

async function outcome(executionId: string) {
  const row = await summary(executionId);
  return { ...row, output: row.status === 'succeeded' ? await outputOf(executionId) : null };
}

async function outputOf(executionId: string): Promise<Json> {
  const { store, journal } = world();
  const lastEvent = await executions.lastEventId(store, executionId);
  const [last] = await journal.read(executionId, lastEvent - 1, 1);
  return last?.type === 'ExecutionSucceeded' ? last.output : null;
}

export async function listExecutions({ query }: Asked<Contracts['listExecutions']>) {
  const { store } = world();
  const filter = { flowId: query.flowId, statuses: query.status, search: query.search };
  const [page, counts] = await Promise.all([
    executions.listExecutions(store, filter, { before: query.cursor, limit: query.limit }),
    executions.countExecutions(store, filter),
  ]);
  return { items: page.items.map(summaryOf), nextCursor: page.nextCursor, counts: allCounts(counts) };
}

function allCounts(counts: Partial<Record<executions.ExecutionRow['status'], number>>) {
  return { running: 0, succeeded: 0, failed: 0, timedOut: 0, stopped: 0, ...counts };
}

/** One execution with the definition that it runs, its input, and its output once it has one. */
export async function getExecution({
  params: { executionId },
}: Asked<Contracts['getExecution']>): Promise<z.input<typeof Execution>> {
  const { store, journal } = world();
  const row = found(await executions.findExecution(store, executionId), `execution ${executionId}`);
  const [first] = await journal.read(executionId, 0, 1);
  const lastEvent = await executions.lastEventId(store, executionId);
  const [last] = row.status === 'succeeded' ? await journal.read(executionId, lastEvent - 1, 1) : [];
  const { versionId, definition, layout } = row;
  return {
    ...summaryOf(row),
    versionId,
    definition,
    // Only `saveVersion` writes layouts, and it was given the contract's Layout.
    layout: layout as z.input<typeof Execution>['layout'],
    input: first?.type === 'ExecutionStarted' ? first.input : null,
    output: last?.type === 'ExecutionSucceeded' ? last.output : null,
    lastEvent,
  };
}

export async function listEvents({ params, query }: Asked<Contracts['listEvents']>) {
  const { store, journal } = world();
  found(await executions.findStatus(store, params.executionId), `execution ${params.executionId}`);
  const { events, more } = await readHistory(journal, params.executionId, {
    ...query,
    mostBytes: answerBytes,
  });
  return {
    items: events.map((event): Event => shownEvent(event)),
    nextAfter: more ? (events.at(-1)?.id ?? null) : null,
  };
}

export async function listLogs({ params, query }: Asked<Contracts['listLogs']>) {
  const { store, logs } = world();
  found(await executions.findStatus(store, params.executionId), `execution ${params.executionId}`);
  const items = await logs.read(params.executionId, query);
  return { items, nextAfter: nextAfter(items, query.limit) };
}

function nextAfter(items: readonly { readonly id: number }[], limit: number): number | null {
  return items.length < limit ? null : (items.at(-1)?.id ?? null);
}

async function summary(executionId: string) {
  const row = await executions.findExecutionSummary(world().store, executionId);
  return summaryOf(found(row, `execution ${executionId}`));
}

function summaryOf(row: executions.ExecutionRow): z.input<typeof ExecutionSummary> {
  const { id, name, flowId, flowName, version, status, error, cause, redrives } = row;
  const { parentId, parentStep, queued, priority, alias } = row;
  return {
    id,
    name,
    flowId,
    flowName,
    version,
    formerVersions: [...row.formerVersions],
    status,
    startedAt: row.startedAt.toISOString(),
    endedAt: row.endedAt?.toISOString() ?? null,
    error,
    cause,
    redrives,
    queued,
    priority,
    alias,
    parent: parentId === null || parentStep === null ? null : { executionId: parentId, step: parentStep },
  };
}
