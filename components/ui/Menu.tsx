'use client';

import { Slot } from 'radix-ui';
import { type KeyboardEvent, useState } from 'react';
import { later } from './later';
import type { DropdownMenuProps } from './menu-props';

const panel = later(() => import('./MenuPanel').then((module) => module.MenuPanel));

/** A button's menu. What draws it is fetched when the pointer or the focus comes near the button. */
export function DropdownMenu(props: DropdownMenuProps) {
  const [isAsked, setAsked] = useState(false);
  const MenuPanel = panel.useIt(isAsked);
  if (MenuPanel !== undefined) return <MenuPanel {...props} />;
  return (
    <Slot.Root
      aria-haspopup="menu"
      aria-expanded={false}
      onPointerEnter={panel.ahead}
      onFocus={panel.ahead}
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
}
