import { randomInt } from 'node:crypto';
import type { Json } from '@/lib/expression/json';
import type { StartRequest } from '@/lib/runner/ports';
import { findAlias, type Route } from '@/lib/store/aliases';
import type { Store } from '@/lib/store/client';
import { findStartable } from '@/lib/store/versions';

interface Wanted {
  readonly version?: number | undefined;
  readonly alias?: string | undefined;
}

export type Startable = Pick<StartRequest, 'flowId' | 'flowName' | 'versionId' | 'version' | 'alias'>;

/** What an execution is started of, or what the flow has not. */
type Choice =
  | {
      readonly ok: true;
      readonly startable: Startable;
      /** The flow's, as they are stored. */
      readonly settings: Json;
    }
  | { readonly ok: false; readonly flowName: string; readonly missing: string };

/** The version that was asked for, one that an alias stands for (drawn by its weights), or the newest; undefined without a flow. */
export async function choose(
  store: Store,
  flow: { readonly id: string } | { readonly name: string },
  { version: asked, alias }: Wanted,
): Promise<Choice | undefined> {
  let startable = await findStartable(store, flow, asked);
  if (startable === undefined) return undefined;
  const { flowId, flowName, settings } = startable;
  if (alias !== undefined) {
    const drawn = await drawVersion(store, flowId, alias);
    if (drawn === undefined) return { ok: false, flowName, missing: `alias "${alias}"` };
    startable = (await findStartable(store, { id: flowId }, drawn)) ?? startable;
  }
  const { versionId, version } = startable;
  if (versionId === null || version === null) {
    const missing = asked === undefined ? 'saved version yet: save one first' : `version ${asked}`;
    return { ok: false, flowName, missing };
  }
  const named = alias === undefined ? {} : { alias };
  return { ok: true, startable: { flowId, flowName, versionId, version, ...named }, settings };
}

/** Draws the version that one execution gets; undefined where the flow has no such alias. */
async function drawVersion(store: Store, flowId: string, alias: string): Promise<number | undefined> {
  const row = await findAlias(store, flowId, alias);
  return row && versionAt(row.routes, randomInt(100));
}

/** The version that a number from 0 to 99 falls on. */
export function versionAt(routes: readonly Route[], drawn: number): number | undefined {
  let above = 0;
  for (const { version, weight } of routes) {
    above += weight;
    if (drawn < above) return version;
  }
  return undefined;
}
