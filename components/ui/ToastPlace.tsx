'use client';

import { useTheme } from 'next-themes';
import { useEffect } from 'react';
import { Toaster as Sonner } from 'sonner';
import { toasterArrived } from './toast';

/** Where short messages appear; said to screen readers by the library. */
export function ToastPlace() {
  const { resolvedTheme } = useTheme();
  // Talks to those who wait to say something: the library's own effects, by which it listens, have run before.
  useEffect(toasterArrived, []);
  return (
    <Sonner
      theme={resolvedTheme === 'dark' ? 'dark' : 'light'}
      position="bottom-right"
      toastOptions={{
        classNames: {
          toast:
            '!rounded-lg !border !border-border !bg-surface !text-foreground !shadow-overlay !text-[13px]',
          description: '!text-muted',
        },
      }}
    />
  );
}
