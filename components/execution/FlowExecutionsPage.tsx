'use client';

import { useQuery } from '@tanstack/react-query';
import { Play } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import { RunDialog } from '@/components/flows/RunDialog';
import { client } from '@/components/shell/client';
import { MissingFlow } from '@/components/shell/Missing';
import { PageHeader } from '@/components/shell/PageHeader';
import { sentenceOf } from '@/components/shell/tell';
import { usePageTitle } from '@/components/shell/use-page-title';
import { Button } from '@/components/ui/Button';
import { ErrorState } from '@/components/ui/Notice';
import { Skeleton } from '@/components/ui/Skeleton';
import { isMissing } from '@/lib/api/client';
import { ExecutionList } from './ExecutionList';

/** The executions of one flow. */
export function FlowExecutionsPage({ flowId }: { readonly flowId: string }) {
  const [running, setRunning] = useState(false);
  const flow = useQuery({
    queryKey: ['flow', flowId],
    queryFn: ({ signal }) => client.getFlow({ params: { flowId } }, signal),
  });
  usePageTitle(flow.data === undefined ? undefined : `Executions of ${flow.data.name}`);
  if (isMissing(flow.error)) return <MissingFlow />;
  if (flow.isError)
    return (
      <ErrorState
        className="flex-1 justify-center"
        title="The flow could not be read"
        detail={sentenceOf(flow.error)}
        onRetry={() => void flow.refetch()}
      />
    );
  return (
    <>
      <PageHeader
        title={flow.data?.name ?? <Skeleton className="h-5 w-40" />}
        aside={
          <nav aria-label="Flow" className="flex gap-1 text-sm">
            <Link href={`/flows/${flowId}`} className="rounded-md px-2 py-1 text-muted hover:bg-hover">
              Designer
            </Link>
            <span aria-current="page" className="rounded-md bg-hover px-2 py-1 font-medium">
              Executions
            </span>
          </nav>
        }
        actions={
          <Button
            variant="primary"
            disabled={flow.data === undefined || flow.data.latestVersion === 0}
            onClick={() => setRunning(true)}
          >
            <Play aria-hidden />
            Run
          </Button>
        }
      />
      <ExecutionList flowId={flowId} />
      {flow.data !== undefined && <RunDialog flow={flow.data} open={running} onOpenChange={setRunning} />}
    </>
  );
}
