'use client';

import { useVirtualizer } from '@tanstack/react-virtual';
import Link from 'next/link';
import { memo, useEffect, useRef } from 'react';
import { cn } from '@/components/ui/cn';
import { Duration, TimeAgo } from '@/components/ui/Time';
import type { ExecutionSummary } from '@/lib/api/resources';
import { StatusBadge } from './StatusBadge';
import { statusOf } from './status-of';

interface ExecutionRowsProps {
  readonly executions: readonly ExecutionSummary[];
  readonly showFlow: boolean;
  /** The reader comes near the end of what is loaded. */
  readonly onEnd: () => void;
}

const height = 40;
const columns = (showFlow: boolean) =>
  cn(
    'grid items-center gap-3 px-4',
    showFlow
      ? 'grid-cols-[7.5rem_minmax(0,1fr)_5rem] md:grid-cols-[7.5rem_minmax(8rem,1fr)_minmax(8rem,1.2fr)_minmax(0,1.6fr)_6rem_5.5rem]'
      : 'grid-cols-[7.5rem_minmax(0,1fr)_5rem] md:grid-cols-[7.5rem_minmax(8rem,1.2fr)_minmax(0,2fr)_4rem_6rem_5.5rem]',
  );

/** The rows that can be seen, of any number. */
export function ExecutionRows({ executions, showFlow, onEnd }: ExecutionRowsProps) {
  const scroll = useRef<HTMLDivElement>(null);
  const rows = useVirtualizer({
    count: executions.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => height,
    getItemKey: (index) => executions[index]?.id ?? index,
    overscan: 12,
  });
  const seen = rows.getVirtualItems();
  const last = seen.at(-1)?.index ?? 0;
  // Asks the server for the next page when the end comes near.
  useEffect(() => {
    if (last >= executions.length - 20) onEnd();
  }, [last, executions.length, onEnd]);
  return (
    // biome-ignore lint/a11y/useSemanticElements: rows of a real table cannot be placed by their number
    <div
      role="table"
      aria-label="Executions"
      aria-rowcount={executions.length}
      className="flex min-h-0 flex-1 flex-col"
    >
      {/* biome-ignore lint/a11y/useSemanticElements: see above */}
      <div
        role="row"
        tabIndex={-1}
        className={cn(columns(showFlow), 'h-8 shrink-0 border-b text-faint text-xs font-medium')}
      >
        <Head>Status</Head>
        {showFlow && <Head>Flow</Head>}
        <Head className={cn(showFlow && 'max-md:hidden')}>Name</Head>
        <Head className="max-md:hidden">Error</Head>
        {!showFlow && <Head className="max-md:hidden">Version</Head>}
        <Head className="max-md:hidden">Started</Head>
        <Head className="text-right">Duration</Head>
      </div>
      <div ref={scroll} className="min-h-0 flex-1 overflow-y-auto">
        {/* biome-ignore lint/a11y/useSemanticElements: see above */}
        <div role="rowgroup" className="relative" style={{ height: rows.getTotalSize() }}>
          {seen.map(({ index, start }) => {
            const execution = executions[index];
            if (execution === undefined) return null;
            return <Row key={execution.id} execution={execution} showFlow={showFlow} top={start} />;
          })}
        </div>
      </div>
    </div>
  );
}

interface RowProps {
  readonly execution: ExecutionSummary;
  readonly showFlow: boolean;
  readonly top: number;
}

const Row = memo(function Row({ execution, showFlow, top }: RowProps) {
  const { id, name, flowName, version, status, startedAt, endedAt, error, cause, redrives } = execution;
  return (
    // biome-ignore lint/a11y/useSemanticElements: rows of a real table cannot be placed by their number
    <div
      role="row"
      tabIndex={-1}
      className={cn(
        columns(showFlow),
        'absolute inset-x-0 border-b hover:bg-hover has-[[data-row]:focus-visible]:bg-accent-soft',
      )}
      style={{ height, transform: `translateY(${top}px)` }}
    >
      <Data>
        <StatusBadge status={statusOf(status, execution.queued)} />
      </Data>
      {showFlow && (
        <Data className="font-medium">
          {flowName} <span className="tabular font-normal text-faint text-xs">v{version}</span>
        </Data>
      )}
      <Data className={cn(showFlow && 'max-md:sr-only')}>
        <Link
          href={`/executions/${id}`}
          data-row=""
          className="font-mono text-xs outline-none after:absolute after:inset-0"
        >
          {name}
        </Link>
        {redrives > 0 && <span className="ml-2 text-faint text-xs">redriven {redrives} ×</span>}
      </Data>
      <Data className="text-xs max-md:hidden">
        {error !== null && (
          <span title={cause ?? undefined}>
            <span className="font-mono text-status-failed">{error}</span>
            {cause !== null && <span className="text-muted"> {cause}</span>}
          </span>
        )}
      </Data>
      {!showFlow && <Data className="tabular text-muted max-md:hidden">v{version}</Data>}
      <Data className="text-muted max-md:hidden">
        <TimeAgo at={Date.parse(startedAt)} className="text-xs" />
      </Data>
      <Data className="text-right">
        <Duration from={Date.parse(startedAt)} to={endedAt === null ? undefined : Date.parse(endedAt)} />
      </Data>
    </div>
  );
});

interface CellProps {
  readonly children: React.ReactNode;
  readonly className?: string | undefined;
}

function Head({ children, className }: CellProps) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: rows of a real table cannot be placed by their number
    <span role="columnheader" tabIndex={-1} className={className}>
      {children}
    </span>
  );
}

function Data({ children, className }: CellProps) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: rows of a real table cannot be placed by their number
    <span role="cell" className={cn('truncate', className)}>
      {children}
    </span>
  );
}
