import { randomInt } from 'node:crypto';
import type { Json } from '@/lib/expression/json';
import type { StartRequest } from '@/lib/runner/ports';
import { findAlias, type Route } from '@/lib/store/aliases';
import type { Store } from '@/lib/store/client';
import { type Startable as Found, findStartable } from '@/lib/store/versions';

interface Wanted {
  readonly version?: number | undefined;
  readonly alias?: string | undefined;
}

export type Startable = Pick<StartRequest, 'flowId' | 'flowName' | 'versionId' | 'version' | 'alias'>;

/** What an execution is started of, or what the flow has not. */
export type Choice =
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
  wanted: Wanted,
): Promise<Choice | undefined> {
  const found = await findStartable(store, flow, wanted.version);
  if (found === undefined) return undefined;
  if (wanted.alias === undefined) return chosen(found, wanted);
  const drawn = await drawVersion(store, found.flowId, wanted.alias);
  if (drawn === undefined) return { ok: false, flowName: found.flowName, missing: `alias "${wanted.alias}"` };
  return chosen((await findStartable(store, { id: found.flowId }, drawn)) ?? found, wanted);
}

/** What a flow is started of, given what was found of it. */
export function chosen(
  { flowId, flowName, settings, versionId, version }: Found,
  { version: asked, alias }: Wanted,
): Choice {
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
