'use client';

import { type ReactNode, useId } from 'react';
import { cn } from './cn';

interface FieldProps {
  readonly label: ReactNode;
  readonly hint?: ReactNode;
  /** What is wrong with the value and what to do. */
  readonly error?: string | undefined;
  readonly className?: string;
  /** The control, given the ids that tie it to its label and its explanation. */
  readonly children: (ids: { id: string; 'aria-describedby'?: string; 'aria-invalid'?: true }) => ReactNode;
}

/** A labelled control with its hint and its error, tied together for screen readers. */
export function Field({ label, hint, error, className, children }: FieldProps) {
  const id = useId();
  const said = error ?? hint;
  return (
    <div className={cn('flex flex-col gap-1', className)}>
      <label htmlFor={id} className="text-xs font-medium text-muted">
        {label}
      </label>
      {children({
        id,
        ...(said === undefined ? {} : { 'aria-describedby': `${id}-said` }),
        ...(error === undefined ? {} : { 'aria-invalid': true }),
      })}
      {said !== undefined && (
        <p
          id={`${id}-said`}
          className={cn('text-xs', error === undefined ? 'text-faint' : 'text-status-failed')}
        >
          {said}
        </p>
      )}
    </div>
  );
}
