import type { z } from 'zod';
import type { contracts } from '@/lib/api/contracts';
import type { Execution, ExecutionSummary } from '@/lib/api/resources';
import type { Event } from '@/lib/engine/event';
import type { Json } from '@/lib/expression/json';
import * as executions from '@/lib/store/executions';
import { findStartable } from '@/lib/store/versions';
import type { Asked } from './door';
import { optionsOf } from './flow-settings';
import { readHistory } from './history';
import { shownEvent } from './redaction';
import { found, Refusal } from './refusal';
import { world } from './world';

type Contracts = typeof contracts;

/** Bytes of JSON text that an execution's input may have (AWS: 262,144). */
const inputLimit = 262_144;

/** Bytes after which an answer with events ends, and says where to go on. */
const answerBytes = 8 * 1024 * 1024;

/** Starts an execution; the answer is given once it cannot be lost. */
export async function startExecution({ params, body }: Asked<Contracts['startExecution']>) {
  const { store, runner } = world();
  assertSize(body.input);
  const startable = found(
    await findStartable(store, { id: params.flowId }, body.version),
    `flow ${params.flowId}`,
  );
  const { versionId, version } = startable;
  if (versionId === null || version === null) {
    const what = body.version === undefined ? 'saved version yet: save one first' : `version ${body.version}`;
    throw new Refusal('not-found', `The flow "${startable.flowName}" has no ${what}.`);
  }
  const named = body.name === undefined ? {} : { name: body.name };
  const { flowId, flowName, settings } = startable;
  const { executionId } = await runner.start({
    flowId,
    flowName,
    ...optionsOf(settings),
    versionId,
    version,
    input: body.input,
    ...named,
  });
  return summary(executionId);
}

/** Refuses a value that is too big to be an input or an output. */
export function assertSize(value: Json): void {
  const bytes = Buffer.byteLength(JSON.stringify(value));
  if (bytes <= inputLimit) return;
  throw new Refusal(
    'too-large',
    `The value has ${bytes} bytes as JSON; ${inputLimit} are allowed. Pass a reference to the data instead.`,
  );
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
  const { parentId, parentStep } = row;
  return {
    id,
    name,
    flowId,
    flowName,
    version,
    status,
    startedAt: row.startedAt.toISOString(),
    endedAt: row.endedAt?.toISOString() ?? null,
    error,
    cause,
    redrives,
    parent: parentId === null || parentStep === null ? null : { executionId: parentId, step: parentStep },
  };
}
