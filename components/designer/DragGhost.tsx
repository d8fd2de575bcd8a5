import { createPortal } from 'react-dom';
import type { Point } from '@/lib/editor/document';
import { card } from '@/lib/editor/size';
import type { Item } from './kinds';

interface DragGhostProps {
  readonly item: Item;
  readonly at: Point;
  /** The canvas's zoom: the ghost is as large as the card will be. */
  readonly zoom: number;
}

/** What is being dragged from the palette, under the pointer. */
export function DragGhost({ item, at, zoom }: DragGhostProps) {
  return createPortal(
    <div
      aria-hidden
      className="pointer-events-none fixed top-0 left-0 z-50 flex items-center gap-2.5 rounded-lg border border-accent bg-surface px-3 opacity-90 shadow-overlay"
      style={{
        ...card,
        transform: `translate(${at.x}px, ${at.y}px) scale(${zoom}) translate(-50%, -50%)`,
        transformOrigin: '0 0',
      }}
    >
      <item.icon className="size-4.5 text-accent-text" aria-hidden />
      <span className="truncate font-medium text-sm">{item.title}</span>
    </div>,
    document.body,
  );
}
