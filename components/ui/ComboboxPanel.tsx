'use client';

import { Command } from 'cmdk';
import { Check } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import type { ComboboxProps } from './combobox-props';
import { Popover } from './Popover';

interface ComboboxPanelProps
  extends Pick<ComboboxProps, 'value' | 'options' | 'onChange' | 'label' | 'empty'> {
  /** The control, by whether its choices are shown. */
  readonly control: (isOpen: boolean) => ReactNode;
}

/** A control with its choices, and the field that finds them; they are shown when it comes. */
export function ComboboxPanel({ control, value, options, onChange, label, empty }: ComboboxPanelProps) {
  const [open, setOpen] = useState(true);
  return (
    <Popover open={open} onOpenChange={setOpen} align="start" className="w-64 p-0" trigger={control(open)}>
      <Command label={label} className="flex max-h-72 flex-col">
        <Command.Input
          placeholder="Search…"
          className="h-9 w-full border-b bg-transparent px-3 text-sm outline-none placeholder:text-faint"
        />
        <Command.List className="overflow-y-auto p-1">
          <Command.Empty className="px-2 py-3 text-center text-xs text-faint">
            {empty ?? 'Nothing matches'}
          </Command.Empty>
          {options.map((option) => (
            <Command.Item
              key={option.value}
              value={`${option.label} ${option.value}`}
              onSelect={() => {
                onChange(option.value);
                setOpen(false);
              }}
              className="flex cursor-default items-center gap-2 rounded-md px-2 py-1 text-sm data-[selected=true]:bg-hover"
            >
              {option.icon}
              <span className="truncate">{option.label}</span>
              {option.hint !== undefined && <span className="text-xs text-faint">{option.hint}</span>}
              {option.value === value && <Check className="ml-auto size-3.5" aria-label="chosen" />}
            </Command.Item>
          ))}
        </Command.List>
      </Command>
    </Popover>
  );
}
