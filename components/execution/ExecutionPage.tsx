'use client';

import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { warmUp } from '@/components/canvas/elk';
import { client } from '@/components/shell/client';
import { Missing } from '@/components/shell/Missing';
import { sentenceOf } from '@/components/shell/tell';
import { ErrorState } from '@/components/ui/Notice';
import { Skeleton } from '@/components/ui/Skeleton';
import { isMissing } from '@/lib/api/client';
import type { Execution } from '@/lib/api/resources';
import { ExecutionView } from './ExecutionView';
import { Live } from './live';
import { useIsWide } from './use-is-wide';
import { LiveContext } from './use-live';

/** One execution: loads it with the definition that ran, and follows it. */
export function ExecutionPage({ executionId }: { readonly executionId: string }) {
  const isWide = useIsWide();
  // Talks to the layout worker; a phone has no room for the drawing.
  useEffect(() => (isWide ? warmUp() : undefined), [isWide]);
  const execution = useQuery({
    queryKey: ['execution', executionId],
    queryFn: ({ signal }) => client.getExecution({ params: { executionId } }, signal),
    refetchInterval: 10_000,
  });
  if (execution.data !== undefined) {
    const { id, version } = execution.data;
    // Another version is another drawing: the history is read anew into it.
    return <Followed key={`${id} ${version}`} execution={execution.data} />;
  }
  if (execution.isError)
    return <Unreadable problem={execution.error} onRetry={() => void execution.refetch()} />;
  return <Loading />;
}

/** The frame of what is to come, so that nothing jumps when it is there. */
function Loading() {
  return (
    <div role="status" aria-label="Loading execution" className="flex min-h-0 flex-1 flex-col">
      <div className="flex h-12 shrink-0 items-center gap-3 border-b bg-surface px-4">
        <Skeleton className="h-5 w-40" />
        <Skeleton className="h-5 w-20" />
        <Skeleton className="ml-auto h-8 w-28" />
      </div>
      <div className="flex min-h-0 flex-1">
        <div className="flex min-w-0 flex-1 flex-col">
          <div className="flex-1" />
          <div className="flex h-65 flex-col gap-3 border-t bg-surface p-3">
            {['a', 'b', 'c', 'd', 'e'].map((row) => (
              <Skeleton key={row} className="h-5" />
            ))}
          </div>
        </div>
        <div className="hidden w-110 flex-col gap-3 border-l bg-surface p-4 md:flex">
          <Skeleton className="h-5 w-32" />
          <Skeleton className="h-40" />
        </div>
      </div>
    </div>
  );
}

function Unreadable({ problem, onRetry }: { readonly problem: Error; readonly onRetry: () => void }) {
  if (!isMissing(problem))
    return (
      <ErrorState
        className="flex-1 justify-center"
        title="The execution could not be read"
        detail={sentenceOf(problem)}
        onRetry={onRetry}
      />
    );
  return (
    <Missing title="There is no such execution" href="/executions" action="Go to the executions">
      It may have been deleted, by itself or together with its flow.
    </Missing>
  );
}

function Followed({ execution }: { readonly execution: Execution }) {
  const [live] = useState(() => new Live(execution.id, execution.definition));
  // Talks to the server's event stream.
  useEffect(() => {
    live.open();
    return () => live.close();
  }, [live]);
  // Somebody else made an ended execution go on: its stream had been closed.
  useEffect(() => {
    if (live.connection === 'final' && execution.lastEvent > live.monitor.summary.lastEvent) live.open();
  }, [live, execution.lastEvent]);
  return (
    <LiveContext value={live}>
      <ExecutionView execution={execution} />
    </LiveContext>
  );
}
