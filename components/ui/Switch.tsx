'use client';

import { Switch as Primitive } from 'radix-ui';
import { type ReactNode, useId } from 'react';
import { cn } from './cn';

interface SwitchProps {
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
  readonly label: ReactNode;
  readonly disabled?: boolean;
  readonly className?: string;
}

/** Something that is on or off at once; what is decided later with a form is a Checkbox. */
export function Switch({ checked, onChange, label, disabled = false, className }: SwitchProps) {
  const id = useId();
  return (
    <div className={cn('flex items-center gap-2 text-sm', className)}>
      <Primitive.Root
        id={id}
        checked={checked}
        disabled={disabled}
        onCheckedChange={onChange}
        className="h-4 w-7 shrink-0 rounded-full border border-border-strong bg-pressed transition-colors disabled:opacity-50 data-[state=checked]:border-accent data-[state=checked]:bg-accent"
      >
        <Primitive.Thumb className="block size-3 translate-x-px rounded-full bg-surface transition-transform data-[state=checked]:translate-x-3 data-[state=checked]:bg-accent-foreground" />
      </Primitive.Root>
      <label htmlFor={id}>{label}</label>
    </div>
  );
}
