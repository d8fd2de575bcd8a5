import { cva, type VariantProps } from 'class-variance-authority';
import { Slot } from 'radix-ui';
import type { ComponentProps } from 'react';
import { cn } from './cn';

const look = cva(
  'inline-flex shrink-0 select-none items-center justify-center gap-1.5 whitespace-nowrap rounded-md border font-medium transition-colors duration-100 disabled:pointer-events-none disabled:opacity-50 aria-disabled:pointer-events-none aria-disabled:opacity-50 [&_svg]:size-4 [&_svg]:shrink-0',
  {
    variants: {
      variant: {
        primary: 'border-transparent bg-accent text-accent-foreground hover:bg-accent-hover',
        secondary: 'border-border-strong bg-surface text-foreground hover:bg-hover active:bg-pressed',
        ghost: 'border-transparent text-muted hover:bg-hover hover:text-foreground active:bg-pressed',
        danger: 'border-transparent bg-danger text-danger-foreground hover:bg-danger-hover',
      },
      size: {
        sm: 'h-7 px-2.5 text-xs [&_svg]:size-3.5',
        md: 'h-8 px-3 text-sm',
        icon: 'size-8',
        iconSm: 'size-7 [&_svg]:size-3.5',
      },
    },
    defaultVariants: { variant: 'secondary', size: 'md' },
  },
);

interface ButtonProps extends ComponentProps<'button'>, VariantProps<typeof look> {
  /** Dress the child (a link) as a button instead of making one. */
  readonly asChild?: boolean;
}

export function Button({ className, variant, size, asChild = false, type = 'button', ...rest }: ButtonProps) {
  const dress = cn(look({ variant, size }), className);
  if (asChild) return <Slot.Root className={dress} {...rest} />;
  return <button type={type} className={dress} {...rest} />;
}
