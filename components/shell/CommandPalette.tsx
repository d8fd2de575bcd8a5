'use client';

import dynamic from 'next/dynamic';
import { Dialog as Primitive } from 'radix-ui';
import { useEffect } from 'react';
import { Skeleton } from '@/components/ui/Skeleton';
import { openPalette, usePalette } from './palette';

const Commands = dynamic(() => import('./Commands').then((module) => module.Commands), {
  ssr: false,
  loading: () => <Skeleton className="m-2 h-7" />,
});

/** Ctrl K: go anywhere, do anything, by typing. */
export function CommandPalette() {
  const open = usePalette((state) => state.open);
  // Listens on the window: the key works wherever the focus is.
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      openPalette(!usePalette.getState().open);
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, []);
  // Fetches what is in it once the page has settled, so that nothing typed is lost to waiting.
  useEffect(() => {
    const timer = setTimeout(() => void import('./Commands'), 2000);
    return () => clearTimeout(timer);
  }, []);
  return (
    <Primitive.Root open={open} onOpenChange={openPalette}>
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
