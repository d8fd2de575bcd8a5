'use client';

import { useQuery } from '@tanstack/react-query';
import { TriangleAlert } from 'lucide-react';
import { client } from './client';
import { sentenceOf } from './tell';

/** Says across the page that executions cannot be started now, and why; nothing while all is well. */
export function HealthBanner() {
  const { error } = useQuery({
    queryKey: ['health'],
    queryFn: ({ signal }) => client.getHealth({}, signal),
    refetchInterval: ({ state }) => (state.status === 'error' ? 1500 : 10_000),
    retry: false,
  });
  return (
    <div role="status">
      {error !== null && (
        <p className="flex items-center gap-2 border-b bg-status-retrying-soft px-4 py-1.5 text-status-retrying text-xs">
          <TriangleAlert className="size-3.5 shrink-0" aria-hidden />
          <span>
            <strong className="font-medium">Millrace is not ready.</strong> {sentenceOf(error)} What you see
            may be out of date; running executions go on by themselves.
          </span>
        </p>
      )}
    </div>
  );
}
