'use client';

import { useVirtualizer } from '@tanstack/react-virtual';
import { useMemo, useRef, useState } from 'react';
import { cn } from '@/components/ui/cn';
import { EmptyState } from '@/components/ui/Notice';
import { Duration } from '@/components/ui/Time';
import type { Container, Scope } from '@/lib/monitor/scope';
import { type StepStatus, stepStatuses } from '@/lib/monitor/status';
import type { Step } from '@/lib/monitor/step';
import { stepIn } from '@/lib/monitor/view';
import { faces, StatusBadge, StatusIcon } from './StatusBadge';
import type { Selection } from './selection';
import { useLive, useTopic } from './use-live';

interface IterationsProps {
  readonly step: Step;
  readonly selection: Selection;
}

/** The iterations of a Map or the branches of a Parallel: how many stand where, and each of them to look into. */
export function Iterations({ step, selection }: IterationsProps) {
  const { monitor } = useLive();
  const version = useTopic(`step ${step.id}`);
  const [only, setOnly] = useState<StepStatus>();
  const container = monitor.containers.get(step.id);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the version stands for what is inside the container
  const indexes = useMemo(() => indexesOf(container, only), [container, only, version]);
  if (container === undefined)
    return <EmptyState title="Nothing inside yet">It is shown here once the state begins.</EmptyState>;
  const word = step.stateType === 'Map' ? 'Iteration' : 'Branch';
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <Filter container={container} only={only} onChange={setOnly} />
      {container.dropped !== undefined && (
        <p className="border-b px-3 py-1.5 text-muted text-xs">
          Of so many, those that failed or still run are listed, and the newest that went well. The others are
          counted; their events are in the history.
        </p>
      )}
      <List
        indexes={indexes}
        row={(index) => {
          const scope = container.scopes.get(index);
          const target = scope === undefined ? undefined : stepIn(monitor, scope);
          return (
            <IterationRow
              name={`${word} ${step.stateType === 'Map' ? index : index + 1}`}
              scope={scope}
              {...(target === undefined ? {} : { onOpen: () => selection.choose(target) })}
            />
          );
        }}
      />
    </div>
  );
}

function indexesOf(container: Container | undefined, only: StepStatus | undefined): readonly number[] {
  if (container === undefined) return [];
  const indexes =
    container.dropped === undefined
      ? Array.from({ length: container.length }, (_, index) => index)
      : [...container.scopes.keys()].sort((one, other) => one - other);
  return only === undefined
    ? indexes
    : indexes.filter((index) => (container.scopes.get(index)?.status ?? 'pending') === only);
}

interface FilterProps {
  readonly container: Container;
  readonly only: StepStatus | undefined;
  readonly onChange: (only: StepStatus | undefined) => void;
}

function Filter({ container, only, onChange }: FilterProps) {
  const shown = stepStatuses.filter((status) => (container.counts[status] ?? 0) > 0 || status === only);
  return (
    <fieldset className="flex flex-wrap gap-1 border-b px-3 py-1.5" aria-label="Show only">
      {shown.map((status) => (
        <button
          key={status}
          type="button"
          aria-pressed={only === status}
          onClick={() => onChange(only === status ? undefined : status)}
          className={cn(
            'tabular inline-flex h-6 items-center gap-1.5 rounded-md border px-1.5 text-xs hover:bg-hover',
            only === status ? 'border-ring' : 'border-transparent text-muted',
          )}
        >
          <StatusIcon status={status} className="animate-none" />
          {(container.counts[status] ?? 0).toLocaleString('en')} {faces[status].word.toLowerCase()}
        </button>
      ))}
    </fieldset>
  );
}

interface ListProps {
  readonly indexes: readonly number[];
  readonly row: (index: number) => React.ReactNode;
}

function List({ indexes, row }: ListProps) {
  const scroll = useRef<HTMLDivElement>(null);
  const rows = useVirtualizer({
    count: indexes.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => 32,
    overscan: 12,
  });
  return (
    <div ref={scroll} className="min-h-0 flex-1 overflow-y-auto">
      <ul className="relative" style={{ height: rows.getTotalSize() }}>
        {rows.getVirtualItems().map(({ index, start, key }) => (
          <li key={key} className="absolute inset-x-0" style={{ transform: `translateY(${start}px)` }}>
            {row(indexes[index] ?? 0)}
          </li>
        ))}
      </ul>
    </div>
  );
}

interface IterationRowProps {
  readonly name: string;
  readonly scope: Scope | undefined;
  /** Absent where nothing was entered in it yet. */
  readonly onOpen?: () => void;
}

function IterationRow({ name, scope, onOpen }: IterationRowProps) {
  return (
    <button
      type="button"
      disabled={onOpen === undefined}
      onClick={onOpen}
      className="flex h-8 w-full items-center gap-3 border-b px-3 text-left text-xs outline-offset-[-2px] enabled:hover:bg-hover"
    >
      <span className="tabular w-24 shrink-0">{name}</span>
      <StatusBadge status={scope?.status ?? 'pending'} plain />
      {scope?.failure?.error !== undefined && (
        <code className="min-w-0 truncate text-status-failed">{scope.failure.error}</code>
      )}
      {scope?.startedAt !== undefined && (
        <Duration from={scope.startedAt} to={scope.endedAt} className="ml-auto text-muted" />
      )}
    </button>
  );
}
