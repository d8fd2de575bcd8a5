import type { Point } from './document';
import type { DrawnState } from './graph';
import { isClosed, laneSize, type Measured, measured, type Question, titleHeight } from './measure';
import type { Way } from './route';
import type { Shape, ShapeNode } from './shape';
import { container, emptyLane, lane, type Size } from './size';

/** A box on the canvas. */
export interface Box extends Size {
  readonly id: string;
  readonly kind: 'start' | 'card' | 'container' | 'lane';
  /** The box that it is drawn in, and where in it. */
  readonly parent: string | undefined;
  readonly at: Point;
  /** The same from the corner of the canvas. */
  readonly absolute: Point;
}

export interface Arrangement {
  /** By id: states and lanes by pointer, starts by the pointer of their StartAt. Outer boxes come first. */
  readonly boxes: ReadonlyMap<string, Box>;
  /** From the corner of the canvas, where the layout gave a way. */
  readonly ways: ReadonlyMap<string, Way>;
  readonly labels: ReadonlyMap<string, Point>;
  /** Shapes that the automatic layout has yet to place; until then this is no arrangement to show. */
  readonly pending: readonly Shape[];
}

/** Where every box of a graph stands. Machines in which a person put a state stay as they were put. */
export function arrange(question: Question): Arrangement {
  const { machines, pending } = measured(question);
  const into = { question, machines, boxes: new Map(), ways: new Map(), labels: new Map() };
  if (pending.length === 0) putMachine(into, '', { x: 0, y: 0 }, { x: 0, y: 0 });
  return { boxes: into.boxes, ways: into.ways, labels: into.labels, pending };
}

interface Putting {
  readonly question: Question;
  readonly machines: Measured['machines'];
  readonly boxes: Map<string, Box>;
  readonly ways: Map<string, Way>;
  readonly labels: Map<string, Point>;
}

/** `corner` is where the machine's content begins on the canvas, `inset` where it begins in its lane. */
function putMachine(into: Putting, machine: string, corner: Point, inset: Point) {
  const known = into.machines.get(machine);
  if (known === undefined) return;
  const { shape, placement } = known;
  for (const node of [...shape.starts, ...shape.states])
    putNode(into, machine, node, { corner, inset, at: placement.nodes[node.id] ?? { x: 0, y: 0 } });
  for (const [id, way] of Object.entries(placement.ways)) {
    const moved = way.map((point) => sum(point, corner));
    into.ways.set(id, moved);
  }
  for (const [id, point] of Object.entries(placement.labels)) into.labels.set(id, sum(point, corner));
}

interface Where {
  readonly corner: Point;
  readonly inset: Point;
  readonly at: Point;
}

function putNode(into: Putting, machine: string, node: ShapeNode, { corner, inset, at }: Where) {
  const { graph, collapsed } = into.question;
  const state = graph.states.get(node.id);
  const absolute = sum(at, corner);
  const parent = machine === '' ? undefined : machine;
  const box = { ...node, parent, at: sum(at, inset), absolute };
  if (state === undefined) into.boxes.set(node.id, { ...box, kind: 'start' });
  else if (isClosed(state, collapsed)) into.boxes.set(node.id, { ...box, kind: 'card' });
  else {
    into.boxes.set(node.id, { ...box, kind: 'container' });
    putLanes(into, state, absolute, node);
  }
}

function putLanes(into: Putting, state: DrawnState, corner: Point, outer: Size) {
  const { graph } = into.question;
  const sizes = state.machines.map((machine) =>
    laneSize(graph, machine, into.machines.get(machine)?.placement ?? emptyLane),
  );
  const height = outer.height - container.header - container.padding;
  const used = sizes.reduce((all, { width }) => all + width, 0) + (sizes.length - 1) * container.gap;
  // A container is at least as wide as a card; what is left over goes to its last lane.
  const spare = outer.width - 2 * container.padding - used;
  let x = container.padding;
  for (const [index, machine] of state.machines.entries()) {
    const width = (sizes[index]?.width ?? 0) + (index === sizes.length - 1 ? spare : 0);
    const at = { x, y: container.header };
    const absolute = sum(at, corner);
    const inset = { x: lane.padding, y: lane.padding + titleHeight(graph, machine) };
    into.boxes.set(machine, {
      id: machine,
      kind: 'lane',
      parent: state.pointer,
      at,
      absolute,
      width,
      height,
    });
    putMachine(into, machine, sum(absolute, inset), inset);
    x += width + container.gap;
  }
}

function sum(one: Point, other: Point): Point {
  return { x: one.x + other.x, y: one.y + other.y };
}
