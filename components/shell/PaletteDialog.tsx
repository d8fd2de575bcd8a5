'use client';

import { Dialog as Primitive } from 'radix-ui';
import { Commands } from './Commands';
import { openPalette } from './palette';

export function PaletteDialog() {
  return (
    <Primitive.Root open onOpenChange={openPalette}>
      <Primitive.Portal>
        <Primitive.Overlay className="fixed inset-0 z-50 bg-black/40 dark:bg-black/60" />
        <Primitive.Content
          aria-describedby={undefined}
          className="fixed top-[14vh] left-1/2 z-50 w-[calc(100vw-2rem)] max-w-xl -translate-x-1/2 overflow-hidden rounded-lg border bg-surface shadow-overlay outline-none"
        >
          <Primitive.Title className="sr-only">Search and commands</Primitive.Title>
          <Commands />
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}
