'use client';

import { Slot } from 'radix-ui';
import { type KeyboardEvent, lazy, Suspense, useState } from 'react';
import type { DropdownMenuProps } from './menu-props';

const fetchPanel = () => import('./MenuPanel');
const MenuPanel = lazy(() => fetchPanel().then((module) => ({ default: module.MenuPanel })));

/** A button's menu. What draws it is fetched when the pointer or the focus comes near the button. */
export function DropdownMenu(props: DropdownMenuProps) {
  const [isAsked, setAsked] = useState(false);
  const closed = (
    <Slot.Root
      aria-haspopup="menu"
      aria-expanded={false}
      onPointerEnter={() => void fetchPanel()}
      onFocus={() => void fetchPanel()}
      onClick={() => setAsked(true)}
      onKeyDown={(event: KeyboardEvent) => {
        if (event.key !== 'ArrowDown') return;
        event.preventDefault();
        setAsked(true);
      }}
    >
      {props.trigger}
    </Slot.Root>
  );
  if (!isAsked) return closed;
  return (
    <Suspense fallback={closed}>
      <MenuPanel {...props} />
    </Suspense>
  );
}
