import type { z } from 'zod';
import type { contracts } from '@/lib/api/contracts';
import { executionStatuses } from '@/lib/api/execution-status';
import type { FlowSummary, Version } from '@/lib/api/resources';
import type { Format } from '@/lib/flow/parse';
import { print } from '@/lib/flow/print';
import { runningExecutions } from '@/lib/store/executions';
import * as flows from '@/lib/store/flows';
import * as versions from '@/lib/store/versions';
import { definitionOf, problemsOf } from './definition';
import type { Asked } from './door';
import { settingsOf } from './flow-settings';
import { given } from './given';
import { found, Refusal } from './refusal';
import { limitsChanged } from './settings';
import { templateNamed } from './templates';
import { world } from './world';

type Contracts = typeof contracts;
const countedFor = 30 * 24 * 60 * 60 * 1000;

export async function listFlows({ query }: Asked<Contracts['listFlows']>) {
  const { items, nextCursor } = await flows.listFlows(world().store, { ...query, since: countedSince() });
  return { items: items.map(summaryOf), nextCursor };
}

export async function getFlow({ params }: Asked<Contracts['getFlow']>) {
  return flowSummary(params.flowId);
}

/** Creates a flow; a definition that cannot be saved creates none. */
export async function createFlow({ body }: Asked<Contracts['createFlow']>) {
  const template = body.template === undefined ? undefined : templateNamed(body.template);
  const { source, format } = sourceOf(body, template);
  const definition = source === undefined ? undefined : definitionOf(source, format);
  const name = body.name ?? template?.title;
  if (name === undefined)
    throw new Refusal('invalid-request', 'Give the flow a name, or a template to take it from.');
  const { store } = world();
  for (const needed of template?.needs ?? []) await createWhereMissing(needed);
  const named = { name, description: body.description ?? template?.description };
  // A template may be used many times: each flow of it needs a name of its own.
  const flowId = body.name === undefined ? await createNumbered(named) : await flows.createFlow(store, named);
  if (flowId === 'taken') throw nameTaken(name);
  if (source !== undefined && definition !== undefined) {
    await versions.saveVersion(store, flowId, {
      source,
      format,
      definition,
      layout: body.layout ?? template?.layout ?? {},
      note: '',
    });
  }
  return flowSummary(flowId);
}

/** The flow of a template that another one runs, by its title; one that is there already is left as it is. */
async function createWhereMissing(templateId: string): Promise<void> {
  const { title: name, ...template } = templateNamed(templateId);
  try {
    await createFlow({ params: undefined, query: undefined, body: { name, template: template.id } });
  } catch (error) {
    if (!(error instanceof Refusal && error.document.type === nameTaken(name).document.type)) throw error;
  }
}

/** The text of the first version, where there is one: what was sent, or else the template's. */
function sourceOf(
  body: Asked<Contracts['createFlow']>['body'],
  template: ReturnType<typeof templateNamed> | undefined,
): { source: string | undefined; format: Format } {
  if (body.source !== undefined) return { source: body.source, format: body.format ?? 'json' };
  return { source: template && print(template.definition, 'json'), format: 'json' };
}

async function createNumbered(text: { name: string; description: string | undefined }): Promise<string> {
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? text.name : `${text.name} ${number}`;
    const flowId = await flows.createFlow(world().store, { ...text, name });
    if (flowId !== 'taken') return flowId;
  }
}

export async function updateFlow({ params, body }: Asked<Contracts['updateFlow']>) {
  const { name, description, settings } = body;
  const changed = settings === undefined ? {} : { settings: given(settings) };
  if (settings?.profile === 'express') await assertExpress(params.flowId);
  const done = await flows.updateFlow(world().store, params.flowId, { name, description, ...changed });
  if (done === 'taken') throw nameTaken(body.name ?? '');
  found(done === 'unknown' ? undefined : done, `flow ${params.flowId}`);
  if (settings?.concurrency !== undefined) await limitsChanged();
  return flowSummary(params.flowId);
}

/** The newest version of an express flow waits for nobody; older ones fail where they would. */
async function assertExpress(flowId: string): Promise<void> {
  const newest = await versions.findVersion(world().store, flowId, 'latest');
  if (newest !== undefined) definitionOf(newest.source, newest.format, 'express');
}

/** Deletes a flow with everything of it. With `force`, what still runs is stopped first. */
export async function deleteFlow({ params, query }: Asked<Contracts['deleteFlow']>): Promise<undefined> {
  const { store } = world();
  if (query.force === 'true') await stopAll(params.flowId);
  const done = await flows.deleteFlow(store, params.flowId);
  if (done === 'running') {
    throw new Refusal(
      'flow-in-use',
      'Executions of this flow are running. Stop them first, or delete with force=true, which stops them.',
    );
  }
  found(done === 'unknown' ? undefined : done, `flow ${params.flowId}`);
  return undefined;
}

async function stopAll(flowId: string): Promise<void> {
  const { store, runner } = world();
  for (;;) {
    const running = await runningExecutions(store, flowId, 200);
    if (running.length === 0) return;
    const why = 'the flow is deleted';
    await Promise.all(running.map((executionId) => runner.deliver(executionId, { type: 'stop', why })));
  }
}

export async function listVersions({ params, query }: Asked<Contracts['listVersions']>) {
  await flowSummary(params.flowId);
  const before = query.cursor !== undefined && /^\d{1,9}$/.test(query.cursor) ? Number(query.cursor) : null;
  const { items, more } = await versions.listVersions(world().store, params.flowId, {
    before,
    limit: query.limit,
  });
  const last = items.at(-1);
  return {
    items: items.map((item) => ({ ...item, createdAt: item.createdAt.toISOString() })),
    nextCursor: more && last !== undefined ? String(last.number) : null,
  };
}

export async function getVersion({ params }: Asked<Contracts['getVersion']>) {
  const row = await versions.findVersion(world().store, params.flowId, params.number);
  return versionOf(found(row, `version ${params.number} of flow ${params.flowId}`));
}

export async function saveVersion({ params, body }: Asked<Contracts['saveVersion']>) {
  const { source, format, layout = {}, note = '' } = body;
  const flow = found(
    await flows.findFlow(world().store, params.flowId, countedSince()),
    `flow ${params.flowId}`,
  );
  const definition = definitionOf(source, format, settingsOf(flow.settings).profile);
  const saved = await versions.saveVersion(world().store, params.flowId, {
    source,
    format,
    definition,
    layout,
    note,
  });
  return versionOf(found(saved, `flow ${params.flowId}`));
}

export async function checkDefinition({ body }: Asked<Contracts['checkDefinition']>) {
  return { problems: problemsOf(body.source, body.format, body.profile).map((problem) => ({ ...problem })) };
}

async function flowSummary(flowId: string) {
  return summaryOf(found(await flows.findFlow(world().store, flowId, countedSince()), `flow ${flowId}`));
}

function countedSince(): number {
  return Date.now() - countedFor;
}

function nameTaken(name: string): Refusal {
  return new Refusal('name-taken', `Another flow is called "${name}". Choose another name.`);
}

function summaryOf(row: flows.FlowRow): z.input<typeof FlowSummary> {
  const { lastId, lastStatus, lastStartedAt, counts, ...flow } = row;
  const none = Object.fromEntries(executionStatuses.map((status) => [status, 0]));
  const hasLast = lastId !== null && lastStatus !== null && lastStartedAt !== null;
  return {
    ...flow,
    settings: settingsOf(flow.settings),
    createdAt: flow.createdAt.toISOString(),
    updatedAt: flow.updatedAt.toISOString(),
    // Every status is a key of `none`.
    counts: { ...none, ...counts } as z.input<typeof FlowSummary>['counts'],
    lastExecution: hasLast
      ? { id: lastId, status: lastStatus, startedAt: lastStartedAt.toISOString() }
      : null,
  };
}

function versionOf(row: versions.VersionRow): z.input<typeof Version> {
  // Only `saveVersion` writes layouts, and it was given the contract's Layout.
  const layout = row.layout as z.input<typeof Version>['layout'];
  return { ...row, layout, createdAt: row.createdAt.toISOString() };
}
