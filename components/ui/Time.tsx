'use client';

import { useSyncExternalStore } from 'react';
import { cn } from './cn';
import { agoText, clockText, durationText, exactText } from './moment';

/** One clock for all live times on the page: a tick a second, only while somebody looks. */
const clock = (() => {
  const listeners = new Set<() => void>();
  let now = 0;
  let timer: ReturnType<typeof setInterval> | undefined;
  return {
    subscribe(listener: () => void) {
      listeners.add(listener);
      timer ??= setInterval(() => {
        now = Date.now();
        for (const each of listeners) each();
      }, 1000);
      return () => {
        listeners.delete(listener);
        if (listeners.size > 0) return;
        clearInterval(timer);
        timer = undefined;
        now = 0;
      };
    },
    now() {
      if (now === 0) now = Date.now();
      return now;
    },
  };
})();
const still = { subscribe: () => () => undefined };

interface MomentProps {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly className?: string;
}

/** How long ago, kept up to date; the exact time in the title. */
export function TimeAgo({ at, className }: MomentProps) {
  const now = useSyncExternalStore(clock.subscribe, clock.now, () => at);
  return (
    <time
      dateTime={new Date(at).toISOString()}
      title={exactText(at)}
      suppressHydrationWarning
      className={cn('tabular whitespace-nowrap', className)}
    >
      {agoText(at, now)}
    </time>
  );
}

/** The time of day to the millisecond; the exact time in the title. */
export function Clock({ at, className }: MomentProps) {
  return (
    <time
      dateTime={new Date(at).toISOString()}
      title={exactText(at)}
      suppressHydrationWarning
      className={cn('tabular whitespace-nowrap font-mono text-xs', className)}
    >
      {clockText(at)}
    </time>
  );
}

/** The time now, a tick a second while it is wanted; 0 else, and on the server. */
export function useNow(isWanted: boolean): number {
  return useSyncExternalStore(
    isWanted ? clock.subscribe : still.subscribe,
    isWanted ? clock.now : () => 0,
    () => 0,
  );
}

interface DurationProps {
  readonly from: number;
  /** Absent: still going on, and counted live. */
  readonly to?: number | undefined;
  readonly className?: string;
}

export function Duration({ from, to, className }: DurationProps) {
  const live = to === undefined;
  const now = useNow(live);
  return (
    <span
      title={live ? `Since ${exactText(from)}` : `${exactText(from)} – ${exactText(to)}`}
      suppressHydrationWarning
      className={cn('tabular whitespace-nowrap font-mono text-xs [word-spacing:-0.2em]', className)}
    >
      {durationText((to ?? Math.max(now, from)) - from)}
    </span>
  );
}
