'use client';

import { DropdownMenu as Dropdown } from 'radix-ui';
import { cn } from './cn';
import { Kbd } from './Kbd';
import type { DropdownMenuProps, MenuItem } from './menu-props';

const panel =
  'z-50 min-w-44 animate-overlay-in rounded-lg border bg-surface p-1 text-sm shadow-overlay outline-none';

/** A button's menu, which is open when it comes. */
export function MenuPanel({ trigger, items, align = 'end' }: DropdownMenuProps) {
  return (
    <Dropdown.Root defaultOpen>
      <Dropdown.Trigger asChild>{trigger}</Dropdown.Trigger>
      <Dropdown.Portal>
        <Dropdown.Content align={align} sideOffset={4} collisionPadding={8} className={panel}>
          <Lines items={items} />
        </Dropdown.Content>
      </Dropdown.Portal>
    </Dropdown.Root>
  );
}

function Lines({ items }: { readonly items: readonly MenuItem[] }) {
  return items.map((item, place) =>
    item === 'separator' ? (
      // A separator has no identity but its place.
      // biome-ignore lint/suspicious/noArrayIndexKey: separators are interchangeable
      <Dropdown.Separator key={`separator-${place}`} className="-mx-1 my-1 h-px bg-border" />
    ) : (
      <Dropdown.Item
        key={item.label}
        disabled={item.disabled ?? false}
        onSelect={item.onSelect}
        className={cn(
          'flex cursor-default items-center gap-2 rounded-md px-2 py-1 outline-none data-disabled:opacity-50 data-highlighted:bg-hover [&_svg]:size-4 [&_svg]:text-faint',
          item.tone === 'danger' && 'text-status-failed [&_svg]:text-status-failed',
        )}
      >
        {item.icon}
        <span className="flex-1">{item.label}</span>
        {item.shortcut !== undefined && <Kbd keys={item.shortcut} />}
      </Dropdown.Item>
    ),
  );
}
