import type { ComponentProps } from 'react';
import { cn } from './cn';

/** A short word about the thing beside it. */
export function Badge({ className, ...rest }: ComponentProps<'span'>) {
  return (
    <span
      className={cn(
        'tabular inline-flex h-5 items-center gap-1 whitespace-nowrap rounded-sm border bg-sunken px-1.5 text-xs text-muted',
        className,
      )}
      {...rest}
    />
  );
}
