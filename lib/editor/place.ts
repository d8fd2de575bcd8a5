import { stateNamed, statePointer, transitions } from '@/lib/flow/graph';
import type { Definition, Machine, State } from '@/lib/flow/model';
import { child } from '@/lib/flow/pointer';
import type { Document, Edited, Layout, Point } from './document';
import { mayLeave, mayStandBetween } from './may';
import { lastOf, machineOf } from './pointer';
import { flows, withNext } from './transitions';
import { definitionOf, machineIn, replaceAt, stateFrom, treeOf, withMachine, withStates } from './tree';

/** Where a state is put. */
export type Spot =
  /** Between two states, on a transition, by its pointer (`/States/A/Next`, or `/StartAt` for the first). */
  | { readonly at: 'edge'; readonly edge: string }
  /** Right after a state, before what follows it now. */
  | { readonly at: 'after'; readonly state: string }
  /** On free ground of a machine; it becomes the start where the machine is empty. */
  | { readonly at: 'machine'; readonly machine: string; readonly position?: Point };

/** The machine that a spot is in. */
export function machineOfSpot(spot: Spot): string {
  if (spot.at === 'machine') return spot.machine;
  return spot.at === 'after' ? machineOf(spot.state) : machineOfEdge(spot.edge);
}

/** The machine that the transition at a pointer is in. */
export function machineOfEdge(edge: string): string {
  return edge.endsWith('/StartAt') ? edge.slice(0, -'/StartAt'.length) : machineOf(sourceOfEdge(edge));
}

/** The state that a transition comes from; for the start of a machine, the pointer of the machine. */
export function sourceOfEdge(edge: string): string {
  return edge.replace(/\/(?:StartAt|Next|Default|(?:Choices|Catch)\/\d+\/Next)$/, '');
}

/**
 * Puts a state that is not yet in the definition (its name is free, its way out open) at a spot and joins it up: on a
 * transition it takes the target over, after a state its follower.
 */
export function placed(document: Document, spot: Spot, name: string, state: State): Edited {
  const { definition } = document;
  const machinePointer = machineOfSpot(spot);
  const machine = machineIn(definition, machinePointer);
  const joined = join(machine, machinePointer, spot, { name, state });
  if (typeof joined === 'string') return { ok: false, reason: joined };
  const pointer = statePointer(machinePointer, name);
  const layout =
    spot.at === 'machine' ? withPosition(document.layout, pointer, spot.position) : document.layout;
  const drawn = { ...document, definition: withMachine(definition, machinePointer, joined), layout };
  return { ok: true, document: drawn, select: [pointer] };
}

interface Named {
  readonly name: string;
  readonly state: State;
}

function join(machine: Machine, pointer: string, spot: Spot, { name, state }: Named): Machine | string {
  if (spot.at === 'machine') {
    const start = Object.keys(machine.States).length === 0 ? { StartAt: name } : {};
    return { ...withStates(machine, [...Object.entries(machine.States), [name, state]]), ...start };
  }
  if (spot.at === 'after') return joinAfter(machine, lastOf(spot.state), { name, state });
  return joinOn(machine, spot.edge.slice(pointer.length), { name, state });
}

/** `edge` is relative to the machine. */
function joinOn(machine: Machine, edge: string, { name, state }: Named): Machine | string {
  const source = edge === '/StartAt' ? undefined : lastOf(sourceOfEdge(edge));
  const target = targetOf(machine, edge);
  if (target === undefined) return 'That transition is gone.';
  const refusal = mayStandBetween(state);
  if (refusal !== undefined) return refusal;
  const joined = withStateAfter(machine, source, [name, leadingTo(state, target)]);
  // The edge's field is in the source state (or is StartAt), which keeps its place.
  return asMachine(replaceAt(treeOf(joined), edge, name));
}

function joinAfter(machine: Machine, before: string, { name, state }: Named): Machine | string {
  const source = stateNamed(machine, before);
  if (source === undefined) return `"${before}" is gone.`;
  const refusal = mayLeave(source, before);
  if (refusal !== undefined) return refusal;
  const edge = child(statePointer('', before), source.Type === 'Choice' ? 'Default' : 'Next');
  if (targetOf(machine, edge) !== undefined) return joinOn(machine, edge, { name, state });
  const leading = leadingTo(source, name);
  const states = Object.entries(machine.States).map(([key, old]): [string, State] => [
    key,
    key === before ? leading : old,
  ]);
  return withStateAfter(withStates(machine, states), before, [name, state]);
}

/** The state with its main way out (Next, or a Choice's Default) leading to `target`. */
function leadingTo(state: State, target: string): State {
  if (state.Type === 'Choice') return { ...state, Default: target };
  return flows(state) ? stateFrom(withNext(treeOf(state), target)) : state;
}

/** The name that the transition at `edge` (relative to the machine) leads to. */
function targetOf(machine: Machine, edge: string): string | undefined {
  if (edge === '/StartAt') return machine.StartAt === '' ? undefined : machine.StartAt;
  const name = lastOf(sourceOfEdge(edge));
  const source = stateNamed(machine, name);
  const prefix = statePointer('', name);
  return source && transitions(source).find(({ pointer }) => prefix + pointer === edge)?.target;
}

/** New states stand in the text after the state that they follow, or first. */
function withStateAfter(
  machine: Machine,
  before: string | undefined,
  entry: readonly [string, State],
): Machine {
  const entries = Object.entries(machine.States);
  const at = before === undefined ? 0 : entries.findIndex(([name]) => name === before) + 1;
  return withStates(machine, [...entries.slice(0, at), entry, ...entries.slice(at)]);
}

function asMachine(tree: ReturnType<typeof replaceAt>): Machine {
  return definitionOf(tree);
}

/** The layout with one state at another place; undefined leaves it to the automatic layout. */
function withPosition(layout: Layout, pointer: string, position: Point | undefined): Layout {
  return position === undefined ? layout : { ...layout, [pointer]: position };
}

/** The query language that new states of a definition are written in. */
export function languageOf(definition: Definition): 'JSONPath' | 'JSONata' {
  return definition.QueryLanguage ?? 'JSONPath';
}
