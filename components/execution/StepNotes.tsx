'use client';

import { ArrowUpRight } from 'lucide-react';
import Link from 'next/link';
import { TimeAgo } from '@/components/ui/Time';
import { isObject, type Json } from '@/lib/expression/json';
import type { Step } from '@/lib/monitor/step';

/** What a step waits for, and the execution that it started. */
export function StepNotes({ step }: { readonly step: Step }) {
  const last = step.attempts.at(-1);
  const child = executionIn(last?.submitted) ?? executionIn(last?.output);
  const isFlow = last?.resource === 'millrace:flow' && child !== undefined;
  return (
    <>
      {step.status === 'waiting' && step.until !== undefined && (
        <p className="text-status-waiting text-xs">
          Goes on <TimeAgo at={step.until} />
        </p>
      )}
      {step.status === 'retrying' && last?.retry !== undefined && (
        <p className="text-status-retrying text-xs">
          Attempt {last.number + 1} begins <TimeAgo at={last.retry.at} />
        </p>
      )}
      {isFlow && (
        <Link
          href={`/executions/${child}`}
          className="inline-flex w-fit items-center gap-1 text-accent-text text-xs hover:underline"
        >
          Open the execution that it started
          <ArrowUpRight className="size-3.5" aria-hidden />
        </Link>
      )}
    </>
  );
}

function executionIn(said: Json | undefined): string | undefined {
  const id = isObject(said) ? said.executionId : undefined;
  return typeof id === 'string' ? id : undefined;
}
