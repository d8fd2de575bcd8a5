'use client';

import { useQuery } from '@tanstack/react-query';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef, useState } from 'react';
import { client } from '@/components/shell/client';
import { sentenceOf } from '@/components/shell/tell';
import { CopyButton } from '@/components/ui/CopyButton';
import { cn } from '@/components/ui/cn';
import { EmptyState, ErrorState } from '@/components/ui/Notice';
import { Select } from '@/components/ui/Select';
import { Switch } from '@/components/ui/Switch';
import { Clock } from '@/components/ui/Time';
import type { Step } from '@/lib/monitor/step';
import type { LiveLine } from './live';
import { joinLines } from './log-lines';
import type { Tab } from './selection';
import { useConnection, useLive, useTopic } from './use-live';

interface LogsProps {
  readonly executionId: string;
  readonly step: Step;
  readonly attempt: number | undefined;
  readonly onChoose: (step: number, tab?: Tab, attempt?: number) => void;
}

const LIMIT = 10_000;

/** What the step's task said, of all attempts or one, as it says it. */
export function Logs({ executionId, step, attempt, onChoose }: LogsProps) {
  const live = useLive();
  const connection = useConnection();
  useTopic('logs');
  const read = useQuery({
    // Lines said while the connection was broken are read again once it stands.
    queryKey: ['logs', executionId, step.id, connection === 'broken'],
    queryFn: ({ signal }) => readLines(executionId, step.id, signal),
    placeholderData: (before) => before,
  });
  if (read.isError)
    return (
      <ErrorState
        title="The logs could not be read"
        detail={sentenceOf(read.error)}
        onRetry={() => void read.refetch()}
      />
    );
  const all = joinLines(read.data ?? [], live.lines.get(step.id) ?? []);
  const call = step.attempts.find(({ number }) => number === attempt)?.call;
  const lines = attempt === undefined || attempt === 0 ? all : all.filter((line) => line.attempt === call);
  return (
    <Console
      lines={lines}
      isReading={read.isPending}
      head={
        <Select
          label="Attempt"
          size="sm"
          value={String(attempt ?? 0)}
          onChange={(next) => onChoose(step.id, 'logs', Number(next))}
          options={[
            { value: '0', label: 'All attempts' },
            ...step.attempts.map(({ number }) => ({ value: String(number), label: `Attempt ${number}` })),
          ]}
        />
      }
    />
  );
}

async function readLines(
  executionId: string,
  step: number,
  signal: AbortSignal,
): Promise<readonly LiveLine[]> {
  const lines: LiveLine[] = [];
  let after: number | null = 0;
  while (after !== null && lines.length < LIMIT) {
    const page: Awaited<ReturnType<typeof client.listLogs>> = await client.listLogs(
      { params: { executionId }, query: { step, after, limit: 2000 } },
      signal,
    );
    lines.push(...page.items);
    after = page.nextAfter;
  }
  return lines;
}

interface ConsoleProps {
  readonly lines: readonly LiveLine[];
  readonly isReading: boolean;
  readonly head: React.ReactNode;
}

const colours: { readonly [Level in LiveLine['level']]: string } = {
  debug: 'text-faint',
  info: 'text-status-running',
  warn: 'text-status-retrying',
  error: 'text-status-failed',
};

function Console({ lines, isReading, head }: ConsoleProps) {
  const [follow, setFollow] = useState(true);
  const scroll = useRef<HTMLDivElement>(null);
  const rows = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => 20,
    overscan: 20,
  });
  // Moves the list, which scrolls by itself, to its newest line.
  useEffect(() => {
    if (follow && lines.length > 0) rows.scrollToIndex(lines.length - 1);
  }, [follow, lines.length, rows]);
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <div className="flex items-center gap-3 border-b px-3 py-1.5">
        {head}
        <Switch label="Follow" checked={follow} onChange={setFollow} className="text-xs" />
        <span className="tabular ml-auto text-faint text-xs">{lines.length.toLocaleString('en')} lines</span>
        <CopyButton text={() => lines.map(lineText).join('\n')} label="Copy logs" />
      </div>
      {lines.length === 0 && !isReading && (
        <EmptyState title="No log lines">
          HTTP requests log what they asked and got; functions log what they write to the console.
        </EmptyState>
      )}
      <div
        ref={scroll}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable with the keyboard
        tabIndex={0}
        role="log"
        aria-label="Logs"
        className="min-h-0 flex-1 overflow-auto py-1 font-mono text-xs"
      >
        <div className="relative" style={{ height: rows.getTotalSize() }}>
          {rows.getVirtualItems().map(({ index, start, key }) => {
            const line = lines[index];
            if (line === undefined) return null;
            return (
              <div
                key={key}
                ref={rows.measureElement}
                data-index={index}
                className="absolute inset-x-0 flex gap-3 px-3 leading-5 hover:bg-hover"
                style={{ transform: `translateY(${start}px)` }}
              >
                <Clock at={line.at} className="text-faint leading-5" />
                <span className={cn('w-9 shrink-0', colours[line.level])}>{line.level}</span>
                <span className="min-w-0 whitespace-pre-wrap break-words">{line.text}</span>
              </div>
            );
          })}
        </div>
      </div>
    </div>
  );
}

function lineText({ at, level, text }: LiveLine): string {
  return `${new Date(at).toISOString()} ${level} ${text}`;
}
