import type { Point } from './document';

/** Geometry of arrows: a way is a list of corners, drawn with rounded bends. */
export type Way = readonly Point[];

const stub = 20;
const radius = 6;

/** A way from the bottom of one box to the top of another; one that leads up again goes around at the side. */
export function wayBetween(from: Point, to: Point, sideways = false): Way {
  if (sideways) return wayFromSide(from, to);
  if (to.y - from.y >= stub) {
    if (Math.abs(from.x - to.x) < 1) return [from, to];
    const middle = Math.round((from.y + to.y) / 2);
    return [from, { x: from.x, y: middle }, { x: to.x, y: middle }, to];
  }
  const around = Math.max(from.x, to.x) + 150;
  return [
    from,
    { x: from.x, y: from.y + stub },
    { x: around, y: from.y + stub },
    { x: around, y: to.y - stub },
    { x: to.x, y: to.y - stub },
    to,
  ];
}

function wayFromSide(from: Point, to: Point): Way {
  if (to.x > from.x + stub && to.y > from.y) return [from, { x: to.x, y: from.y }, to];
  const around = Math.max(from.x + stub, to.x - from.x < 0 ? from.x + stub : to.x);
  const above = to.y - stub;
  return [from, { x: around, y: from.y }, { x: around, y: above }, { x: to.x, y: above }, to];
}

/** The `d` of an SVG path along a way. */
export function pathOf(way: Way): string {
  const [first, ...rest] = way;
  if (first === undefined) return '';
  let d = `M${first.x} ${first.y}`;
  for (const [index, corner] of rest.entries()) {
    const next = rest[index + 1];
    d += next === undefined ? `L${corner.x} ${corner.y}` : bend(way[index] ?? first, corner, next);
  }
  return d;
}

function bend(before: Point, corner: Point, after: Point): string {
  const reach = Math.min(radius, distance(before, corner) / 2, distance(corner, after) / 2);
  const start = towards(corner, before, reach);
  const end = towards(corner, after, reach);
  return `L${start.x} ${start.y}Q${corner.x} ${corner.y} ${end.x} ${end.y}`;
}

/** The point halfway along a way, where its label and its button stand. */
export function middleOf(way: Way): Point {
  let left = lengthOf(way) / 2;
  for (const [index, to] of way.entries()) {
    const from = way[index - 1];
    if (from === undefined) continue;
    const length = distance(from, to);
    if (length >= left) return towards(from, to, left);
    left -= length;
  }
  return way[0] ?? { x: 0, y: 0 };
}

function lengthOf(way: Way): number {
  return way.reduce((sum, to, index) => sum + distance(way[index - 1] ?? to, to), 0);
}

/** How far a point is from the nearest part of a way. */
export function distanceTo(way: Way, point: Point): number {
  let nearest = Number.POSITIVE_INFINITY;
  for (const [index, to] of way.entries())
    nearest = Math.min(nearest, fromSegment(way[index - 1] ?? to, to, point));
  return nearest;
}

function fromSegment(from: Point, to: Point, point: Point): number {
  const squared = (to.x - from.x) ** 2 + (to.y - from.y) ** 2;
  if (squared === 0) return distance(from, point);
  const along = ((point.x - from.x) * (to.x - from.x) + (point.y - from.y) * (to.y - from.y)) / squared;
  const share = Math.min(1, Math.max(0, along));
  return distance(point, { x: from.x + share * (to.x - from.x), y: from.y + share * (to.y - from.y) });
}

function distance(from: Point, to: Point): number {
  return Math.hypot(from.x - to.x, from.y - to.y);
}

function towards(from: Point, to: Point, by: number): Point {
  const length = distance(from, to);
  if (length === 0) return from;
  return { x: from.x + ((to.x - from.x) / length) * by, y: from.y + ((to.y - from.y) / length) * by };
}
