import type { Point } from './document';
import type { Way } from './route';
import type { Placement, Shape, ShapeNode } from './shape';
import { columnGap, rowGap } from './size';

type Edge = Shape['edges'][number];

/** How far a way keeps from the boxes that it goes around, and from other ways. */
const clear = 20;
const lanes = 6;
const labelRoom = 28;

/**
 * A plain layout whose time grows with the size of the machine only: each state one row below what leads to it. It is
 * for machines that are too large to wait for the layout worker, and for pages in which there is no worker.
 */
export function inRows(shape: Shape): Placement {
  const nodes = new Map(
    [...shape.starts, ...shape.states].map((node): [string, ShapeNode] => [node.id, node]),
  );
  const ahead = forwardEdges(shape, [...nodes.keys()]);
  const rows = rowsOf(nodes, ahead.order, ahead.edges);
  const places = placed(rows, nodes, ahead.edges);
  const rowOf = new Map(rows.flatMap((row, index) => row.map((id): [string, number] => [id, index])));
  const rights = rows.map((row) =>
    Math.max(...row.map((id) => (places.get(id)?.x ?? 0) + (nodes.get(id)?.width ?? 0))),
  );
  const ways: Record<string, Way> = {};
  const labels: Record<string, Point> = {};
  let around = 0;
  for (const edge of shape.edges) {
    const from = rowOf.get(edge.source) ?? 0;
    const to = rowOf.get(edge.target) ?? 0;
    if (to === from + 1) continue;
    const right = Math.max(...rights.slice(Math.min(from, to), Math.max(from, to) + 1));
    const way = wayAround(edge, { nodes, places, x: right + clear + (around % lanes) * 12 });
    around += 1;
    ways[edge.id] = way;
    if (edge.label !== undefined) labels[edge.id] = besideStart(way, edge);
  }
  return { ...extent(places, nodes, ways), nodes: Object.fromEntries(places), ways, labels };
}

interface Walk {
  readonly out: ReadonlyMap<string, readonly Edge[]>;
  /** States that the walk has left; they stand in `after` in the order of leaving. */
  readonly done: Set<string>;
  /** States on the way from where the walk began. */
  readonly open: Set<string>;
  readonly after: string[];
  /** Edges to states that are open: they lead back. */
  readonly back: Set<string>;
}

/** The edges that do not lead back, and the states in an order in which they only lead ahead. */
function forwardEdges(
  shape: Shape,
  ids: readonly string[],
): { order: readonly string[]; edges: readonly Edge[] } {
  const out = new Map<string, Edge[]>();
  for (const edge of shape.edges) out.set(edge.source, [...(out.get(edge.source) ?? []), edge]);
  const walked: Walk = { out, done: new Set(), open: new Set(), after: [], back: new Set() };
  for (const id of ids) if (!walked.done.has(id)) walk(walked, id);
  return { order: walked.after.reverse(), edges: shape.edges.filter(({ id }) => !walked.back.has(id)) };
}

/** Depth first, with a path of its own: flows are deeper than the stack. */
function walk({ out, done, open, after, back }: Walk, start: string) {
  const path = [{ id: start, next: 0 }];
  open.add(start);
  for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
    const edge = out.get(top.id)?.[top.next];
    top.next += 1;
    if (edge === undefined) {
      path.pop();
      open.delete(top.id);
      done.add(top.id);
      after.push(top.id);
    } else if (open.has(edge.target)) back.add(edge.id);
    else if (!done.has(edge.target)) {
      open.add(edge.target);
      path.push({ id: edge.target, next: 0 });
    }
  }
}

/** Each state below all that leads to it. */
function rowsOf(
  nodes: ReadonlyMap<string, ShapeNode>,
  order: readonly string[],
  edges: readonly Edge[],
): string[][] {
  const depth = new Map<string, number>();
  const out = new Map<string, string[]>();
  for (const { source, target } of edges) out.set(source, [...(out.get(source) ?? []), target]);
  for (const id of order) {
    const own = depth.get(id) ?? 0;
    depth.set(id, own);
    for (const target of out.get(id) ?? []) depth.set(target, Math.max(depth.get(target) ?? 0, own + 1));
  }
  const rows: string[][] = [];
  for (const id of nodes.keys()) {
    const row = depth.get(id) ?? 0;
    while (rows.length <= row) rows.push([]);
    rows[row]?.push(id);
  }
  return rows;
}

/** Under the middle of what leads there (at the right of it, from its side), without overlaps. */
function placed(
  rows: readonly (readonly string[])[],
  nodes: ReadonlyMap<string, ShapeNode>,
  edges: readonly Edge[],
): Map<string, Point> {
  const into = new Map<string, Edge[]>();
  for (const edge of edges) into.set(edge.target, [...(into.get(edge.target) ?? []), edge]);
  const labelled = new Set(edges.filter(({ label }) => label !== undefined).map(({ source }) => source));
  const places = new Map<string, Point>();
  let y = 0;
  for (const row of rows) {
    const wanted = row.map((id) => ({
      id,
      x: wantedX(into.get(id) ?? [], places, nodes) - (nodes.get(id)?.width ?? 0) / 2,
    }));
    wanted.sort((one, other) => one.x - other.x);
    let free = Number.NEGATIVE_INFINITY;
    for (const { id, x } of wanted) {
      const at = Math.max(x, free);
      places.set(id, { x: at, y });
      free = at + (nodes.get(id)?.width ?? 0) + columnGap;
    }
    const room = row.some((id) => labelled.has(id)) ? labelRoom : 0;
    y += Math.max(...row.map((id) => nodes.get(id)?.height ?? 0)) + rowGap + room;
  }
  const left = Math.min(...[...places.values()].map(({ x }) => x));
  return new Map(
    [...places].map(([id, at]): [string, Point] => [id, { x: Math.round(at.x - left), y: at.y }]),
  );
}

function wantedX(
  edges: readonly Edge[],
  places: ReadonlyMap<string, Point>,
  nodes: ReadonlyMap<string, ShapeNode>,
): number {
  const main = edges.filter(({ exit }) => exit === 'main');
  const decisive = main.length > 0 ? main : edges;
  if (decisive.length === 0) return 0;
  const middles = decisive.map(({ source, exit }) => {
    const width = nodes.get(source)?.width ?? 0;
    return (places.get(source)?.x ?? 0) + width / 2 + (exit === 'side' ? width + columnGap : 0);
  });
  return middles.reduce((sum, x) => sum + x, 0) / middles.length;
}

interface Ground {
  readonly nodes: ReadonlyMap<string, ShapeNode>;
  readonly places: ReadonlyMap<string, Point>;
  /** Where there is nothing in the way. */
  readonly x: number;
}

function wayAround({ source, target, exit }: Edge, { nodes, places, x }: Ground): Way {
  const from = places.get(source) ?? { x: 0, y: 0 };
  const to = places.get(target) ?? { x: 0, y: 0 };
  const width = nodes.get(source)?.width ?? 0;
  const height = nodes.get(source)?.height ?? 0;
  const end = { x: to.x + (nodes.get(target)?.width ?? 0) / 2, y: to.y };
  const down = [{ x, y: end.y - clear }, { x: end.x, y: end.y - clear }, end];
  if (exit === 'side') {
    const start = { x: from.x + width, y: from.y + height / 2 };
    return [start, { x, y: start.y }, ...down];
  }
  const start = { x: from.x + width / 2, y: from.y + height };
  return [start, { x: start.x, y: start.y + clear }, { x, y: start.y + clear }, ...down];
}

/** Labels of long ways stand where these begin. */
function besideStart(way: Way, { exit, label }: Edge): Point {
  const from = way[exit === 'side' ? 0 : 1] ?? { x: 0, y: 0 };
  return { x: from.x + 12 + (label?.width ?? 0) / 2, y: from.y };
}

function extent(
  places: ReadonlyMap<string, Point>,
  nodes: ReadonlyMap<string, ShapeNode>,
  ways: Readonly<Record<string, Way>>,
) {
  let width = 0;
  let height = 0;
  for (const [id, { x, y }] of places) {
    width = Math.max(width, x + (nodes.get(id)?.width ?? 0));
    height = Math.max(height, y + (nodes.get(id)?.height ?? 0));
  }
  for (const way of Object.values(ways)) for (const { x } of way) width = Math.max(width, x);
  return { width, height };
}
