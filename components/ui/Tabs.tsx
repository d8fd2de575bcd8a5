'use client';

import { Tabs as Primitive } from 'radix-ui';
import type { ReactNode } from 'react';
import { cn } from './cn';

interface TabsProps<Value extends string> {
  readonly value: Value;
  readonly onChange: (value: Value) => void;
  /** The accessible name of the row of tabs. */
  readonly label: string;
  readonly tabs: readonly { readonly value: Value; readonly label: ReactNode; readonly count?: number }[];
  /** Something at the right end of the row. */
  readonly aside?: ReactNode;
  /** The content of the chosen tab. */
  readonly children: ReactNode;
  readonly className?: string;
}

/** A row of tabs over the content of the chosen one, which fills the height that is left. */
export function Tabs<Value extends string>({
  value,
  onChange,
  label,
  tabs,
  aside,
  children,
  className,
}: TabsProps<Value>) {
  return (
    <Primitive.Root
      value={value}
      // The cast holds because Radix only hands back values of the triggers below.
      onValueChange={(next) => onChange(next as Value)}
      className={cn('flex min-h-0 flex-1 flex-col', className)}
    >
      <div className="flex shrink-0 items-center gap-2 border-b px-3">
        <Primitive.List
          aria-label={label}
          className="flex min-w-0 flex-1 gap-1 overflow-x-auto [scrollbar-width:none]"
        >
          {tabs.map((tab) => (
            <Primitive.Trigger
              key={tab.value}
              value={tab.value}
              className="-mb-px flex h-9 items-center gap-1.5 whitespace-nowrap border-transparent border-b-2 px-2 text-sm text-muted outline-offset-[-2px] hover:text-foreground data-[state=active]:border-accent data-[state=active]:font-medium data-[state=active]:text-foreground"
            >
              {tab.label}
              {tab.count !== undefined && (
                <span className="tabular rounded-sm bg-sunken px-1 text-[11px] leading-4 text-muted">
                  {tab.count.toLocaleString('en')}
                </span>
              )}
            </Primitive.Trigger>
          ))}
        </Primitive.List>
        {aside}
      </div>
      <Primitive.Content value={value} className="flex min-h-0 flex-1 flex-col outline-offset-[-2px]">
        {children}
      </Primitive.Content>
    </Primitive.Root>
  );
}
