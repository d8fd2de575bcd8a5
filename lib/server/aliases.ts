import type { z } from 'zod';
import type { Alias } from '@/lib/api/alias-contracts';
import type { contracts } from '@/lib/api/contracts';
import * as aliases from '@/lib/store/aliases';
import { findFlow } from '@/lib/store/flows';
import type { Asked } from './door';
import { found, Refusal } from './refusal';
import { world } from './world';

type Contracts = typeof contracts;

export async function listAliases({ params: { flowId } }: Asked<Contracts['listAliases']>) {
  await assertFlow(flowId);
  const items = await aliases.listAliases(world().store, flowId);
  return { items: items.map(shown) };
}

export async function saveAlias({ params, body }: Asked<Contracts['saveAlias']>) {
  const { flowId, alias: name } = params;
  await assertFlow(flowId);
  const saved = await aliases.saveAlias(world().store, flowId, { name, ...body });
  if (saved !== undefined) return shown(saved);
  const wanted = body.routes.map(({ version }) => version).join(', ');
  throw new Refusal('not-found', `The flow has not all of these versions: ${wanted}. Save them first.`);
}

export async function deleteAlias({ params }: Asked<Contracts['deleteAlias']>): Promise<undefined> {
  const { flowId, alias } = params;
  if (await aliases.deleteAlias(world().store, flowId, alias)) return undefined;
  throw new Refusal('not-found', `The flow has no alias "${alias}".`);
}

async function assertFlow(flowId: string): Promise<void> {
  found(await findFlow(world().store, flowId, Date.now()), `flow ${flowId}`);
}

function shown({ updatedAt, ...row }: aliases.AliasRow): z.input<typeof Alias> {
  return { ...row, routes: row.routes.map((route) => ({ ...route })), updatedAt: updatedAt.toISOString() };
}
