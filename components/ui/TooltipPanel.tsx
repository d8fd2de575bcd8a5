'use client';

import { Tooltip as Primitive } from 'radix-ui';
import { useState } from 'react';
import { Kbd } from './Kbd';
import type { TooltipProps } from './tooltip-props';

interface TooltipPanelProps extends Omit<TooltipProps, 'children'> {
  /** The control that is explained. */
  readonly anchor: HTMLElement;
  /** The pointer has come to the words, to read them. */
  readonly onStay: () => void;
  readonly onHide: () => void;
}

/** The words beside a control. They are placed by a mark of the same size, so that the control needs to know nothing of them. */
export function TooltipPanel({ anchor, text, shortcut, side = 'bottom', onStay, onHide }: TooltipPanelProps) {
  const [{ left, top, width, height }] = useState(() => anchor.getBoundingClientRect());
  return (
    <Primitive.Provider>
      <Primitive.Root open onOpenChange={(open) => open || onHide()}>
        <Primitive.Trigger asChild>
          <span
            aria-hidden
            tabIndex={-1}
            className="pointer-events-none fixed"
            style={{ left, top, width, height }}
          />
        </Primitive.Trigger>
        <Primitive.Portal>
          <Primitive.Content
            side={side}
            sideOffset={6}
            collisionPadding={8}
            onPointerEnter={onStay}
            onPointerLeave={onHide}
            className="z-50 flex max-w-72 animate-overlay-in items-center gap-2 rounded-md border bg-surface px-2 py-1 text-xs text-foreground shadow-overlay"
          >
            {text}
            {shortcut !== undefined && <Kbd keys={shortcut} />}
          </Primitive.Content>
        </Primitive.Portal>
      </Primitive.Root>
    </Primitive.Provider>
  );
}
