'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import { FileUp, Plus } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useDeferredValue, useState } from 'react';
import { client } from '@/components/shell/client';
import { PageHeader } from '@/components/shell/PageHeader';
import { openNewFlow } from '@/components/shell/palette';
import { sentenceOf } from '@/components/shell/tell';
import { Button } from '@/components/ui/Button';
import { EmptyState, ErrorState } from '@/components/ui/Notice';
import { SearchField } from '@/components/ui/SearchField';
import { Skeleton } from '@/components/ui/Skeleton';
import { FlowsTable } from './FlowsTable';

const Gallery = dynamic(() => import('@/components/templates/Gallery').then((module) => module.Gallery));
/** Brings the whole language with it, so it comes when it is asked for. */
const ImportFlow = dynamic(() => import('./ImportFlow').then((module) => module.ImportFlow), { ssr: false });

/** The front door: the flows, and what each of them did last. */
export function FlowsPage() {
  const [typed, setTyped] = useState('');
  const [isImporting, setImporting] = useState(false);
  const search = useDeferredValue(typed.trim());
  const flows = useInfiniteQuery({
    queryKey: ['flows', search],
    queryFn: ({ pageParam, signal }) =>
      client.listFlows(
        { query: { search, limit: 100, ...(pageParam === '' ? {} : { cursor: pageParam }) } },
        signal,
      ),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: (before) => before,
    refetchInterval: 5000,
  });
  const items = flows.data?.pages.flatMap((page) => page.items);
  const isFirst = items?.length === 0 && search === '';
  return (
    <>
      <PageHeader
        title="Flows"
        actions={
          <>
            {!isFirst && (
              <SearchField
                label="Search flows"
                value={typed}
                onChange={setTyped}
                className="max-sm:order-last max-sm:w-full"
              />
            )}
            <Button onClick={() => setImporting(true)}>
              <FileUp aria-hidden />
              <span className="max-sm:sr-only">Import</span>
            </Button>
            <Button variant="primary" onClick={() => openNewFlow(true)}>
              <Plus aria-hidden />
              New flow
            </Button>
          </>
        }
      />
      {isImporting && <ImportFlow open onOpenChange={setImporting} />}
      <div className="min-h-0 flex-1 overflow-y-auto">
        {flows.isError && items === undefined && (
          <ErrorState
            title="The flows could not be read"
            detail={sentenceOf(flows.error)}
            onRetry={() => void flows.refetch()}
          />
        )}
        {flows.isPending && <Waiting />}
        {isFirst && <FirstStart />}
        {items?.length === 0 && search !== '' && (
          <EmptyState
            title={`No flow is called “${search}”`}
            actions={<Button onClick={() => setTyped('')}>Show all flows</Button>}
          />
        )}
        {items !== undefined && items.length > 0 && <FlowsTable flows={items} />}
        {flows.hasNextPage && (
          <div className="flex justify-center p-4">
            <Button disabled={flows.isFetchingNextPage} onClick={() => void flows.fetchNextPage()}>
              Show more flows
            </Button>
          </div>
        )}
      </div>
    </>
  );
}

function FirstStart() {
  return (
    <div className="mx-auto w-full max-w-6xl px-4 py-8">
      <h2 className="font-semibold text-lg">Run something real in a minute</h2>
      <p className="mt-1 mb-5 max-w-2xl text-muted">
        Take one of these flows: it becomes yours, runs on the engine right here, and you can watch each step,
        break it and mend it. Or start with an empty canvas.
      </p>
      <Gallery />
    </div>
  );
}

function Waiting() {
  return (
    <div role="status" aria-label="Loading flows" className="space-y-2 p-4">
      {['a', 'b', 'c', 'd'].map((row) => (
        <Skeleton key={row} className="h-10" />
      ))}
    </div>
  );
}
