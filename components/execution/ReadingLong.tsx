'use client';

import { useProgress } from './use-live';

/** A long history takes the server a while to look through: how far it is. */
export function ReadingLong() {
  const progress = useProgress();
  if (progress === undefined) return null;
  const { read, of } = progress;
  return (
    <div
      role="status"
      className="flex shrink-0 flex-wrap items-center gap-x-4 gap-y-1 border-b bg-surface px-4 py-2 text-sm"
    >
      <p>
        Looking through a long history: {read.toLocaleString('en')} of {of.toLocaleString('en')} events
      </p>
      <progress
        aria-label="Events looked through"
        className="h-1.5 min-w-40 flex-1 accent-accent"
        value={read}
        max={of}
      />
    </div>
  );
}
