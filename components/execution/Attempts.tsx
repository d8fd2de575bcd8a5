'use client';

import { ChevronRight } from 'lucide-react';
import { cn } from '@/components/ui/cn';
import { JsonView } from '@/components/ui/JsonView';
import { durationText } from '@/components/ui/moment';
import { EmptyState } from '@/components/ui/Notice';
import { Clock, Duration } from '@/components/ui/Time';
import type { Attempt, Step, Trigger } from '@/lib/monitor/step';
import { StatusBadge } from './StatusBadge';
import { Failed } from './StepData';
import type { Tab } from './selection';

interface AttemptsProps {
  readonly step: Step;
  readonly chosen: number | undefined;
  readonly onChoose: (step: number, tab?: Tab, attempt?: number) => void;
}

/** Every attempt that the step ever had, with all that is known of each. */
export function Attempts({ step, chosen, onChoose }: AttemptsProps) {
  if (step.attempts.length === 0)
    return (
      <EmptyState title="No attempts">
        A {step.stateType} state does its work at once: there is nothing to try.
      </EmptyState>
    );
  const shown = chosen ?? step.attempts.at(-1)?.number;
  return (
    <ol className="min-h-0 flex-1 overflow-y-auto">
      {step.attempts.map((attempt) => (
        <li key={attempt.number} className="border-b">
          <AttemptRow
            attempt={attempt}
            isOpen={attempt.number === shown}
            onToggle={() => onChoose(step.id, 'attempts', attempt.number === shown ? 0 : attempt.number)}
            onLogs={() => onChoose(step.id, 'logs', attempt.number)}
          />
        </li>
      ))}
    </ol>
  );
}

interface AttemptRowProps {
  readonly attempt: Attempt;
  readonly isOpen: boolean;
  readonly onToggle: () => void;
  readonly onLogs: () => void;
}

function AttemptRow({ attempt, isOpen, onToggle, onLogs }: AttemptRowProps) {
  const { number, status, trigger, startedAt, endedAt, failure, retry } = attempt;
  return (
    <article aria-label={`Attempt ${number}`}>
      <button
        type="button"
        aria-expanded={isOpen}
        onClick={onToggle}
        className="flex w-full flex-wrap items-center gap-x-2 gap-y-1 px-3 py-2 text-left outline-offset-[-2px] hover:bg-hover"
      >
        <ChevronRight aria-hidden className={cn('size-3.5 text-faint', isOpen && 'rotate-90')} />
        <span className="font-medium">Attempt {number}</span>
        <StatusBadge status={status} />
        {failure?.error !== undefined && (
          <code className="min-w-0 truncate text-status-failed text-xs">{failure.error}</code>
        )}
        <span className="ml-auto flex items-center gap-2">
          <Clock at={startedAt} className="text-faint" />
          <Duration from={startedAt} to={endedAt} />
        </span>
        <span className="basis-full pl-5.5 text-faint text-xs">{because(trigger)}</span>
      </button>
      {isOpen && <AttemptBody attempt={attempt} onLogs={onLogs} />}
      {retry !== undefined && endedAt !== undefined && (
        <p className="tabular px-3 pb-2 pl-8.5 text-status-retrying text-xs">
          Then {durationText(retry.at - endedAt)} of waiting, by Retry rule {retry.retrier + 1}
        </p>
      )}
    </article>
  );
}

function AttemptBody({ attempt, onLogs }: Pick<AttemptRowProps, 'attempt' | 'onLogs'>) {
  const { resource, parameters, input, output, failure } = attempt;
  return (
    <div className="space-y-3 px-3 pb-3 pl-8.5">
      {failure !== undefined && <Failed failure={failure} />}
      {resource !== undefined && (
        <p className="text-muted text-xs">
          Called <code>{resource}</code>
        </p>
      )}
      <Value title="Input" value={input} />
      {parameters !== undefined && <Value title="Parameters" value={parameters} />}
      {output !== undefined && <Value title="Answer" value={output} />}
      <button type="button" className="text-accent-text text-xs hover:underline" onClick={onLogs}>
        Logs of this attempt
      </button>
    </div>
  );
}

function Value({ title, value }: { readonly title: string; readonly value: unknown }) {
  return (
    <section>
      <h3 className="mb-0.5 font-medium text-faint text-xs">{title}</h3>
      <JsonView value={value} copyLabel={`Copy ${title.toLowerCase()}`} />
    </section>
  );
}

function because(trigger: Trigger): string {
  switch (trigger.kind) {
    case 'entered':
      return 'When the state was entered';
    case 'retry':
      return `By Retry rule ${trigger.retrier + 1}`;
    case 'operator':
      return `Retried by hand${told(trigger)}`;
    case 'redrive':
      return `Redriven by hand${told(trigger)}`;
  }
}

function told({ by, why }: { readonly by?: string; readonly why?: string }): string {
  return `${by === undefined ? '' : ` by ${by}`}${why === undefined ? '' : `: ${why}`}`;
}
