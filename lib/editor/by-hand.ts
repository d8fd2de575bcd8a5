import type { Layout, Point } from './document';
import type { Placement, Shape, ShapeNode } from './shape';
import { columnGap, rowGap, type Size } from './size';

type Sizes = ReadonlyMap<string, Size>;
type Places = ReadonlyMap<string, Point>;

/**
 * The placement of a machine in which people put states; those without a place go near what leads to them. The flow
 * itself (`machine` is empty) keeps the coordinates that were given, a nested machine begins at its own corner.
 */
export function byHand(shape: Shape, layout: Layout, machine: string): Placement {
  const nodes = [...shape.states, ...shape.starts];
  const sizes = new Map(nodes.map(({ id, ...size }): [string, Size] => [id, size]));
  const places = new Map<string, Point>();
  for (const { id } of shape.states) {
    const at = layout[id];
    if (at !== undefined) places.set(id, at);
  }
  for (const node of shape.states)
    if (!places.has(node.id))
      places.set(node.id, freePlace(near(node, shape, places, sizes), node, places, sizes));
  for (const node of shape.starts) places.set(node.id, aboveTarget(node, shape, places, sizes));
  return boxed(places, sizes, machine === '' ? { x: 0, y: 0 } : cornerOf(places));
}

/** Below the state that leads here, or below everything. */
function near(node: ShapeNode, shape: Shape, places: Places, sizes: Sizes): Point {
  const source = shape.edges.find((edge) => edge.target === node.id && places.has(edge.source))?.source ?? '';
  const before = places.get(source);
  if (before === undefined) return { x: cornerOf(places).x, y: lowest(places, sizes) + rowGap };
  const size = sizes.get(source) ?? node;
  return { x: before.x + (size.width - node.width) / 2, y: before.y + size.height + rowGap };
}

function aboveTarget(node: ShapeNode, shape: Shape, places: Places, sizes: Sizes): Point {
  const target = shape.edges.find((edge) => edge.source === node.id)?.target ?? '';
  const at = places.get(target) ?? { x: 0, y: 0 };
  return {
    x: at.x + ((sizes.get(target)?.width ?? 0) - node.width) / 2,
    y: at.y - node.height - rowGap + 12,
  };
}

/** The wanted place, or the next one to the right that nothing else covers. */
function freePlace(wanted: Point, size: Size, places: Places, sizes: Sizes): Point {
  let { x } = wanted;
  for (let tries = 0; tries < 50; tries += 1) {
    const hit = [...places].find(([id, at]) => overlaps({ x, y: wanted.y }, size, at, sizes.get(id)));
    if (hit === undefined) break;
    x = hit[1].x + (sizes.get(hit[0])?.width ?? 0) + columnGap;
  }
  return { x, y: wanted.y };
}

function overlaps(at: Point, size: Size, other: Point, otherSize: Size | undefined): boolean {
  if (otherSize === undefined) return false;
  const besides = at.x >= other.x + otherSize.width || other.x >= at.x + size.width;
  const aboveOrBelow = at.y >= other.y + otherSize.height || other.y >= at.y + size.height;
  return !besides && !aboveOrBelow;
}

function lowest(places: Places, sizes: Sizes): number {
  return Math.max(...[...places].map(([id, { y }]) => y + (sizes.get(id)?.height ?? 0)));
}

function cornerOf(places: Places): Point {
  const points = [...places.values()];
  return { x: Math.min(...points.map(({ x }) => x)), y: Math.min(...points.map(({ y }) => y)) };
}

function boxed(places: Places, sizes: Sizes, origin: Point): Placement {
  const nodes: Record<string, Point> = {};
  let width = 0;
  let height = 0;
  for (const [id, { x, y }] of places) {
    const size = sizes.get(id);
    nodes[id] = { x: x - origin.x, y: y - origin.y };
    width = Math.max(width, x - origin.x + (size?.width ?? 0));
    height = Math.max(height, y - origin.y + (size?.height ?? 0));
  }
  return { width, height, nodes, ways: {}, labels: {} };
}
