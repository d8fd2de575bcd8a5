import { byHand } from './by-hand';
import type { Layout } from './document';
import type { DrawnMachine, DrawnState, Graph } from './graph';
import type { Placement, Shape } from './shape';
import { card, container, emptyLane, labelSize, lane, type Size, startDot, startPill } from './size';

export interface Question {
  readonly graph: Graph;
  readonly layout: Layout;
  /** Containers that are drawn closed. */
  readonly collapsed: ReadonlySet<string>;
  /** What the automatic layout made of a shape; undefined where it was not asked yet. */
  readonly automatic: (shape: Shape) => Placement | undefined;
}

/** Each machine that has states, with the size of everything in it and where it stands. */
export interface Measured {
  readonly machines: ReadonlyMap<string, { readonly shape: Shape; readonly placement: Placement }>;
  /** Shapes that the automatic layout has yet to place, innermost first. */
  readonly pending: readonly Shape[];
}

interface Measuring extends Measured {
  readonly machines: Map<string, { readonly shape: Shape; readonly placement: Placement }>;
  readonly pending: Shape[];
}

/** Measures a graph from the inside out: a container is as large as what is in it. */
export function measured(question: Question): Measured {
  const into: Measuring = { machines: new Map(), pending: [] };
  measureMachine(question, '', into);
  return into;
}

/** The size of a machine; undefined while something in it has no place yet. */
function measureMachine(question: Question, machine: string, into: Measuring): Size | undefined {
  const drawn = question.graph.machines.get(machine);
  if (drawn === undefined || drawn.states.length === 0) return emptyLane;
  const sizes = new Map<string, Size>();
  for (const pointer of drawn.states) {
    const size = measureState(question, pointer, into);
    if (size !== undefined) sizes.set(pointer, size);
  }
  if (sizes.size < drawn.states.length) return undefined;
  const shape = shapeOf(drawn, sizes);
  const placement = isByHand(drawn, question.layout)
    ? byHand(shape, question.layout, machine)
    : question.automatic(shape);
  if (placement === undefined) into.pending.push(shape);
  else into.machines.set(machine, { shape, placement });
  return placement;
}

function isByHand(drawn: DrawnMachine, layout: Layout): boolean {
  return drawn.states.some((pointer) => Object.hasOwn(layout, pointer));
}

function measureState(question: Question, pointer: string, into: Measuring): Size | undefined {
  const state = question.graph.states.get(pointer);
  if (state === undefined || isClosed(state, question.collapsed)) return card;
  const inner = state.machines.map((machine) => measureMachine(question, machine, into));
  const known = inner.filter((size) => size !== undefined);
  return known.length === inner.length ? containerSize(question.graph, state, known) : undefined;
}

/** Whether a state is drawn as a card: it has nothing inside, or is folded. */
export function isClosed(state: DrawnState, collapsed: ReadonlySet<string>): boolean {
  return state.machines.length === 0 || collapsed.has(state.pointer);
}

function containerSize(graph: Graph, state: DrawnState, inner: readonly Size[]): Size {
  const lanes = inner.map((size, index) => laneSize(graph, state.machines[index] ?? '', size));
  const width = lanes.reduce((all, { width: wide }) => all + wide, 0) + (lanes.length - 1) * container.gap;
  const height = Math.max(...lanes.map(({ height: high }) => high));
  return {
    width: Math.max(card.width, width + 2 * container.padding),
    height: container.header + height + container.padding,
  };
}

/** The size of a branch or body whose content has a size. */
export function laneSize(graph: Graph, machine: string, content: Size): Size {
  const isEmpty = graph.machines.get(machine)?.states.length === 0;
  const padding = isEmpty ? 0 : lane.padding;
  const title = titleHeight(graph, machine);
  return { width: content.width + 2 * padding, height: content.height + 2 * padding + title };
}

export function titleHeight(graph: Graph, machine: string): number {
  return graph.machines.get(machine)?.title === '' ? 0 : lane.title;
}

function shapeOf(drawn: DrawnMachine, sizes: ReadonlyMap<string, Size>): Shape {
  const start = drawn.pointer === '' ? startPill : startDot;
  const starts = drawn.edges.filter(({ kind }) => kind === 'start').map(({ id }) => ({ id, ...start }));
  const states = drawn.states.map((id) => ({ id, ...(sizes.get(id) ?? card) }));
  const edges = drawn.edges.map((edge) => {
    const { id, source, target, exit } = edge;
    const label = labelSize(edge);
    return { id, source, target, exit, ...(label === undefined ? {} : { label }) };
  });
  return { starts, states, edges };
}
