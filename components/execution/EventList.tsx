'use client';

import { useVirtualizer } from '@tanstack/react-virtual';
import { ChevronRight } from 'lucide-react';
import { memo, useCallback, useRef, useState } from 'react';
import { tellProblem } from '@/components/shell/tell';
import { Button } from '@/components/ui/Button';
import { cn } from '@/components/ui/cn';
import { JsonView } from '@/components/ui/JsonView';
import { durationText } from '@/components/ui/moment';
import { Clock } from '@/components/ui/Time';
import type { Monitor } from '@/lib/monitor/monitor';
import type { Event } from './live';
import type { Selection } from './selection';
import { useLive, useTopic } from './use-live';

const height = 26;
const columns =
  'grid grid-cols-[4.75rem_minmax(0,1.2fr)_minmax(0,1fr)] items-center gap-3 px-3 md:grid-cols-[4.75rem_minmax(10rem,1.2fr)_minmax(0,1.6fr)_6.5rem_5rem]';

/** The raw history: every event, to be opened one by one. */
export function EventList({ selection }: { readonly selection: Selection }) {
  const { events, monitor, ...live } = useEvents();
  const [opened, setOpened] = useState<ReadonlySet<number>>(new Set());
  const scroll = useRef<HTMLDivElement>(null);
  const rows = useVirtualizer({
    count: events.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => height,
    overscan: 8,
  });
  const toggle = useCallback(
    (id: number, index: number) => {
      rows.resizeItem(index, height);
      setOpened((before) => {
        const next = new Set(before);
        if (!next.delete(id)) next.add(id);
        return next;
      });
    },
    [rows],
  );
  return (
    <div className="flex min-h-0 flex-1 flex-col bg-surface">
      <div className={cn(columns, 'h-7 shrink-0 border-b font-medium text-faint text-xs')}>
        <span>Event</span>
        <span>Type</span>
        <span>Step</span>
        <span className="max-md:hidden">At</span>
        <span className="text-right max-md:hidden">After</span>
      </div>
      {live.earlier > 0 && <Earlier count={live.earlier} onRead={live.readEarlier} />}
      <div ref={scroll} className="min-h-0 flex-1 overflow-y-auto">
        <ol aria-label="Events" className="relative" style={{ height: rows.getTotalSize() }}>
          {rows.getVirtualItems().map(({ index, start }) => {
            const event = events[index];
            if (event === undefined) return null;
            return (
              <li
                key={event.id}
                // Only what is open differs from the estimate; measuring every row would cost each frame of scrolling.
                ref={opened.has(event.id) ? rows.measureElement : null}
                data-index={index}
                className="absolute inset-x-0 border-b"
                style={{ transform: `translateY(${start}px)` }}
              >
                <EventRow
                  event={event}
                  step={stepOfEvent(monitor, event)}
                  since={event.at - monitor.summary.startedAt}
                  isOpen={opened.has(event.id)}
                  index={index}
                  onToggle={toggle}
                  onStep={selection.choose}
                />
              </li>
            );
          })}
        </ol>
      </div>
    </div>
  );
}

function useEvents() {
  const live = useLive();
  useTopic('steps');
  const { events, monitor } = live;
  return { events, monitor, earlier: live.earlier(), readEarlier: () => live.readEarlier() };
}

interface EarlierProps {
  /** How many events there are before those in the list. */
  readonly count: number;
  readonly onRead: () => Promise<void>;
}

/** A long history is listed from its newest events on; the ones before are read when somebody asks. */
function Earlier({ count, onRead }: EarlierProps) {
  const [busy, setBusy] = useState(false);
  const read = async () => {
    setBusy(true);
    await onRead().catch((problem) => tellProblem('The events could not be read', problem));
    setBusy(false);
  };
  return (
    <p className="flex shrink-0 items-center gap-3 border-b px-3 py-1.5 text-muted text-xs">
      {count.toLocaleString('en')} earlier events are not listed.
      <Button size="sm" disabled={busy} onClick={() => void read()}>
        {busy ? 'Reading…' : `Read ${Math.min(count, 1_000).toLocaleString('en')} more`}
      </Button>
    </p>
  );
}

interface StepName {
  readonly id: number;
  readonly text: string;
}

function stepOfEvent(monitor: Monitor, event: Event): string | undefined {
  const id = 'step' in event ? event.step : event.id;
  const step = monitor.steps.get(id);
  if (step === undefined) return undefined;
  const index = 'index' in event ? event.index : undefined;
  return index === undefined ? step.state : `${step.state} [${index}]`;
}

interface EventRowProps {
  readonly event: Event;
  /** The state's name, with the iteration. */
  readonly step: StepName['text'] | undefined;
  /** Milliseconds since the execution started. */
  readonly since: number;
  readonly isOpen: boolean;
  readonly index: number;
  readonly onToggle: (id: number, index: number) => void;
  readonly onStep: (step: number) => void;
}

const EventRow = memo(function EventRow({
  event,
  step,
  since,
  isOpen,
  index,
  onToggle,
  onStep,
}: EventRowProps) {
  return (
    <>
      <div className={cn(columns, 'relative h-[25px] hover:bg-hover')}>
        <button
          type="button"
          aria-expanded={isOpen}
          aria-label={`Event ${event.id} ${event.type}`}
          onClick={() => onToggle(event.id, index)}
          className="tabular flex items-center gap-1 font-mono text-faint text-xs outline-offset-[-2px] after:absolute after:inset-0"
        >
          <ChevronRight aria-hidden className={cn('size-3 shrink-0', isOpen && 'rotate-90')} />
          {event.id}
        </button>
        <span className={cn('truncate text-xs', /Failed|TimedOut/.test(event.type) && 'text-status-failed')}>
          {event.type}
        </span>
        {step === undefined ? (
          <span />
        ) : (
          <button
            type="button"
            className="relative z-10 w-fit max-w-full truncate text-left text-accent-text text-xs hover:underline"
            onClick={() => onStep('step' in event ? event.step : event.id)}
          >
            {step}
          </button>
        )}
        <Clock at={event.at} className="text-faint max-md:hidden" />
        <span className="tabular text-right font-mono text-faint text-xs [word-spacing:-0.2em] max-md:hidden">
          {durationText(since)}
        </span>
      </div>
      {isOpen && (
        <div className="border-t bg-background px-3 py-2">
          <JsonView value={shownPart(event)} copyLabel="Copy event" />
        </div>
      )}
    </>
  );
});

/** What the row above does not say already; the seed is a secret and comes empty. */
function shownPart(event: Event): object {
  if (event.type !== 'ExecutionStarted') return event;
  const { seed: _, ...rest } = event;
  return rest;
}
