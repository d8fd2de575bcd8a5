'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import { ListTree } from 'lucide-react';
import { type ReactNode, useDeferredValue, useState } from 'react';
import { client } from '@/components/shell/client';
import { useQueryState } from '@/components/shell/query-state';
import { sentenceOf } from '@/components/shell/tell';
import { Button } from '@/components/ui/Button';
import { EmptyState, ErrorState } from '@/components/ui/Notice';
import { SearchField } from '@/components/ui/SearchField';
import { Skeleton } from '@/components/ui/Skeleton';
import { Switch } from '@/components/ui/Switch';
import { type ExecutionStatus, executionStatuses } from '@/lib/api/execution-status';
import { DeleteMatching } from './DeleteMatching';
import { ExecutionRows } from './ExecutionRows';
import { RedriveMatching } from './RedriveMatching';
import { StatusFilter } from './StatusFilter';

interface ExecutionListProps {
  readonly flowId?: string;
  /** A column for the flow, where the list is not of one flow alone. */
  readonly showFlow?: boolean;
  /** Further filters, before ours. */
  readonly filters?: ReactNode;
}

const failing: readonly ExecutionStatus[] = ['failed', 'timedOut'];

/** Where the next page begins. Failing first is two lists, one after the other. */
interface Place {
  readonly statuses: readonly ExecutionStatus[];
  readonly cursor: string;
}

/** Executions by filters that stand in the URL, live, a page at a time. */
export function ExecutionList({ flowId, showFlow = false, filters }: ExecutionListProps) {
  const { get, set } = useQueryState();
  const status = chosenStatus(get('status'));
  const failingFirst = get('order') === 'failing' && status === undefined;
  const [typed, setTyped] = useState(get('search'));
  const search = useDeferredValue(typed.trim());
  const executions = useInfiniteQuery({
    queryKey: ['executions', flowId, status, search, failingFirst],
    queryFn: ({ pageParam: { statuses, cursor }, signal }) => {
      const where = { ...(flowId === undefined ? {} : { flowId }), ...(search === '' ? {} : { search }) };
      const query = { ...where, limit: 100, ...(cursor === '' ? {} : { cursor }) };
      return client.listExecutions(
        { query: statuses.length === 0 ? query : { ...query, status: statuses.join(',') } },
        signal,
      );
    },
    initialPageParam: firstPlace(status, failingFirst),
    getNextPageParam: ({ nextCursor }, _pages, { statuses }): Place | undefined => {
      if (nextCursor !== null) return { statuses, cursor: nextCursor };
      const isFirstHalf = failingFirst && statuses.includes('failed');
      return isFirstHalf
        ? { statuses: executionStatuses.filter((each) => !failing.includes(each)), cursor: '' }
        : undefined;
    },
    placeholderData: (before) => before,
    // Whoever has scrolled far down reads history; reading all of that again every other second helps nobody.
    refetchInterval: ({ state }) => ((state.data?.pages.length ?? 0) > 2 ? false : 2000),
  });
  const items = executions.data?.pages.flatMap((page) => page.items);
  const find = (text: string) => {
    setTyped(text);
    set({ search: text.trim() });
  };
  const clear = () => {
    setTyped('');
    set({ search: '', status: '', flow: '' });
  };
  const isFiltered = search !== '' || status !== undefined || (showFlow && flowId !== undefined);
  return (
    <>
      <div className="flex shrink-0 flex-wrap items-center gap-2 border-b bg-surface px-4 py-2">
        {filters}
        <StatusFilter
          value={status}
          counts={executions.data?.pages[0]?.counts}
          onChange={(next) => set({ status: next ?? '' })}
          className="max-md:order-1 max-md:w-full"
        />
        <Switch
          label="Failing first"
          checked={failingFirst}
          disabled={status !== undefined}
          onChange={(on) => set({ order: on ? 'failing' : '' })}
        />
        <RedriveMatching filter={{ flowId, status, search }} counts={executions.data?.pages[0]?.counts} />
        <DeleteMatching filter={{ flowId, status, search }} counts={executions.data?.pages[0]?.counts} />
        <SearchField
          label="Search name or id"
          value={typed}
          onChange={find}
          className="ml-auto max-md:order-2 max-md:w-full"
        />
      </div>
      {items === undefined && executions.isPending && <Waiting />}
      {items === undefined && executions.isError && (
        <ErrorState
          title="The executions could not be read"
          detail={sentenceOf(executions.error)}
          onRetry={() => void executions.refetch()}
        />
      )}
      {items?.length === 0 && !executions.hasNextPage && <None isFiltered={isFiltered} onClear={clear} />}
      {items !== undefined && items.length > 0 && (
        <ExecutionRows
          executions={items}
          showFlow={showFlow}
          onEnd={() => {
            if (executions.hasNextPage && !executions.isFetching) void executions.fetchNextPage();
          }}
        />
      )}
    </>
  );
}

function chosenStatus(text: string): ExecutionStatus | undefined {
  return executionStatuses.find((each) => each === text);
}

function firstPlace(status: ExecutionStatus | undefined, failingFirst: boolean): Place {
  if (status !== undefined) return { statuses: [status], cursor: '' };
  return { statuses: failingFirst ? failing : [], cursor: '' };
}

function None({ isFiltered, onClear }: { readonly isFiltered: boolean; readonly onClear: () => void }) {
  if (isFiltered)
    return (
      <EmptyState
        icon={<ListTree aria-hidden />}
        title="No execution matches"
        actions={<Button onClick={onClear}>Clear the filters</Button>}
      >
        Search finds parts of names, and ids from their beginning.
      </EmptyState>
    );
  return (
    <EmptyState icon={<ListTree aria-hidden />} title="Nothing has run yet">
      Run a flow, and its executions appear here while they happen.
    </EmptyState>
  );
}

function Waiting() {
  return (
    <div role="status" aria-label="Loading executions" className="space-y-2 p-4">
      {['a', 'b', 'c', 'd', 'e', 'f'].map((row) => (
        <Skeleton key={row} className="h-8" />
      ))}
    </div>
  );
}
