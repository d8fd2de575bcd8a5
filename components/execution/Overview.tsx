'use client';

import { useState } from 'react';
import { JsonView } from '@/components/ui/JsonView';
import { EmptyState } from '@/components/ui/Notice';
import { Tabs } from '@/components/ui/Tabs';
import { Clock } from '@/components/ui/Time';
import type { Execution } from '@/lib/api/resources';
import type { Act, Change } from '@/lib/monitor/step';
import { useLive, useSummary } from './use-live';

interface OverviewProps {
  readonly execution: Execution;
  readonly onSelect: (step: number) => void;
}

/** The execution as a whole, while no step is looked at. */
export function Overview({ execution, onSelect }: OverviewProps) {
  const [tab, setTab] = useState<'input' | 'output' | 'acts'>();
  const { acts } = useLive().monitor;
  const { output, lastEvent } = useSummary();
  const input = lastEvent === 0 ? execution.input : execution.input;
  const shown = tab ?? (output === undefined ? 'input' : 'output');
  return (
    <section aria-label="Execution" className="flex min-h-0 flex-1 flex-col bg-surface">
      <header className="px-4 pt-3 pb-1">
        <h2 className="font-semibold text-sm">The execution</h2>
        <p className="text-faint text-xs">Choose a step to see what it was given and what it gave.</p>
      </header>
      <Tabs
        label="Execution"
        value={shown}
        onChange={setTab}
        tabs={[
          { value: 'input', label: 'Input' },
          { value: 'output', label: 'Output' },
          { value: 'acts', label: 'By hand', ...(acts.length === 0 ? {} : { count: acts.length }) },
        ]}
      >
        <div className="min-h-0 flex-1 overflow-y-auto p-3">
          {shown === 'input' && <JsonView value={input} copyLabel="Copy input" />}
          {shown === 'output' &&
            (output === undefined ? (
              <EmptyState title="No output yet">It is there once the execution has succeeded.</EmptyState>
            ) : (
              <JsonView value={output} copyLabel="Copy output" />
            ))}
          {shown === 'acts' && <Acts acts={acts} onSelect={onSelect} />}
        </div>
      </Tabs>
    </section>
  );
}

const words: { readonly [What in Act['what']]: string } = {
  retried: 'Step retried',
  restarted: 'Restarted from a step',
  replaced: 'Definition replaced',
  redriven: 'Redriven from failure',
  skipped: 'Step skipped',
  failed: 'Parked step let fail',
  stopped: 'Stopped',
  paused: 'Paused',
  resumed: 'Resumed',
};

function Acts({
  acts,
  onSelect,
}: {
  readonly acts: readonly Act[];
  readonly onSelect: (step: number) => void;
}) {
  const { monitor } = useLive();
  if (acts.length === 0)
    return (
      <EmptyState title="Nothing was done by hand">
        Retries, redrives and stops are listed here, with their reasons.
      </EmptyState>
    );
  return (
    <ol className="space-y-3">
      {acts.map(({ event, at, what, step, by, why, change }) => (
        <li key={event} className="flex gap-3">
          <Clock at={at} className="text-faint" />
          <div className="min-w-0">
            <p>
              {words[what]}
              {step !== undefined && (
                <>
                  {': '}
                  <button
                    type="button"
                    className="text-accent-text hover:underline"
                    onClick={() => onSelect(step)}
                  >
                    {monitor.steps.get(step)?.state}
                  </button>
                </>
              )}
              {by !== undefined && <span className="text-muted"> by {by}</span>}
            </p>
            {why !== undefined && <p className="text-muted">{why}</p>}
            {change !== undefined && <Changed change={change} />}
          </div>
        </li>
      ))}
    </ol>
  );
}

/** What was there before, and what a person put in its place. */
function Changed({ change }: { readonly change: Change }) {
  const { of, before, after } = change;
  if (of === 'version')
    return (
      <p className="text-muted">
        Version {JSON.stringify(before)} → version {JSON.stringify(after)}
      </p>
    );
  return (
    <details className="text-xs">
      <summary className="cursor-pointer text-accent-text">
        {before === undefined ? `The ${of} that was given` : `The ${of} before and after`}
      </summary>
      {before !== undefined && <JsonView value={before} copyLabel={`Copy the ${of} before`} />}
      <JsonView value={after} copyLabel={`Copy the ${of} that was given`} />
    </details>
  );
}
