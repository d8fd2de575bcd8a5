'use client';

import { Command } from 'cmdk';
import { Check, ChevronDown } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { cn } from './cn';
import { Popover } from './Popover';

interface ComboboxProps {
  readonly value: string;
  readonly options: readonly {
    readonly value: string;
    readonly label: string;
    readonly icon?: ReactNode;
    readonly hint?: string;
  }[];
  readonly onChange: (value: string) => void;
  /** The accessible name of the control and of its search field. */
  readonly label: string;
  readonly placeholder?: string;
  /** Said where nothing matches. */
  readonly empty?: string;
  readonly id?: string;
  readonly disabled?: boolean;
  readonly className?: string;
}

/** One of many choices, found by typing. */
export function Combobox(props: ComboboxProps) {
  const {
    value,
    options,
    onChange,
    label,
    placeholder = 'Choose…',
    empty = 'Nothing matches',
    className,
    ...rest
  } = props;
  const [open, setOpen] = useState(false);
  const chosen = options.find((option) => option.value === value);
  return (
    <Popover
      open={open}
      onOpenChange={setOpen}
      align="start"
      className="w-64 p-0"
      trigger={
        <button
          type="button"
          role="combobox"
          aria-expanded={open}
          aria-label={label}
          {...rest}
          className={cn(
            'inline-flex h-8 items-center justify-between gap-2 rounded-md border border-border-strong bg-surface px-2.5 text-left text-sm hover:bg-hover disabled:opacity-60',
            className,
          )}
        >
          <span className={cn('truncate', chosen === undefined && value === '' && 'text-faint')}>
            {chosen?.label ?? (value === '' ? placeholder : value)}
          </span>
          <ChevronDown className="size-3.5 shrink-0 text-faint" aria-hidden />
        </button>
      }
    >
      <Command label={label} className="flex max-h-72 flex-col">
        <Command.Input
          placeholder="Search…"
          className="h-9 w-full border-b bg-transparent px-3 text-sm outline-none placeholder:text-faint"
        />
        <Command.List className="overflow-y-auto p-1">
          <Command.Empty className="px-2 py-3 text-center text-xs text-faint">{empty}</Command.Empty>
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
