import type { Box } from './arrange';
import type { Scene } from './target';

export type Direction = 'up' | 'down' | 'left' | 'right';

/**
 * The state that the arrow key leads to: down follows the arrows and goes into containers first, up goes back; left
 * and right take the nearest card at that side. Without a state to go from, the first one.
 */
export function neighbourOf(
  { graph, arrangement }: Scene,
  from: string | undefined,
  direction: Direction,
): string | undefined {
  const start = [...graph.states.keys()].find((pointer) => arrangement.boxes.has(pointer));
  const box = from === undefined ? undefined : arrangement.boxes.get(from);
  if (box === undefined) return start;
  const candidates = [...arrangement.boxes.values()].filter(
    ({ kind, id }) => (kind === 'card' || kind === 'container') && id !== box.id,
  );
  let best: { id: string; cost: number } | undefined;
  for (const other of candidates) {
    const cost = costOf(box, other, direction);
    if (cost !== undefined && cost < (best?.cost ?? Number.POSITIVE_INFINITY)) best = { id: other.id, cost };
  }
  return best?.id;
}

/** How far it is in a direction; what lies askew counts double. Undefined for what does not lie there. */
function costOf(from: Box, to: Box, direction: Direction): number | undefined {
  const one = headOf(from);
  const other = headOf(to);
  const isVertical = direction === 'up' || direction === 'down';
  const sign = direction === 'down' || direction === 'right' ? 1 : -1;
  const along = sign * (isVertical ? other.y - one.y : other.x - one.x);
  const across = Math.abs(isVertical ? other.x - one.x : other.y - one.y);
  return along <= 4 || across > 3 * along + 240 ? undefined : along + 2 * across;
}

/** The middle of a card, or of the header of a container. */
function headOf({ absolute, width, height }: Box) {
  return { x: absolute.x + width / 2, y: absolute.y + Math.min(height, 56) / 2 };
}
