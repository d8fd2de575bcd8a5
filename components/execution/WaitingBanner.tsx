'use client';

import { Hourglass } from 'lucide-react';
import { Button } from '@/components/ui/Button';
import { TimeAgo } from '@/components/ui/Time';
import { isObject } from '@/lib/expression/json';
import type { Step } from '@/lib/monitor/step';
import { awaited, parked } from '@/lib/monitor/view';
import type { ExecutionActions } from './actions';
import { CompleteButton } from './CompleteButton';
import type { Selection } from './selection';
import { useLive, useTopic } from './use-live';

interface WaitingBannerProps {
  readonly actions: ExecutionActions;
  readonly selection: Selection;
}

/** What a running execution waits for, where that is a person or a program, and the button that answers. */
export function WaitingBanner({ actions, selection }: WaitingBannerProps) {
  const { monitor } = useLive();
  useTopic('steps');
  const [first, ...others] = monitor.summary.status === 'running' ? awaited(monitor) : [];
  // What failed and waits for an operator comes first; two banners would leave no room for the flow.
  if (first === undefined || parked(monitor).length > 0) return null;
  return (
    <section
      aria-label="What it waits for"
      className="flex shrink-0 flex-wrap items-center gap-x-4 gap-y-2 border-b border-b-status-waiting/30 bg-status-waiting-soft px-4 py-2"
    >
      <Hourglass className="size-4 shrink-0 text-status-waiting" aria-hidden />
      <p className="min-w-0 flex-1 basis-72">
        <strong className="font-semibold">{first.state} waits for a callback</strong>
        <span className="text-muted text-xs">
          {' '}
          since <TimeAgo at={first.enteredAt} />
          {others.length > 0 && `, ${others.length.toLocaleString('en')} more with it`}
        </span>
        <Asked step={first} />
      </p>
      <div className="flex flex-wrap gap-2">
        {selection.step !== first.id && <Button onClick={() => selection.choose(first.id)}>Show step</Button>}
        <CompleteButton
          key={first.id}
          step={first}
          onComplete={(outcome) => actions.complete(first.id, outcome)}
        />
      </div>
    </section>
  );
}

/** What the step asks a person, where it says so. */
function Asked({ step }: { readonly step: Step }) {
  const asked = step.attempts.at(-1)?.parameters;
  if (!isObject(asked)) return null;
  const said = [asked.title, asked.instructions].filter((text) => typeof text === 'string' && text !== '');
  return said.length === 0 ? null : <span className="block text-muted">{said.join(': ')}</span>;
}
