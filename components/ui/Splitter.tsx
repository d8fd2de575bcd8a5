'use client';

import { type KeyboardEvent, type PointerEvent, type ReactNode, useRef, useState } from 'react';
import { cn } from './cn';

interface SplitterProps {
  /** Where the line between the panes runs: `vertical` panes stand side by side. */
  readonly direction: 'vertical' | 'horizontal';
  /** What the line separates, for screen readers: `Width of the step panel`. */
  readonly label: string;
  /** The pane that has a fixed size; the other takes what is left. */
  readonly fixed: 'first' | 'second';
  /** In pixels. */
  readonly initial: number;
  readonly min: number;
  readonly max: number;
  readonly first: ReactNode;
  readonly second: ReactNode;
  readonly className?: string;
}

/** Two panes with a line between them that can be dragged, or moved with the arrow keys. */
export function Splitter({
  direction,
  label,
  fixed,
  initial,
  min,
  max,
  first,
  second,
  className,
}: SplitterProps) {
  const [size, setSize] = useState(initial);
  const grip = useRef<{ at: number; size: number } | null>(null);
  const sideways = direction === 'vertical';
  const grow = fixed === 'first' ? 1 : -1;
  const place = (next: number) => setSize(Math.round(Math.min(max, Math.max(min, next))));
  const at = (event: PointerEvent) => (sideways ? event.clientX : event.clientY);
  const press = (event: PointerEvent<HTMLElement>) => {
    event.currentTarget.setPointerCapture(event.pointerId);
    grip.current = { at: at(event), size };
  };
  const drag = (event: PointerEvent<HTMLElement>) => {
    if (grip.current !== null) place(grip.current.size + (at(event) - grip.current.at) * grow);
  };
  const key = (event: KeyboardEvent) => {
    const step = stepOf(event.key, sideways);
    if (step === 0) return;
    event.preventDefault();
    place(size + step * grow);
  };
  const basis = { flexBasis: size };
  return (
    <div className={cn('flex min-h-0 min-w-0 flex-1', sideways ? 'flex-row' : 'flex-col', className)}>
      <div className={pane(fixed === 'first')} style={fixed === 'first' ? basis : undefined}>
        {first}
      </div>
      {/* biome-ignore lint/a11y/useSemanticElements: a line that moves is a focusable separator, which <hr> is not */}
      <div
        role="separator"
        tabIndex={0}
        aria-label={label}
        aria-orientation={direction}
        aria-valuenow={size}
        aria-valuemin={min}
        aria-valuemax={max}
        onPointerDown={press}
        onPointerMove={drag}
        onPointerUp={() => {
          grip.current = null;
        }}
        onKeyDown={key}
        onDoubleClick={() => setSize(initial)}
        className={cn(
          'relative z-10 shrink-0 touch-none bg-border transition-colors hover:bg-ring focus-visible:bg-ring',
          sideways
            ? 'w-px cursor-col-resize after:absolute after:inset-y-0 after:-left-1 after:w-2.5'
            : 'h-px cursor-row-resize after:absolute after:inset-x-0 after:-top-1 after:h-2.5',
        )}
      />
      <div className={pane(fixed === 'second')} style={fixed === 'second' ? basis : undefined}>
        {second}
      </div>
    </div>
  );
}

function pane(isFixed: boolean): string {
  return cn('flex min-h-0 min-w-0 flex-col overflow-hidden', isFixed ? 'shrink-0 grow-0' : 'flex-1');
}

function stepOf(key: string, sideways: boolean): number {
  const keys = sideways ? { less: 'ArrowLeft', more: 'ArrowRight' } : { less: 'ArrowUp', more: 'ArrowDown' };
  if (key === keys.less) return -24;
  return key === keys.more ? 24 : 0;
}
