import type { JsonObject } from '@/lib/expression/json';
import { same } from '@/lib/flow/equal';
import type { Definition } from '@/lib/flow/model';
import { type DrawnState, graphOf } from './graph';
import { treeOf } from './tree';

/** How a state, or the flow itself (`pointer` is empty), differs between two definitions. */
export interface Change {
  readonly kind: 'added' | 'removed' | 'renamed' | 'changed';
  /** Where it stands: in the later definition, or in the earlier one where it was removed. */
  readonly pointer: string;
  /** Empty for the flow itself. */
  readonly name: string;
  /** Of a renamed state: what it was called. */
  readonly formerly?: string;
  /** Of what was changed: the names of its fields. */
  readonly fields: readonly string[];
}

/** Fields in which other states stand, each of which is compared by itself. */
const containers = new Set(['States', 'Branches', 'ItemProcessor', 'Iterator']);

/** H17 What was done to a definition to make another one of it; states that went come last. */
export function changesBetween(before: Definition, after: Definition): readonly Change[] {
  const old = graphOf(before).states;
  const next = graphOf(after).states;
  const gone = [...old.values()].filter(({ pointer }) => !next.has(pointer));
  const flow = fieldsThatDiffer(treeOf(before), treeOf(after));
  const changes: Change[] =
    flow.length === 0 ? [] : [{ kind: 'changed', pointer: '', name: '', fields: flow }];
  for (const state of next.values()) {
    const former = old.get(state.pointer);
    const change = former === undefined ? arrivalOf(state, gone) : changeOf(former, state);
    if (change !== undefined) changes.push(change);
  }
  for (const { pointer, name } of gone) changes.push({ kind: 'removed', pointer, name, fields: [] });
  return changes;
}

/** A state that came: one that went from the same machine and was the same in everything but its name, or a new one. */
function arrivalOf({ pointer, name, machine, state }: DrawnState, gone: DrawnState[]): Change {
  const tree = treeOf(state);
  const place = gone.findIndex((one) => one.machine === machine && same(treeOf(one.state), tree));
  const [former] = place < 0 ? [] : gone.splice(place, 1);
  if (former === undefined) return { kind: 'added', pointer, name, fields: [] };
  return { kind: 'renamed', pointer, name, formerly: former.name, fields: [] };
}

function changeOf(former: DrawnState, { pointer, name, state }: DrawnState): Change | undefined {
  const fields = fieldsThatDiffer(treeOf(former.state), treeOf(state));
  return fields.length === 0 ? undefined : { kind: 'changed', pointer, name, fields };
}

function fieldsThatDiffer(before: JsonObject, after: JsonObject): readonly string[] {
  const names = new Set([...Object.keys(after), ...Object.keys(before)]);
  return [...names].filter((name) => !containers.has(name) && !same(before[name], after[name]));
}
