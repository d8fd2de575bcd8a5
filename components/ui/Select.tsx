'use client';

import { Check, ChevronDown } from 'lucide-react';
import { Select as Primitive } from 'radix-ui';
import type { ReactNode } from 'react';
import { cn } from './cn';

interface Option<Value extends string> {
  readonly value: Value;
  readonly label: ReactNode;
  readonly hint?: string;
}

interface SelectProps<Value extends string> {
  readonly value: Value;
  readonly options: readonly Option<Value>[];
  readonly onChange: (value: Value) => void;
  /** The accessible name, where no label element names the control. */
  readonly label?: string;
  readonly id?: string;
  readonly 'aria-describedby'?: string;
  readonly 'aria-invalid'?: true;
  readonly disabled?: boolean;
  readonly placeholder?: string;
  readonly size?: 'sm' | 'md';
  readonly className?: string;
}

/** One of a few choices, none of them the empty string (Radix keeps that for "nothing chosen"). */
export function Select<Value extends string>(props: SelectProps<Value>) {
  const {
    value,
    options,
    onChange,
    label,
    placeholder,
    size = 'md',
    className,
    disabled = false,
    ...ids
  } = props;
  return (
    // The cast holds because Radix only hands back values of the items below.
    <Primitive.Root value={value} onValueChange={(next) => onChange(next as Value)} disabled={disabled}>
      <Primitive.Trigger
        aria-label={label}
        {...ids}
        className={cn(
          'inline-flex items-center justify-between gap-2 rounded-md border border-border-strong bg-surface text-left hover:bg-hover disabled:opacity-60 aria-invalid:border-danger data-placeholder:text-faint',
          size === 'sm' ? 'h-7 px-2 text-xs' : 'h-8 px-2.5 text-sm',
          className,
        )}
      >
        <span className="truncate">
          <Primitive.Value placeholder={placeholder} />
        </span>
        <ChevronDown className="size-3.5 shrink-0 text-faint" aria-hidden />
      </Primitive.Trigger>
      <Primitive.Portal>
        <Primitive.Content
          position="popper"
          sideOffset={4}
          collisionPadding={8}
          className="z-50 max-h-(--radix-select-content-available-height) min-w-(--radix-select-trigger-width) animate-overlay-in overflow-hidden rounded-lg border bg-surface shadow-overlay"
        >
          <Primitive.Viewport className="p-1">
            {options.map((option) => (
              <Primitive.Item
                key={option.value}
                value={option.value}
                className="flex cursor-default items-center gap-2 rounded-md px-2 py-1 text-sm outline-none data-disabled:opacity-50 data-highlighted:bg-hover"
              >
                <span className="w-3.5 shrink-0">
                  <Primitive.ItemIndicator>
                    <Check className="size-3.5" aria-hidden />
                  </Primitive.ItemIndicator>
                </span>
                <Primitive.ItemText>{option.label}</Primitive.ItemText>
                {option.hint !== undefined && (
                  <span className="ml-auto pl-4 text-xs text-faint">{option.hint}</span>
                )}
              </Primitive.Item>
            ))}
          </Primitive.Viewport>
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}
