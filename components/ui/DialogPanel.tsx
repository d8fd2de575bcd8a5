'use client';

import { X } from 'lucide-react';
import { Dialog as Primitive } from 'radix-ui';
import { cn } from './cn';
import type { DialogProps } from './dialog-props';
import { IconButton } from './IconButton';

const widths = { md: 'max-w-md', lg: 'max-w-2xl', xl: 'max-w-4xl' } as const;

/** A question or a form over the page; Escape and the cross leave it and change nothing. */
export function DialogPanel({
  open,
  onOpenChange,
  title,
  description,
  children,
  footer,
  size = 'md',
}: DialogProps) {
  return (
    <Primitive.Root open={open} onOpenChange={onOpenChange}>
      <Primitive.Portal>
        <Primitive.Overlay className="fixed inset-0 z-40 bg-black/40 dark:bg-black/60" />
        <Primitive.Content
          {...(description === undefined ? { 'aria-describedby': undefined } : {})}
          onOpenAutoFocus={keepFromCross}
          className={cn(
            'fixed top-1/2 left-1/2 z-40 flex max-h-[calc(100dvh-2rem)] w-[calc(100vw-2rem)] -translate-x-1/2 -translate-y-1/2 flex-col rounded-lg border bg-surface shadow-overlay outline-none',
            widths[size],
          )}
        >
          <header className="px-5 pt-4 pr-14 pb-3">
            <Primitive.Title className="text-base font-semibold">{title}</Primitive.Title>
            {description !== undefined && (
              <Primitive.Description asChild>
                <div className="mt-1 text-sm text-muted">{description}</div>
              </Primitive.Description>
            )}
          </header>
          {children !== undefined && (
            <div className="min-h-0 flex-1 overflow-y-auto px-5 pb-4">{children}</div>
          )}
          {footer !== undefined && (
            <footer className="flex flex-wrap items-center justify-end gap-2 border-t px-5 py-3">
              {footer}
            </footer>
          )}
          {/* Last, so that the focus begins in the form and not on the cross. */}
          <Primitive.Close asChild>
            <IconButton data-cross="" label="Close" size="sm" className="absolute top-3 right-3">
              <X aria-hidden />
            </IconButton>
          </Primitive.Close>
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}

/** Where the form is still on its way, the dialog itself takes the focus: on the cross it would only show a tooltip. */
function keepFromCross(event: Event) {
  const { target } = event;
  if (!(target instanceof HTMLElement)) return;
  const first = target.querySelector('button, a[href], input, select, textarea, [tabindex="0"]');
  if (first?.hasAttribute('data-cross') !== true) return;
  event.preventDefault();
  target.focus();
}
