'use client';

import type { ReactNode } from 'react';
import { CopyButton } from '@/components/ui/CopyButton';
import { JsonView } from '@/components/ui/JsonView';
import { EmptyState } from '@/components/ui/Notice';
import type { Json } from '@/lib/expression/json';
import { valueAt } from '@/lib/monitor/ledger';
import { isOpen } from '@/lib/monitor/status';
import type { Step, StepFailure } from '@/lib/monitor/step';
import { jsonOf } from './json-of';

/** What a step was given, gave, failed with and is defined by: one tab each. */

function Body({ children }: { readonly children: ReactNode }) {
  return <div className="min-h-0 flex-1 overflow-y-auto p-3">{children}</div>;
}

export function InputData({ step }: { readonly step: Step }) {
  const parameters = step.attempts.at(-1)?.parameters;
  return (
    <Body>
      <Part title="Input of the state">
        <JsonView value={step.input} copyLabel="Copy input" />
      </Part>
      {parameters !== undefined && (
        <Part title="What the task was called with">
          <JsonView value={parameters} copyLabel="Copy parameters" />
        </Part>
      )}
    </Body>
  );
}

export function OutputData({ step }: { readonly step: Step }) {
  const { output: result, submitted } = step.attempts.at(-1) ?? {};
  if (step.output === undefined && result === undefined && submitted === undefined)
    return (
      <EmptyState title="No output">
        {isOpen(step.status)
          ? 'The step is still at work.'
          : 'The step did not come to an end that gives one.'}
      </EmptyState>
    );
  return (
    <Body>
      {step.output !== undefined && (
        <Part title="Output of the state">
          <JsonView value={step.output} copyLabel="Copy output" />
        </Part>
      )}
      {step.assigned !== undefined && (
        <Part title="Variables that it assigned">
          <JsonView value={step.assigned} copyLabel="Copy variables" />
        </Part>
      )}
      {result !== undefined && (
        <Part title="What the task answered">
          <JsonView value={result} copyLabel="Copy answer" />
        </Part>
      )}
      {submitted !== undefined && (
        <Part title="What was handed over">
          <JsonView value={submitted} copyLabel="Copy what was handed over" />
        </Part>
      )}
    </Body>
  );
}

export function ErrorData({ step }: { readonly step: Step }) {
  const failure = step.failure ?? step.attempts.findLast((attempt) => attempt.failure !== undefined)?.failure;
  if (failure === undefined)
    return <EmptyState title="No error">Nothing has gone wrong in this step.</EmptyState>;
  return (
    <Body>
      {step.failure === undefined && (
        <p className="mb-3 text-muted text-sm">
          An earlier attempt failed with this; the step went on after it.
        </p>
      )}
      <Failed failure={failure} />
      {step.caught && (
        <p className="mt-3 text-muted text-sm">
          A Catcher took over{step.next === undefined ? '' : ` and went on to ${step.next}`}.
        </p>
      )}
    </Body>
  );
}

/** An error with its cause; a cause that is JSON is shown as such. */
export function Failed({ failure }: { readonly failure: StepFailure }) {
  const { error, cause, location } = failure;
  const parsed = cause === undefined ? undefined : jsonOf(cause);
  return (
    <div className="rounded-md border border-status-failed/40 bg-status-failed-soft p-3">
      <div className="flex items-center gap-2">
        <code className="min-w-0 break-words font-medium text-status-failed text-xs">
          {error ?? 'No error name'}
        </code>
        <CopyButton text={() => JSON.stringify(failure, null, 2)} label="Copy error" className="ml-auto" />
      </div>
      {location !== undefined && <p className="text-muted text-xs">in {location}</p>}
      {parsed !== undefined ? (
        <JsonView value={parsed} copyLabel="Copy cause" className="mt-2" />
      ) : (
        <p className="mt-1 whitespace-pre-wrap break-words text-sm">{cause ?? 'No cause was given.'}</p>
      )}
    </div>
  );
}

export function DefinitionData({ definition, step }: { readonly definition: Json; readonly step: Step }) {
  return (
    <Body>
      <Part title={<code className="font-normal">{step.pointer}</code>}>
        <JsonView value={valueAt(definition, step.pointer) ?? null} copyLabel="Copy definition" />
      </Part>
    </Body>
  );
}

function Part({ title, children }: { readonly title: ReactNode; readonly children: ReactNode }) {
  return (
    <section className="mb-4">
      <h3 className="mb-1 truncate font-medium text-faint text-xs">{title}</h3>
      {children}
    </section>
  );
}
