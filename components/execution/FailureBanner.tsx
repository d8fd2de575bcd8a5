'use client';

import { ChevronLeft, ChevronRight, CircleX, Hand, RotateCw } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { Button } from '@/components/ui/Button';
import { cn } from '@/components/ui/cn';
import { IconButton } from '@/components/ui/IconButton';
import type { Execution } from '@/lib/api/resources';
import { isObject } from '@/lib/expression/json';
import type { Monitor } from '@/lib/monitor/monitor';
import type { Step, StepFailure } from '@/lib/monitor/step';
import { culprits, lastCaught, originOf, parked } from '@/lib/monitor/view';
import type { ExecutionActions } from './actions';
import { jsonOf } from './json-of';
import { RedriveDialog } from './repair/RedriveDialog';
import { RetryPlan } from './repair/RetryPlan';
import { StepRepairs } from './repair/StepRepairs';
import type { Selection } from './selection';
import { useLive, useTopic } from './use-live';

interface FailureBannerProps {
  readonly execution: Execution;
  readonly actions: ExecutionActions;
  readonly selection: Selection;
}

/** What waits for an operator has not failed for good, and has the colour of its card. */
const looks = {
  parked: {
    icon: Hand,
    ground: 'border-b-status-parked/30 bg-status-parked-soft',
    text: 'text-status-parked',
  },
  failed: {
    icon: CircleX,
    ground: 'border-b-status-failed/30 bg-status-failed-soft',
    text: 'text-status-failed',
  },
} as const;

/** First of all: what failed, why, and the button that mends it. */
export function FailureBanner({ execution, actions, selection }: FailureBannerProps) {
  const { monitor } = useLive();
  useTopic('steps');
  const [place, setPlace] = useState(0);
  const trouble = troubleOf(monitor, execution);
  if (trouble === undefined) return null;
  const { steps, says } = trouble;
  const at = Math.max(0, Math.min(place, steps.length - 1));
  const step = steps[at];
  const { error, cause } = step?.failure ?? trouble.failure;
  const { icon: Icon, ground, text } = says === 'waits for you' ? looks.parked : looks.failed;
  return (
    <section
      aria-label="What failed"
      className={cn('flex shrink-0 flex-wrap items-start gap-x-4 gap-y-2 border-b px-4 py-2.5', ground)}
    >
      <Icon className={cn('mt-0.5 size-4 shrink-0', text)} aria-hidden />
      <div className="min-w-0 flex-1 basis-72">
        <p className="flex flex-wrap items-baseline gap-x-2">
          <strong className="font-semibold">{headline(step, says)}</strong>
          {error !== undefined && <code className={cn('text-xs', text)}>{error}</code>}
          {step !== undefined && step.attempts.length > 1 && (
            <span className="text-muted text-xs">after {step.attempts.length} attempts</span>
          )}
          {steps.length > 1 && <Pager place={at} count={steps.length} onMove={setPlace} />}
        </p>
        {cause !== undefined && cause !== '' && <Cause text={cause} />}
        {step?.stateType === 'Fail' && <CaughtBefore monitor={monitor} onShow={selection.choose} />}
      </div>
      {step !== undefined && (
        <Mend key={step.id} executionId={execution.id} step={step} actions={actions} selection={selection}>
          {says === 'waits for you' && steps.length > 1 && (
            <RetryAll execution={execution} actions={actions} count={steps.length} />
          )}
        </Mend>
      )}
    </section>
  );
}

/** A Fail state is where the flow was led to, not what went wrong. */
function headline(step: Step | undefined, says: Trouble['says']): string {
  if (step?.stateType === 'Fail') return `The flow ended at ${step.state}`;
  return `${step?.state ?? 'The execution'} ${says}`;
}

interface CaughtBeforeProps {
  readonly monitor: Monitor;
  readonly onShow: (step: number) => void;
}

/** The failure that led to a Fail state, where a Catcher led there. */
function CaughtBefore({ monitor, onShow }: CaughtBeforeProps) {
  const caught = lastCaught(monitor);
  if (caught === undefined) return null;
  const step = originOf(monitor, caught);
  return (
    <p className="mt-0.5 text-muted text-sm">
      Before that,{' '}
      <button type="button" className="text-accent-text hover:underline" onClick={() => onShow(step.id)}>
        {step.state}
      </button>{' '}
      {step !== caught && `in ${caught.state} `}
      had failed
      {step.failure?.error !== undefined && (
        <>
          {' '}
          with <code className="text-xs">{step.failure.error}</code>
        </>
      )}{' '}
      and was caught.
    </p>
  );
}

interface Trouble {
  /** The steps that are to blame, or that wait for an operator. */
  readonly steps: readonly Step[];
  readonly says: 'failed' | 'took too long' | 'waits for you';
  /** Of the execution, where no step is to blame. */
  readonly failure: StepFailure;
}

function troubleOf(monitor: Monitor, { error, cause }: Execution): Trouble | undefined {
  const { status, failure, lastEvent } = monitor.summary;
  if (lastEvent === 0 || status === 'succeeded' || status === 'stopped') return undefined;
  if (status === 'running') {
    const steps = parked(monitor);
    return steps.length === 0 ? undefined : { steps, says: 'waits for you', failure: {} };
  }
  const said = { ...(error === null ? {} : { error }), ...(cause === null ? {} : { cause }) };
  const says = status === 'timedOut' ? 'took too long' : 'failed';
  return { steps: culprits(monitor), says, failure: failure ?? said };
}

/** What the cause says in words, its beginning where it is long; all of it as it was given is a press away. */
function Cause({ text }: { readonly text: string }) {
  const [whole, setWhole] = useState(false);
  const sentence = sentenceIn(text);
  const isLong = sentence !== text || text.length > 240 || text.split('\n').length > 3;
  return (
    <div className="mt-0.5 text-sm">
      <p
        className={
          whole ? 'max-h-40 overflow-y-auto whitespace-pre-wrap break-words' : 'line-clamp-2 break-words'
        }
      >
        {whole ? text : sentence}
      </p>
      {isLong && (
        <button
          type="button"
          className="text-accent-text text-xs hover:underline"
          onClick={() => setWhole(!whole)}
        >
          {whole ? 'Show less' : 'Show all'}
        </button>
      )}
    </div>
  );
}

/** Services answer with JSON; what it has for people stands in one of these. */
const spoken = ['message', 'detail', 'errorMessage', 'error_description', 'title'];

function sentenceIn(cause: string): string {
  const value = jsonOf(cause);
  if (!isObject(value)) return cause;
  const said = spoken.map((name) => value[name]).find((words) => typeof words === 'string' && words !== '');
  return typeof said === 'string' ? said : cause;
}

interface PagerProps {
  readonly place: number;
  readonly count: number;
  readonly onMove: (place: number) => void;
}

function Pager({ place, count, onMove }: PagerProps) {
  return (
    <span className="inline-flex items-center gap-0.5 text-muted text-xs">
      <IconButton label="Previous failure" size="sm" disabled={place === 0} onClick={() => onMove(place - 1)}>
        <ChevronLeft aria-hidden />
      </IconButton>
      <span className="tabular">
        failure {place + 1} of {count}
      </span>
      <IconButton
        label="Next failure"
        size="sm"
        disabled={place === count - 1}
        onClick={() => onMove(place + 1)}
      >
        <ChevronRight aria-hidden />
      </IconButton>
    </span>
  );
}

interface RetryAllProps {
  readonly execution: Execution;
  readonly actions: ExecutionActions;
  readonly count: number;
}

/** Everything that waits for an operator is tried again at once. */
function RetryAll({ execution, actions, count }: RetryAllProps) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setOpen(true)}>Retry all {count.toLocaleString('en')}…</Button>
      <RedriveDialog execution={execution} actions={actions} open={open} onOpenChange={setOpen} />
    </>
  );
}

interface MendProps {
  readonly executionId: string;
  readonly step: Step;
  readonly actions: ExecutionActions;
  readonly selection: Selection;
  /** Beside what mends the one step. */
  readonly children: ReactNode;
}

function Mend({ executionId, step, actions, selection, children }: MendProps) {
  const [busy, setBusy] = useState(false);
  const retry = async () => {
    setBusy(true);
    if (await actions.retry(step.id)) selection.choose(step.id, 'attempts');
    setBusy(false);
  };
  return (
    <div className="flex flex-wrap gap-2 md:justify-end">
      {selection.step !== step.id && <Button onClick={() => selection.choose(step.id)}>Show step</Button>}
      {children}
      <StepRepairs
        executionId={executionId}
        step={step}
        actions={actions}
        onDone={() => selection.choose(step.id, 'attempts')}
      />
      {step.stateType !== 'Fail' && (
        <Button variant="primary" disabled={busy} onClick={() => void retry()}>
          <RotateCw aria-hidden />
          Retry this step
        </Button>
      )}
      {/* The panel of the step says it, too. */}
      {step.stateType !== 'Fail' && selection.step !== step.id && (
        <div className="w-full md:text-right">
          <RetryPlan executionId={executionId} step={step} />
        </div>
      )}
    </div>
  );
}
