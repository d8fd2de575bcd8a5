'use client';

import { RotateCw, X } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { Button } from '@/components/ui/Button';
import { IconButton } from '@/components/ui/IconButton';
import { EmptyState } from '@/components/ui/Notice';
import { Skeleton } from '@/components/ui/Skeleton';
import { Tabs } from '@/components/ui/Tabs';
import { Duration } from '@/components/ui/Time';
import type { Execution } from '@/lib/api/resources';
import type { Step } from '@/lib/monitor/step';
import { attemptOf, awaitsCallback } from '@/lib/monitor/view';
import { Attempts } from './Attempts';
import type { ExecutionActions } from './actions';
import { CompleteButton } from './CompleteButton';
import { Iterations } from './Iterations';
import { Logs } from './Logs';
import { RetryPlan } from './repair/RetryPlan';
import { StepRepairs } from './repair/StepRepairs';
import { StatusBadge } from './StatusBadge';
import { DefinitionData, ErrorData, InputData, OutputData } from './StepData';
import { StepNotes } from './StepNotes';
import type { Selection, Tab } from './selection';
import { useLive, useStep } from './use-live';

interface StepPanelProps {
  readonly execution: Execution;
  readonly selection: Selection;
  readonly step: number;
  readonly actions: ExecutionActions;
}

/** One step in full: always the same tabs in the same order, whatever kind of state it is. */
export function StepPanel({ execution, selection, step: id, actions }: StepPanelProps) {
  const step = useStep(id);
  const live = useLive();
  if (step === undefined)
    return live.connection === 'reading' ? (
      <div role="status" aria-label="Loading step" className="space-y-2 bg-surface p-4">
        <Skeleton className="h-6 w-48" />
        <Skeleton className="h-40" />
      </div>
    ) : (
      <EmptyState
        className="flex-1 bg-surface"
        title="There is no such step"
        actions={<Button onClick={() => selection.choose(undefined)}>Show the execution</Button>}
      />
    );
  const tab = selection.tab ?? firstTab(step);
  const container = live.monitor.containers.get(id);
  return (
    <section aria-label={`Step ${step.state}`} className="flex min-h-0 flex-1 flex-col bg-surface">
      <Head execution={execution} step={step} selection={selection} actions={actions} />
      <Tabs<Tab>
        label={`Step ${step.state}`}
        value={tab}
        onChange={(next) => selection.choose(id, next)}
        tabs={[
          { value: 'input', label: 'Input' },
          { value: 'output', label: 'Output' },
          { value: 'error', label: 'Error' },
          {
            value: 'attempts',
            label: 'Attempts',
            ...(step.attempts.length > 0 ? { count: step.attempts.length } : {}),
          },
          { value: 'logs', label: 'Logs' },
          ...(container === undefined
            ? []
            : [
                {
                  value: 'iterations' as const,
                  label: step.stateType === 'Map' ? 'Iterations' : 'Branches',
                  count: container.length,
                },
              ]),
          { value: 'definition', label: 'Definition' },
        ]}
      >
        {content(tab, { execution, step, selection })}
      </Tabs>
    </section>
  );
}

/** Where something went wrong, the error; else what it gave; else what it was given. */
function firstTab(step: Step): Tab {
  if (step.failure !== undefined && !step.caught) return 'error';
  return step.output === undefined ? 'input' : 'output';
}

interface Shown {
  readonly execution: Execution;
  readonly step: Step;
  readonly selection: Selection;
}

function content(tab: Tab, { execution, step, selection }: Shown): ReactNode {
  switch (tab) {
    case 'input':
      return <InputData step={step} />;
    case 'output':
      return <OutputData step={step} />;
    case 'error':
      return <ErrorData step={step} />;
    case 'attempts':
      return <Attempts step={step} chosen={selection.attempt} onChoose={selection.choose} />;
    case 'logs':
      return (
        <Logs
          executionId={execution.id}
          step={step}
          attempt={selection.attempt}
          onChoose={selection.choose}
        />
      );
    case 'iterations':
      return <Iterations step={step} selection={selection} />;
    case 'definition':
      return <DefinitionData definition={execution.definition} step={step} />;
  }
}

function Head({
  execution,
  step,
  selection,
  actions,
}: Pick<StepPanelProps, 'execution' | 'selection' | 'actions'> & { readonly step: Step }) {
  return (
    <header className="flex shrink-0 flex-col gap-1.5 px-4 pt-3 pb-2">
      <Way step={step} onSelect={selection.choose} />
      <div className="flex items-center gap-2">
        <h2 className="min-w-0 truncate font-semibold text-base">{step.state}</h2>
        <StatusBadge status={step.status} attempt={attemptOf(step)} />
        {step.caught && <span className="text-muted text-xs">caught</span>}
        {step.undone && <span className="text-muted text-xs">undone by a restart</span>}
        <Duration from={step.enteredAt} to={step.endedAt} className="text-muted" />
        <IconButton
          label="Close step"
          size="sm"
          className="ml-auto"
          onClick={() => selection.choose(undefined)}
        >
          <X aria-hidden />
        </IconButton>
      </div>
      <StepNotes step={step} />
      <Mend execution={execution} step={step} selection={selection} actions={actions} />
    </header>
  );
}

/** The Maps and Parallels around the step, outermost first. */
function Way({
  step,
  onSelect,
}: {
  readonly step: Step;
  readonly onSelect: (step: number, tab?: Tab) => void;
}) {
  const { monitor } = useLive();
  const around: { step: Step; index: number }[] = [];
  for (let inner: Step | undefined = step; inner?.parent !== undefined; ) {
    const outer = monitor.steps.get(inner.parent);
    if (outer !== undefined) around.unshift({ step: outer, index: inner.index ?? 0 });
    inner = outer;
  }
  if (around.length === 0) return null;
  return (
    <nav aria-label="Around this step" className="flex flex-wrap items-center gap-1 text-xs">
      {around.map(({ step: outer, index }) => (
        <button
          key={outer.id}
          type="button"
          className="inline-flex items-center gap-1 rounded-sm text-accent-text hover:underline"
          onClick={() => onSelect(outer.id, 'iterations')}
        >
          {outer.state}
          <span className="tabular text-muted">
            {outer.stateType === 'Map' ? `iteration ${index}` : `branch ${index + 1}`}
          </span>
          <span aria-hidden className="text-faint">
            /
          </span>
        </button>
      ))}
    </nav>
  );
}

function Mend({
  step,
  execution,
  selection,
  actions,
}: Pick<StepPanelProps, 'execution' | 'selection' | 'actions'> & { readonly step: Step }) {
  const [busy, setBusy] = useState(false);
  // A Fail state fails however often it is tried.
  const hasFailed =
    step.stateType !== 'Fail' && ((step.status === 'failed' && !step.caught) || step.status === 'parked');
  const isCallback = awaitsCallback(step);
  const show = async (doing: Promise<boolean>) => {
    setBusy(true);
    const done = await doing;
    if (done) selection.choose(step.id, hasFailed ? 'attempts' : undefined);
    setBusy(false);
    return done;
  };
  return (
    <div className="flex flex-wrap gap-2">
      {hasFailed && (
        <Button size="sm" variant="primary" disabled={busy} onClick={() => void show(actions.retry(step.id))}>
          <RotateCw aria-hidden />
          Retry step
        </Button>
      )}
      {isCallback && (
        <CompleteButton
          step={step}
          size="sm"
          onComplete={(outcome) => show(actions.complete(step.id, outcome))}
        />
      )}
      <StepRepairs
        executionId={execution.id}
        step={step}
        actions={actions}
        size="sm"
        onDone={() => selection.choose(step.id, hasFailed ? 'attempts' : undefined)}
      />
      {hasFailed && <RetryPlan executionId={execution.id} step={step} />}
    </div>
  );
}
