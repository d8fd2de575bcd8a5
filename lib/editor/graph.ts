import { isObject } from '@/lib/expression/json';
import { nested, stateNamed, statePointer, transitions } from '@/lib/flow/graph';
import type { Definition, Machine, State } from '@/lib/flow/model';
import type { Exit } from './connect';
import { ruleSummary } from './summary';

/** A definition as boxes and arrows. Machines are drawn inside their Parallel or Map; arrows never leave a machine. */
export interface Graph {
  /** By pointer; the flow itself under the empty string. Outer ones come before what is inside them. */
  readonly machines: ReadonlyMap<string, DrawnMachine>;
  readonly states: ReadonlyMap<string, DrawnState>;
  readonly edges: ReadonlyMap<string, DrawnEdge>;
}

export interface DrawnMachine {
  readonly pointer: string;
  /** The Parallel or Map around it. */
  readonly owner: string | undefined;
  /** `Branch 2`; empty for the flow and for the only machine of a Map. */
  readonly title: string;
  /** Pointers, in the order of the text. */
  readonly states: readonly string[];
  readonly edges: readonly DrawnEdge[];
}

export interface DrawnState {
  readonly pointer: string;
  readonly name: string;
  readonly state: State;
  readonly machine: string;
  /** The machines drawn inside it. */
  readonly machines: readonly string[];
}

export interface DrawnEdge {
  /** The pointer of the field that holds the target. */
  readonly id: string;
  /** A state, or for the start of a machine the edge's own id. */
  readonly source: string;
  readonly target: string;
  readonly kind: 'start' | 'next' | 'rule' | 'default' | 'catch';
  readonly exit: Exit;
  readonly label: string;
}

/** The boxes and arrows of a definition. Transitions to states that are not there are left out: `check` reports them. */
export function graphOf(definition: Definition): Graph {
  const graph = { machines: new Map(), states: new Map(), edges: new Map() };
  draw(graph, definition, { pointer: '', owner: undefined, title: '' });
  return graph;
}

interface Growing extends Graph {
  readonly machines: Map<string, DrawnMachine>;
  readonly states: Map<string, DrawnState>;
  readonly edges: Map<string, DrawnEdge>;
}

type Head = Pick<DrawnMachine, 'pointer' | 'owner' | 'title'>;

function draw(graph: Growing, machine: Machine, head: Head) {
  const names = Object.keys(machine.States);
  const edges = edgesOf(machine, head.pointer);
  const states = names.map((name) => statePointer(head.pointer, name));
  graph.machines.set(head.pointer, { ...head, states, edges });
  for (const edge of edges) graph.edges.set(edge.id, edge);
  for (const [name, state] of Object.entries(machine.States)) drawState(graph, head.pointer, name, state);
}

function drawState(graph: Growing, machine: string, name: string, state: State) {
  const pointer = statePointer(machine, name);
  const inner = nested(state).map((inside) => ({ ...inside, pointer: pointer + inside.pointer }));
  graph.states.set(pointer, {
    pointer,
    name,
    state,
    machine,
    machines: inner.map((inside) => inside.pointer),
  });
  for (const [index, inside] of inner.entries()) {
    const title = state.Type === 'Parallel' ? (inside.machine.Comment ?? `Branch ${index + 1}`) : '';
    draw(graph, inside.machine, { pointer: inside.pointer, owner: pointer, title });
  }
}

function edgesOf(machine: Machine, pointer: string): readonly DrawnEdge[] {
  const edges: DrawnEdge[] = [];
  if (stateNamed(machine, machine.StartAt) !== undefined) {
    const id = `${pointer}/StartAt`;
    edges.push({
      id,
      source: id,
      target: statePointer(pointer, machine.StartAt),
      kind: 'start',
      exit: 'main',
      label: '',
    });
  }
  for (const [name, state] of Object.entries(machine.States)) {
    const source = statePointer(pointer, name);
    for (const { kind, target, pointer: field, index = 0 } of transitions(state)) {
      if (stateNamed(machine, target) === undefined) continue;
      const exit = kind === 'catch' || kind === 'default' ? 'side' : 'main';
      const label = labelOf(state, kind, index);
      edges.push({ id: source + field, source, target: statePointer(pointer, target), kind, exit, label });
    }
  }
  return edges;
}

function labelOf(state: State, kind: DrawnEdge['kind'], index: number): string {
  if (kind === 'default') return 'otherwise';
  if (kind === 'rule' && state.Type === 'Choice') {
    const rule = state.Choices[index];
    return isObject(rule) ? ruleSummary(rule) : '';
  }
  if (kind !== 'catch' || !('Catch' in state)) return '';
  const errors = state.Catch?.[index]?.ErrorEquals ?? [];
  return errors.length === 1 && errors[0] === 'States.ALL' ? 'any error' : errors.join(', ');
}
