import { isObject, type Json, type JsonObject } from '@/lib/expression/json';
import { locate, machineAt } from '@/lib/flow/graph';
import type { Definition, Machine, State } from '@/lib/flow/model';
import { tokens } from '@/lib/flow/pointer';

/**
 * A definition is JSON and its types are a view of it. Edits work on the JSON; the casts between view and tree are
 * in this file only. They hold because `isDefinition` accepted what came in and edits keep its outline.
 */
export function treeOf(value: Machine | State): JsonObject {
  // The interfaces lack an index signature but describe nothing except JSON.
  return value as unknown as JsonObject;
}

/** The definition that a tree is, after an edit that keeps its outline. */
export function definitionOf(tree: Json): Definition {
  // Edits replace states by states and machines by machines.
  return tree as unknown as Definition;
}

/** The state that a tree is; callers hand in objects with a known Type. */
export function stateFrom(tree: JsonObject): State {
  // What is handed in came from a state or is a blank one.
  return tree as unknown as State;
}

/** The state that a pointer names exactly, or undefined where there is none (any more). */
export function stateIn(definition: Definition, pointer: string): State | undefined {
  const located = locate(definition, pointer);
  return located?.pointer === pointer ? located.state : undefined;
}

/** The machine at a pointer; a pointer that leads to none is a defect of the caller. */
export function machineIn(definition: Definition, pointer: string): Machine {
  const machine = machineAt(definition, pointer);
  if (machine === undefined)
    throw new Error(`there is no machine at "${pointer}": the pointer is older than the document`);
  return machine;
}

/** The definition with another machine at a pointer. */
export function withMachine(definition: Definition, pointer: string, machine: Machine): Definition {
  return definitionOf(replaceAt(treeOf(definition), pointer, treeOf(machine)));
}

/** The machine with other states. */
export function withStates(machine: Machine, states: Iterable<readonly [string, State]>): Machine {
  return { ...machine, States: Object.fromEntries(states) };
}

/** The value at `pointer`, or undefined where there is none. */
export function valueAt(tree: Json, pointer: string): Json | undefined {
  let at: Json | undefined = tree;
  for (const token of tokens(pointer)) {
    if (Array.isArray(at)) at = at[Number(token)];
    else if (isObject(at) && Object.hasOwn(at, token)) at = at[token];
    else return undefined;
  }
  return at;
}

/**
 * The tree with `value` at `pointer`; undefined removes it (array elements close up). Missing objects on the way are
 * made. The order of keys is kept and a new key comes last. Returns the same tree where nothing changes.
 */
export function replaceAt(tree: Json, pointer: string, value: Json | undefined): Json {
  return withParts(tree, tokens(pointer), value);
}

function withParts(tree: Json, keys: readonly string[], value: Json | undefined): Json {
  const [key, ...rest] = keys;
  if (key === undefined) return value ?? {};
  if (Array.isArray(tree)) return withElement(tree, key, rest, value);
  const object = isObject(tree) ? tree : {};
  const old = Object.hasOwn(object, key) ? object[key] : undefined;
  if (old === undefined && value === undefined) return tree;
  if (rest.length === 0 && value === undefined) return without(object, key);
  const next = withParts(old ?? {}, rest, value);
  return next === old ? tree : { ...object, [key]: next };
}

function withElement(
  list: readonly Json[],
  key: string,
  rest: readonly string[],
  value: Json | undefined,
): Json {
  const index = key === '-' ? list.length : Number(key);
  const old = list[index];
  if (old === undefined && value === undefined) return list;
  if (rest.length === 0 && value === undefined) return list.filter((_, at) => at !== index);
  const next = withParts(old ?? {}, rest, value);
  if (next === old) return list;
  return old === undefined ? [...list, next] : list.map((item, at) => (at === index ? next : item));
}

/** The object without a key; the same object where it has none. */
export function without(object: JsonObject, key: string): JsonObject {
  if (!Object.hasOwn(object, key)) return object;
  return Object.fromEntries(Object.entries(object).filter(([name]) => name !== key));
}
