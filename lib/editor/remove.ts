import { machineAt, stateNamed } from '@/lib/flow/graph';
import type { Definition, Machine, State } from '@/lib/flow/model';
import { tokens } from '@/lib/flow/pointer';
import type { Document, Edited, Layout } from './document';
import { machineOfEdge, sourceOfEdge } from './place';
import { above, isWithin, lastOf, machineOf } from './pointer';
import { flows, withMachineTargets, withNext } from './transitions';
import { definitionOf, machineIn, replaceAt, stateIn, treeOf, withMachine } from './tree';

/** H8 Deletes states; what led to one now leads to what followed it, or ends. Nested ones go with their container. */
export function removeStates(document: Document, pointers: readonly string[]): Edited {
  const outermost = outermostOf(pointers).filter(
    (pointer) => stateIn(document.definition, pointer) !== undefined,
  );
  if (outermost.length === 0) return { ok: false, reason: 'There is nothing to delete.' };
  let { definition } = document;
  for (const [machine, names] of byMachine(outermost))
    definition = withMachine(definition, machine, bridged(machineIn(definition, machine), names));
  const layout = withoutPlaces(document.layout, outermost);
  return { ok: true, document: { ...document, definition, layout }, select: [] };
}

/** The pointers that are not inside another one of them, in their order. */
export function outermostOf(pointers: readonly string[]): readonly string[] {
  const all = new Set(pointers);
  return [...all].filter((pointer) => !hasAncestorIn(pointer, all));
}

function hasAncestorIn(pointer: string, all: ReadonlySet<string>): boolean {
  for (let up = above(pointer, 1); up !== ''; up = above(up, 1)) if (all.has(up)) return true;
  return false;
}

/** States grouped by the machine that they belong to, by name. */
function byMachine(pointers: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const groups = new Map<string, string[]>();
  for (const pointer of pointers) {
    const machine = machineOf(pointer);
    groups.set(machine, [...(groups.get(machine) ?? []), lastOf(pointer)]);
  }
  return groups;
}

/** The machine without some of its states, with the gaps closed. */
function bridged(machine: Machine, names: readonly string[]): Machine {
  const gone = new Set(names);
  const kept = Object.entries(machine.States).filter(([name]) => !gone.has(name));
  const joined = withMachineTargets({ ...machine, States: Object.fromEntries(kept) }, (target) =>
    followerOf(machine, target, gone),
  );
  if (machine.StartAt === '' || joined.StartAt !== '') return joined;
  return { ...joined, StartAt: kept[0]?.[0] ?? '' };
}

/** The first state on from `name` that stays; null where the way ends (or runs in circles) among those that go. */
function followerOf(machine: Machine, name: string, gone: ReadonlySet<string>): string | null {
  let at: string | undefined = name;
  const seen = new Set<string>();
  while (at !== undefined && gone.has(at)) {
    if (seen.has(at)) return null;
    seen.add(at);
    at = mainTarget(stateNamed(machine, at));
  }
  return at ?? null;
}

/** Where a state goes on when nothing special happens. */
function mainTarget(state: State | undefined): string | undefined {
  if (state === undefined) return undefined;
  if (state.Type === 'Choice') return state.Default ?? state.Choices[0]?.Next;
  return flows(state) && 'Next' in state ? state.Next : undefined;
}

/** Takes a transition away: Next becomes End, a rule, a catcher or Default goes. A machine's start stays. */
export function removeEdge(document: Document, edge: string): Edited {
  const { definition } = document;
  const source = sourceOfEdge(edge);
  if (edge.endsWith('/StartAt'))
    return { ok: false, reason: 'A flow must start somewhere: drag the end of this arrow to another state.' };
  if (machineAt(definition, machineOfEdge(edge)) === undefined || stateIn(definition, source) === undefined)
    return { ok: false, reason: 'That transition is gone.' };
  const state = stateIn(definition, source);
  if (edge === `${source}/Next` && state !== undefined)
    return changed(document, replaceAt(treeOf(definition), source, withNext(treeOf(state), null)));
  if (edge === `${source}/Default`) return changed(document, replaceAt(treeOf(definition), edge, undefined));
  return changed(document, withoutRow(definition, above(edge, 1)));
}

/** A rule or catcher goes whole; the last catcher takes the list with it. */
function withoutRow(definition: Definition, row: string) {
  const tree = replaceAt(treeOf(definition), row, undefined);
  const list = above(row, 1);
  const isLast = tokens(row).at(-2) === 'Catch' && lastOf(row) === '0' && isEmptyAt(tree, list);
  return isLast ? replaceAt(tree, list, undefined) : tree;
}

function isEmptyAt(tree: ReturnType<typeof replaceAt>, list: string): boolean {
  const owner = stateIn(definitionOf(tree), above(list, 1));
  return owner !== undefined && 'Catch' in owner && owner.Catch?.length === 0;
}

function changed(document: Document, tree: ReturnType<typeof replaceAt>): Edited {
  return { ok: true, document: { ...document, definition: definitionOf(tree) } };
}

/** The layout without places of (or inside) some states. */
export function withoutPlaces(layout: Layout, pointers: readonly string[]): Layout {
  const kept = Object.entries(layout).filter(
    ([place]) => !pointers.some((pointer) => isWithin(place, pointer)),
  );
  return kept.length === Object.keys(layout).length ? layout : Object.fromEntries(kept);
}
