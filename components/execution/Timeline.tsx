'use client';

import { useVirtualizer } from '@tanstack/react-virtual';
import { ChevronRight, Filter } from 'lucide-react';
import { memo, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { cn } from '@/components/ui/cn';
import { durationText } from '@/components/ui/moment';
import { EmptyState } from '@/components/ui/Notice';
import { Duration, useNow } from '@/components/ui/Time';
import type { Monitor } from '@/lib/monitor/monitor';
import type { Act, Step } from '@/lib/monitor/step';
import { type Folds, type Row, rowsOf } from '@/lib/monitor/tree';
import { attemptOf } from '@/lib/monitor/view';
import { StatusBadge } from './StatusBadge';
import type { Selection } from './selection';
import { useLive, useStep, useTopic } from './use-live';

const height = 28;
const columns =
  'grid grid-cols-[minmax(0,1fr)_7.5rem_5.5rem] items-center gap-3 px-3 md:grid-cols-[minmax(9rem,1.2fr)_7.5rem_minmax(0,2fr)_5.5rem]';

/** All steps, those of branches and iterations below their Parallel or Map, each with its time as a bar. */
export function Timeline({ selection }: { readonly selection: Selection }) {
  const { monitor } = useLive();
  const { step: chosen, choose } = selection;
  const [failedOnly, setFailedOnly] = useState(false);
  const { rows: listed, fold } = useRows(failedOnly, chosen);
  const scroll = useRef<HTMLDivElement>(null);
  const rows = useVirtualizer({
    count: listed.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => height,
    overscan: 8,
  });
  // Brings the chosen step into sight when it was chosen elsewhere (on the canvas, by the address).
  // biome-ignore lint/correctness/useExhaustiveDependencies: new steps must not move the list under the reader
  useEffect(() => {
    const place = chosen === undefined ? -1 : listed.findIndex(({ step }) => step === chosen);
    if (place >= 0) rows.scrollToIndex(place, { align: 'auto' });
  }, [chosen, rows]);
  const now = useNow(monitor.summary.status === 'running' && listed.length > 0);
  const span = spanOf(monitor, now);
  return (
    <div className="flex min-h-0 flex-1 flex-col bg-surface">
      <div className={cn(columns, 'h-7 shrink-0 border-b font-medium text-faint text-xs')}>
        <span className="pl-3">Step</span>
        <span>Status</span>
        <span className="relative flex justify-between max-md:hidden">
          <span>Time</span>
          <span className="tabular font-mono font-normal [word-spacing:-0.2em]">
            {durationText(span.length)}
          </span>
          <Acts acts={monitor.acts} from={span.from} length={span.length} />
        </span>
        <button
          type="button"
          aria-pressed={failedOnly}
          onClick={() => setFailedOnly(!failedOnly)}
          className={cn(
            'ml-auto inline-flex items-center gap-1 rounded-sm px-1 hover:text-foreground',
            failedOnly && 'bg-status-failed-soft text-status-failed',
          )}
        >
          <Filter className="size-3" aria-hidden />
          Failed
        </button>
      </div>
      {listed.length === 0 && (
        <EmptyState title={failedOnly ? 'No step has failed' : 'No step was entered yet'} />
      )}
      <div ref={scroll} className="min-h-0 flex-1 overflow-y-auto">
        <ol aria-label="Steps" className="relative" style={{ height: rows.getTotalSize() }}>
          {rows.getVirtualItems().map(({ index, start }) => {
            const row = listed[index];
            if (row === undefined) return null;
            return (
              <li
                key={row.step}
                className="absolute inset-x-0"
                style={{ transform: `translateY(${start}px)`, height }}
              >
                <StepRow
                  {...row}
                  isChosen={row.step === chosen}
                  from={span.from}
                  length={span.length}
                  onChoose={choose}
                  onFold={fold}
                />
              </li>
            );
          })}
        </ol>
      </div>
    </div>
  );
}

function useRows(failedOnly: boolean, chosen: number | undefined) {
  const { monitor } = useLive();
  const version = useTopic('steps');
  const [folds, setFolds] = useState<Folds>(new Map());
  const fold = useCallback(
    (step: number, to: 'open' | 'folded') => setFolds((before) => new Map(before).set(step, to)),
    [],
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: the version stands for what is inside the monitor
  const rows = useMemo(() => {
    if (!failedOnly) return rowsOf(monitor, folds, chosen);
    const failed = monitor.order.filter((id) => hasFailed(monitor, id));
    return failed.map((step): Row => ({ step, depth: 0, inside: 'none' }));
  }, [monitor, failedOnly, folds, chosen, version]);
  return { rows, fold };
}

function hasFailed(monitor: Monitor, id: number): boolean {
  const step = monitor.steps.get(id);
  return step?.status === 'failed' || step?.attempts.some((attempt) => attempt.status === 'failed') === true;
}

/** From the start to the end, or to now. */
function spanOf({ summary: { startedAt, endedAt } }: Monitor, now: number) {
  const last = endedAt ?? Math.max(now, startedAt);
  return { from: startedAt, length: Math.max(1, last - startedAt) };
}

interface ActsProps {
  readonly acts: readonly Act[];
  readonly from: number;
  readonly length: number;
}

/** Marks on the axis where an operator did something; the panel of the execution tells them in words. */
function Acts({ acts, from, length }: ActsProps) {
  return acts.map(({ event, at, what, why }) => (
    <span
      key={event}
      role="img"
      aria-label={`${what} by hand`}
      title={`${what} by hand${why === undefined ? '' : `: ${why}`}`}
      className="absolute -bottom-2 size-2 -translate-x-1/2 rotate-45 rounded-[1px] bg-accent"
      style={{ left: `${Math.min(100, ((at - from) / length) * 100)}%` }}
    />
  ));
}

interface StepRowProps extends Row {
  readonly isChosen: boolean;
  readonly from: number;
  readonly length: number;
  readonly onChoose: (step: number) => void;
  readonly onFold: (step: number, to: 'open' | 'folded') => void;
}

const StepRow = memo(function StepRow(props: StepRowProps) {
  const { step: id, depth, inside, isChosen, from, length, onChoose, onFold } = props;
  const step = useStep(id);
  const { monitor } = useLive();
  if (step === undefined) return null;
  const indent = 12 + depth * 16;
  return (
    <>
      <button
        type="button"
        aria-pressed={isChosen}
        data-row="follow"
        onClick={() => onChoose(id)}
        onKeyDown={(event) => {
          const to = foldOf(event.key);
          if (to !== undefined && inside !== 'none') onFold(id, to);
        }}
        className={cn(
          columns,
          'h-full w-full border-b text-left outline-offset-[-2px] hover:bg-hover',
          isChosen && 'bg-accent-soft hover:bg-accent-soft',
        )}
      >
        <span className="flex min-w-0 items-baseline gap-1.5" style={{ paddingLeft: indent }}>
          <span className="truncate">{step.state}</span>
          <Place monitor={monitor} step={step} isFolded={inside === 'folded'} />
          {step.attempts.length > 1 && (
            <span className="tabular shrink-0 text-status-retrying text-xs">
              {step.attempts.length} attempts
            </span>
          )}
        </span>
        <StatusBadge status={step.status} plain attempt={attemptOf(step)} />
        <Bars step={step} from={from} length={length} />
        <Duration from={step.enteredAt} to={step.endedAt} className="text-right text-muted" />
      </button>
      {inside !== 'none' && (
        <button
          type="button"
          tabIndex={-1}
          aria-label={`${inside === 'open' ? 'Fold' : 'Unfold'} ${step.state}`}
          aria-expanded={inside === 'open'}
          onClick={() => onFold(id, inside === 'open' ? 'folded' : 'open')}
          className="absolute top-1 grid size-5 place-items-center rounded-sm text-faint hover:bg-pressed hover:text-foreground"
          style={{ left: indent - 8 }}
        >
          <ChevronRight aria-hidden className={cn('size-3.5', inside === 'open' && 'rotate-90')} />
        </button>
      )}
    </>
  );
});

function foldOf(key: string): 'open' | 'folded' | undefined {
  if (key === 'ArrowRight') return 'open';
  return key === 'ArrowLeft' ? 'folded' : undefined;
}

interface PlaceProps {
  readonly monitor: Monitor;
  readonly step: Step;
  readonly isFolded: boolean;
}

/** Which branch or iteration this is, and how many there are inside where they are not listed. */
function Place({ monitor, step, isFolded }: PlaceProps) {
  const inside = isFolded ? monitor.containers.get(step.id)?.length : undefined;
  const word = step.stateType === 'Map' ? 'iterations' : 'branches';
  return (
    <>
      {step.index !== undefined && (
        <span className="tabular shrink-0 text-faint text-xs">{placeIn(monitor, step, step.index)}</span>
      )}
      {inside !== undefined && (
        <span className="tabular shrink-0 text-faint text-xs">
          {inside.toLocaleString('en')} {word}
        </span>
      )}
    </>
  );
}

/** Iterations are counted as the language counts them, branches as the canvas does. */
function placeIn(monitor: Monitor, { parent = 0 }: Step, index: number): string {
  return monitor.steps.get(parent)?.stateType === 'Map' ? `[${index}]` : `branch ${index + 1}`;
}

const fills = {
  pending: 'bg-status-pending',
  running: 'bg-status-running',
  retrying: 'bg-status-retrying',
  waiting: 'bg-status-waiting',
  parked: 'bg-status-parked',
  succeeded: 'bg-status-succeeded',
  failed: 'bg-status-failed',
  skipped: 'bg-status-skipped',
  stopped: 'bg-status-stopped',
} as const;

/** The step's time as a pale bar, its attempts as strong ones on it. */
function Bars({ step, from, length }: { readonly step: Step } & Pick<StepRowProps, 'from' | 'length'>) {
  const place = (start: number, end: number | undefined) => {
    const left = Math.min(100, ((start - from) / length) * 100);
    const right = Math.min(100, (((end ?? from + length) - from) / length) * 100);
    return { left: `${left}%`, width: `max(2px, ${Math.max(0, right - left)}%)` };
  };
  return (
    <span aria-hidden className="relative block h-3 max-md:hidden">
      <span
        className={cn('absolute top-1 h-1 rounded-full opacity-35', fills[step.status])}
        style={place(step.enteredAt, step.endedAt)}
      />
      {step.attempts.map((attempt) => (
        <span
          key={attempt.number}
          className={cn('absolute top-0.5 h-2 rounded-[2px]', fills[attempt.status])}
          style={place(attempt.startedAt, attempt.endedAt)}
        />
      ))}
      {step.attempts.length === 0 && (
        <span
          className={cn('absolute top-0.5 h-2 rounded-[2px]', fills[step.status])}
          style={place(step.enteredAt, step.endedAt)}
        />
      )}
    </span>
  );
}
