import type { ComponentProps } from 'react';
import { cn } from './cn';

const field =
  'w-full rounded-md border border-border-strong bg-surface text-sm text-foreground placeholder:text-faint focus-visible:border-ring focus-visible:outline-1 focus-visible:outline-offset-0 disabled:opacity-60 aria-invalid:border-danger';

export function Input({ className, type = 'text', ...rest }: ComponentProps<'input'>) {
  return <input type={type} className={cn(field, 'h-8 px-2.5', className)} autoComplete="off" {...rest} />;
}

export function Textarea({ className, ...rest }: ComponentProps<'textarea'>) {
  return <textarea className={cn(field, 'min-h-16 px-2.5 py-1.5', className)} {...rest} />;
}
