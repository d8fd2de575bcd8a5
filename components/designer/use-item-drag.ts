import { type PointerEvent, type RefObject, useRef, useState } from 'react';
import type { CanvasHandle } from '@/components/canvas/Drawing';
import type { Point } from '@/lib/editor/document';
import type { Spot } from '@/lib/editor/place';
import type { Item } from './kinds';

interface Held {
  readonly item: Item;
  readonly at: Point;
  readonly zoom: number;
}

/** How far the pointer moves before a press is a drag. */
const slack = 4;

/**
 * Dragging from the palette with mouse, pen or finger. The canvas shows where it would go while it is in the hand;
 * Escape lets it fall. A press that does not move is a click.
 */
export function useItemDrag(
  canvas: RefObject<CanvasHandle | null>,
  onDrop: (item: Item, spot: Spot) => void,
) {
  const [held, setHeld] = useState<Held>();
  const pressed = useRef<Point | null>(null);
  const wasDragged = useRef(false);
  const letFall = () => {
    canvas.current?.showDrop(undefined);
    pressed.current = null;
    setHeld(undefined);
  };
  const move = (event: PointerEvent, item: Item) => {
    const from = pressed.current;
    if (from === null) return;
    const at = { x: event.clientX, y: event.clientY };
    if (!wasDragged.current && Math.hypot(at.x - from.x, at.y - from.y) < slack) return;
    wasDragged.current = true;
    setHeld({ item, at, zoom: canvas.current?.zoom() ?? 1 });
    canvas.current?.showDrop(canvas.current.spotAt(at));
  };
  const release = (event: PointerEvent, item: Item) => {
    const spot = wasDragged.current
      ? canvas.current?.spotAt({ x: event.clientX, y: event.clientY })
      : undefined;
    const wasHeld = pressed.current !== null;
    letFall();
    if (wasHeld && spot !== undefined) onDrop(item, spot.at === 'machine' ? centred(spot) : spot);
  };
  const grip = (item: Item, press: () => void) => ({
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      if (event.button !== 0) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      pressed.current = { x: event.clientX, y: event.clientY };
      wasDragged.current = false;
    },
    onPointerMove: (event: PointerEvent) => move(event, item),
    onPointerUp: (event: PointerEvent) => release(event, item),
    onPointerCancel: letFall,
    onKeyDown: (event: { readonly key: string }) => {
      if (event.key === 'Escape') letFall();
    },
    onClick: () => {
      if (!wasDragged.current) press();
      wasDragged.current = false;
    },
  });
  return { held, grip };
}

/** The card's corner, where its middle was let go. */
function centred(spot: Extract<Spot, { at: 'machine' }>): Spot {
  const { position } = spot;
  if (position === undefined) return spot;
  return { ...spot, position: { x: Math.round(position.x - 116), y: Math.round(position.y - 28) } };
}
