'use client';

import { ChevronDown } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { cn } from './cn';
import type { ComboboxProps } from './combobox-props';

const fetchPanel = () => import('./ComboboxPanel');
const ComboboxPanel = lazy(() => fetchPanel().then((module) => ({ default: module.ComboboxPanel })));

/** One of many choices, found by typing. The choices are fetched when the pointer or the focus comes near. */
export function Combobox(props: ComboboxProps) {
  const { value, options, onChange, label, placeholder = 'Choose…', empty, className, ...rest } = props;
  const [isAsked, setAsked] = useState(false);
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
      onPointerEnter={() => void fetchPanel()}
      onFocus={() => void fetchPanel()}
      onClick={() => setAsked(true)}
    >
      {words}
    </button>
  );
  if (!isAsked) return closed;
  return (
    <Suspense fallback={closed}>
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
    </Suspense>
  );
}
