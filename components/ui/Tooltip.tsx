'use client';

import { Slot } from 'radix-ui';
import { type FocusEvent, type PointerEvent, useEffect, useRef, useState } from 'react';
import { later } from './later';
import type { TooltipProps } from './tooltip-props';

const panel = later(() => import('./TooltipPanel').then((module) => module.TooltipPanel));

/** How long the pointer rests on a control before its words come; from one control to the next they come at once. */
const patience = 350;
/** How long the pointer may take from the control to its words. */
const grace = 120;
let lastSeen = 0;

/** A few words on what a control does; never the only place where something important is said. */
export function Tooltip({ children, ...words }: TooltipProps) {
  const { anchor, show, hide, stay } = useAnchor();
  const TooltipPanel = panel.useIt(anchor !== undefined);
  return (
    <>
      <Slot.Root
        onPointerEnter={({ pointerType, currentTarget }: PointerEvent<HTMLElement>) => {
          panel.ahead();
          if (pointerType !== 'touch')
            show(currentTarget, performance.now() - lastSeen < patience ? 0 : patience);
        }}
        onPointerLeave={() => hide(grace)}
        onPointerDown={() => hide(0)}
        onClick={() => hide(0)}
        onFocus={({ currentTarget }: FocusEvent<HTMLElement>) => {
          if (currentTarget.matches(':focus-visible')) show(currentTarget, 0);
        }}
        onBlur={() => hide(0)}
      >
        {children}
      </Slot.Root>
      {anchor !== undefined && TooltipPanel !== undefined && (
        <TooltipPanel {...words} anchor={anchor} onStay={stay} onHide={() => hide(0)} />
      )}
    </>
  );
}

/** The control whose words are shown now, and what shows and hides them after a while (milliseconds). */
function useAnchor() {
  const [anchor, setAnchor] = useState<HTMLElement>();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const after = (wait: number, next: HTMLElement | undefined) => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setAnchor(next), wait);
  };
  // Talks to the browser's clock.
  useEffect(() => () => clearTimeout(timer.current), []);
  return {
    anchor,
    show: (control: HTMLElement, wait: number) => after(wait, control),
    stay: () => clearTimeout(timer.current),
    hide: (wait: number) => {
      if (anchor !== undefined) lastSeen = performance.now();
      after(wait, undefined);
    },
  };
}
