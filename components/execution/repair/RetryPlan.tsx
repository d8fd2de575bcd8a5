'use client';

import { useQuery } from '@tanstack/react-query';
import type { RepairPlan } from '@/lib/api/repairs';
import type { Step } from '@/lib/monitor/step';
import { useSummary } from '../use-live';
import { planOf } from './use-repair';

interface RetryPlanProps {
  readonly executionId: string;
  readonly step: Step;
}

/** What pressing Retry comes to, said before it is pressed. Nothing while it is not known. */
export function RetryPlan({ executionId, step }: RetryPlanProps) {
  const { lastEvent } = useSummary();
  const { data: plan } = useQuery({
    queryKey: ['plan', executionId, 'retry', step.id, lastEvent],
    queryFn: ({ signal }) => planOf(executionId, { type: 'retry', step: step.id }, signal),
    gcTime: 0,
    retry: false,
  });
  if (plan === undefined) return null;
  return <p className="w-full text-faint text-xs">{inWords(plan)}</p>;
}

function inWords({ refused, kept, calls, failedStill }: RepairPlan): string {
  const [reason] = refused;
  if (reason !== undefined) return `Retry is not possible: ${reason}`;
  const [call] = calls;
  const what = call === undefined ? 'Retry runs this step again' : `Retry calls ${call.resource} again`;
  const finished = kept.reduce((sum, { visits }) => sum + visits, 0);
  const keeps =
    finished === 0
      ? ''
      : `; ${finished === 1 ? '1 finished step is' : `${finished.toLocaleString('en')} finished steps are`} kept`;
  const others =
    failedStill.length === 0 ? '' : `. Other failed steps stay failed: redrive takes all of them`;
  return `${what}, with the same input${keeps}${others}.`;
}
