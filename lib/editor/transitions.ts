import { isObject, type Json, type JsonObject } from '@/lib/expression/json';
import { nested } from '@/lib/flow/graph';
import type { Machine, State } from '@/lib/flow/model';
import { definitionOf, replaceAt, stateFrom, treeOf, without } from './tree';

/** Whether a state has Next or End: all but Choice, Succeed and Fail. */
export function flows(state: State): boolean {
  return state.Type !== 'Choice' && state.Type !== 'Succeed' && state.Type !== 'Fail';
}

/** Whether a state may have Catch and Retry. */
export function catches(state: State): boolean {
  return state.Type === 'Task' || state.Type === 'Parallel' || state.Type === 'Map';
}

/** Where a target leads now; null takes the way out away: Next becomes End, a rule, a catcher, Default is removed. */
export type Retarget = (target: string) => string | null;

/** The state with each of its targets replaced. The same state where nothing changes. */
function withTargets(state: State, to: Retarget): State {
  let tree = treeOf(state);
  if (flows(state) && typeof tree.Next === 'string') tree = withNext(tree, to(tree.Next));
  if (state.Type === 'Choice') tree = withDefault(withRows(tree, 'Choices', to), to);
  if (catches(state)) tree = withRows(tree, 'Catch', to);
  return tree === treeOf(state) ? state : stateFrom(tree);
}

/** The fields of a flowing state that now goes on to `target`, or ends where it is null; in the old one's place. */
export function withNext(tree: JsonObject, target: string | null): JsonObject {
  if (target !== null && tree.Next === target && !Object.hasOwn(tree, 'End')) return tree;
  const entry: [string, Json] = target === null ? ['End', true] : ['Next', target];
  const isWay = ([key]: readonly [string, Json]) => key === 'Next' || key === 'End';
  const entries = Object.entries(tree);
  const at = entries.findIndex(isWay);
  if (at === -1) return { ...tree, [entry[0]]: entry[1] };
  return Object.fromEntries(
    entries.flatMap((old, index) => (index === at ? [entry] : isWay(old) ? [] : [old])),
  );
}

function withDefault(tree: JsonObject, to: Retarget): JsonObject {
  if (typeof tree.Default !== 'string') return tree;
  const target = to(tree.Default);
  if (target === tree.Default) return tree;
  return target === null ? without(tree, 'Default') : { ...tree, Default: target };
}

function withRows(tree: JsonObject, key: 'Choices' | 'Catch', to: Retarget): JsonObject {
  const rows = tree[key];
  if (!Array.isArray(rows)) return tree;
  const kept = rows.flatMap((row: Json) => {
    if (!isObject(row) || typeof row.Next !== 'string') return [row];
    const target = to(row.Next);
    if (target === row.Next) return [row];
    return target === null ? [] : [{ ...row, Next: target }];
  });
  if (kept.length === rows.length && kept.every((row, index) => row === rows[index])) return tree;
  return key === 'Catch' && kept.length === 0 ? without(tree, key) : { ...tree, [key]: kept };
}

/** The machine with the targets of all its states replaced, and StartAt too (null leaves it without a start). */
export function withMachineTargets(machine: Machine, to: Retarget): Machine {
  const states = Object.entries(machine.States).map(
    ([name, state]) => [name, withTargets(state, to)] as const,
  );
  const changed = states.some(([name, state]) => machine.States[name] !== state);
  const start = machine.StartAt === '' ? '' : (to(machine.StartAt) ?? '');
  if (!changed && start === machine.StartAt) return machine;
  return { ...machine, StartAt: start, States: changed ? Object.fromEntries(states) : machine.States };
}

/** The state with every machine inside it replaced by what `change` makes of it. */
export function withNested(state: State, change: (machine: Machine) => Machine): State {
  const tree = nested(state).reduce<Json>(
    (fields, { machine, pointer }) =>
      replaceAt(fields, pointer, treeOf(change(definitionOf(treeOf(machine))))),
    treeOf(state),
  );
  return isObject(tree) ? stateFrom(tree) : state;
}
