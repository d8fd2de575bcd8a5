'use client';

import { ChevronDown } from 'lucide-react';
import { useState } from 'react';
import { cn } from './cn';
import type { ComboboxProps } from './combobox-props';
import { later } from './later';

const panel = later(() => import('./ComboboxPanel').then((module) => module.ComboboxPanel));

/** One of many choices, found by typing. The choices are fetched when the pointer or the focus comes near. */
export function Combobox(props: ComboboxProps) {
  const { value, options, onChange, label, placeholder = 'Choose…', empty, className, ...rest } = props;
  const [isAsked, setAsked] = useState(false);
  const ComboboxPanel = panel.useIt(isAsked);
  const chosen = options.find((option) => option.value === value);
  const look = cn(
    'inline-flex h-8 items-center justify-between gap-2 rounded-md border border-border-strong bg-surface px-2.5 text-left text-sm hover:bg-hover disabled:opacity-60',
    className,
  );
  const words = (
    <>
      <span className={cn('truncate', chosen === undefined && value === '' && 'text-faint')}>
        {chosen?.label ?? (value === '' ? placeholder : value)}
      </span>
      <ChevronDown className="size-3.5 shrink-0 text-faint" aria-hidden />
    </>
  );
  const closed = (
    <button
      type="button"
      role="combobox"
      aria-expanded={false}
      aria-label={label}
      {...rest}
      className={look}
      onPointerEnter={panel.ahead}
      onFocus={panel.ahead}
      onClick={() => setAsked(true)}
    >
      {words}
    </button>
  );
  if (ComboboxPanel === undefined) return closed;
  return (
    <ComboboxPanel
      {...{ value, options, onChange, label, ...(empty === undefined ? {} : { empty }) }}
      control={(isOpen) => (
        <button
          type="button"
          role="combobox"
          aria-expanded={isOpen}
          aria-label={label}
          {...rest}
          className={look}
        >
          {words}
        </button>
      )}
    />
  );
}
