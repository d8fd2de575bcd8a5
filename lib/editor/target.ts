import type { Arrangement, Box } from './arrange';
import type { Point } from './document';
import type { DrawnEdge, Graph } from './graph';
import type { Spot } from './place';
import { isWithin } from './pointer';
import { distanceTo, type Way, wayBetween } from './route';
import { lane } from './size';

/** What is drawn, for questions about what is where. */
export interface Scene {
  readonly graph: Graph;
  readonly arrangement: Arrangement;
}

/** How near to an arrow counts as on it. */
const reach = 28;

/** The way of an arrow: the layout's where it still joins its two ends, else a new one. */
function wayOf({ graph, arrangement }: Scene, id: string): Way {
  const edge = graph.edges.get(id);
  const source = edge && arrangement.boxes.get(edge.source);
  const target = edge && arrangement.boxes.get(edge.target);
  if (edge === undefined || source === undefined || target === undefined) return [];
  return arrangement.ways.get(id) ?? wayBetween(exitOf(source, edge), entryOf(target), edge.exit === 'side');
}

function exitOf({ absolute, width, height }: Box, edge: DrawnEdge): Point {
  if (edge.exit === 'side') return { x: absolute.x + width, y: absolute.y + height / 2 };
  return { x: absolute.x + width / 2, y: absolute.y + height };
}

function entryOf({ absolute, width }: Box): Point {
  return { x: absolute.x + width / 2, y: absolute.y };
}

/**
 * Where something dropped at a point of the canvas goes: onto an arrow, after the state under it, or onto the ground
 * of the innermost machine there. `moved` are states in hand: they and what is in them are not looked at, and only one
 * alone that nothing is connected to may go onto an arrow.
 */
export function spotAt(scene: Scene, point: Point, moved: readonly string[] = []): Spot {
  const machine = machineAtPoint(scene, point, moved);
  const state = moved.length === 0 ? stateAtPoint(scene, machine, point) : undefined;
  if (state !== undefined) return { at: 'after', state };
  const edge = isLoose(scene.graph, moved) ? edgeAtPoint(scene, machine, point) : undefined;
  if (edge !== undefined) return { at: 'edge', edge };
  return { at: 'machine', machine, position: fromCorner(scene, machine, point) };
}

function isLoose({ states, machines }: Graph, moved: readonly string[]): boolean {
  const [only, ...others] = moved;
  if (only === undefined) return true;
  const edges = machines.get(states.get(only)?.machine ?? '')?.edges ?? [];
  return others.length === 0 && !edges.some(({ source, target }) => source === only || target === only);
}

/** A point of the canvas, measured from where a machine's content begins. */
export function fromCorner({ arrangement, graph }: Scene, machine: string, point: Point): Point {
  const box = arrangement.boxes.get(machine);
  if (box === undefined) return point;
  const title = graph.machines.get(machine)?.title === '' ? 0 : lane.title;
  return { x: point.x - box.absolute.x - lane.padding, y: point.y - box.absolute.y - lane.padding - title };
}

function machineAtPoint({ arrangement }: Scene, point: Point, moved: readonly string[]): string {
  let found = '';
  // Outer boxes come first, so the last one that holds the point is the innermost.
  for (const box of arrangement.boxes.values())
    if (box.kind === 'lane' && holds(box, point) && !moved.some((state) => isWithin(box.id, state)))
      found = box.id;
  return found;
}

function stateAtPoint({ graph, arrangement }: Scene, machine: string, point: Point): string | undefined {
  return graph.machines.get(machine)?.states.find((pointer) => {
    const box = arrangement.boxes.get(pointer);
    return box !== undefined && holds(box, point);
  });
}

function edgeAtPoint(scene: Scene, machine: string, point: Point): string | undefined {
  let nearest: { id: string; away: number } | undefined;
  for (const { id } of scene.graph.machines.get(machine)?.edges ?? []) {
    const away = distanceTo(wayOf(scene, id), point);
    if (away <= reach && away < (nearest?.away ?? Number.POSITIVE_INFINITY)) nearest = { id, away };
  }
  return nearest?.id;
}

function holds({ absolute, width, height }: Box, { x, y }: Point): boolean {
  return x >= absolute.x && x <= absolute.x + width && y >= absolute.y && y <= absolute.y + height;
}
