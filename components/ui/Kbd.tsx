'use client';

import { useSyncExternalStore } from 'react';
import { cn } from './cn';

interface KbdProps {
  /** Keys with spaces between them: `Ctrl Shift Z`. On a Mac the command key stands for Ctrl. */
  readonly keys: string;
  readonly className?: string | undefined;
}

const signs: { readonly [key: string]: string } = { Ctrl: '⌘', Shift: '⇧', Enter: '↵', Delete: '⌫' };
const nothing = () => () => undefined;

/** A key, or several pressed together, as it is written on the reader's keyboard. */
export function Kbd({ keys, className }: KbdProps) {
  const isMac = useSyncExternalStore(
    nothing,
    () => /Mac|iPhone|iPad/.test(navigator.platform),
    () => false,
  );
  const shown = isMac
    ? keys
        .split(' ')
        .map((key) => signs[key] ?? key)
        .join(' ')
    : keys;
  return (
    <kbd
      className={cn(
        'inline-flex h-4.5 items-center whitespace-nowrap rounded-sm border bg-sunken px-1 text-[11px] leading-none text-muted',
        className,
      )}
    >
      {shown}
    </kbd>
  );
}
