'use client';

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { client } from '@/components/shell/client';
import { sentenceOf } from '@/components/shell/tell';
import { ApiProblem } from '@/lib/api/client';
import type { Repair, RepairPlan } from '@/lib/api/repairs';
import type { ExecutionActions } from '../actions';

interface Wanted {
  readonly executionId: string;
  /** What is asked for now; undefined while it cannot be said, as its JSON is not whole. */
  readonly repair: Repair | undefined;
  readonly actions: ExecutionActions;
  readonly onDone: () => void;
}

/** The plan of a repair, and doing it by that plan. */
export function useRepair({ executionId, repair, actions, onDone }: Wanted) {
  const [busy, setBusy] = useState(false);
  const [said, setSaid] = useState<string>();
  const asked = repair === undefined ? undefined : withoutValues(repair);
  const plan = useQuery({
    queryKey: ['plan', executionId, asked],
    queryFn: ({ signal }) => planOf(executionId, asked, signal),
    enabled: asked !== undefined,
    // A plan is of the moment at which it is looked at.
    gcTime: 0,
    retry: false,
  });
  const confirm = async (why: string) => {
    if (repair === undefined || asked === undefined || plan.data === undefined) return;
    setBusy(true);
    setSaid(undefined);
    try {
      await actions.repair(repair, { why, lastEvent: plan.data.lastEvent });
      onDone();
    } catch (problem) {
      const isStale = problem instanceof ApiProblem && problem.kind === 'plan-out-of-date';
      if (!isStale) setSaid(sentenceOf(problem));
      else await again(repair, asked, why);
    } finally {
      setBusy(false);
    }
  };
  /** The execution went on meanwhile: where that changes nothing of the plan, nobody needs to be asked again. */
  const again = async (wanted: Repair, question: Repair, why: string) => {
    const before = plan.data;
    const { data: fresh } = await plan.refetch();
    if (before === undefined || fresh === undefined || !isSame(before, fresh)) {
      setSaid('The execution has gone on since. This is the plan now: look at it and confirm again.');
      return;
    }
    try {
      const newest = await planOf(executionId, question);
      await actions.repair(wanted, { why, lastEvent: newest.lastEvent });
      onDone();
    } catch (problem) {
      setSaid(sentenceOf(problem));
    }
  };
  return { plan, busy, said, confirm };
}

/** Asks the server what a repair would come to. */
export async function planOf(executionId: string, repair: Repair | undefined, signal?: AbortSignal) {
  if (repair === undefined) throw new Error('nothing is asked for');
  return client.planRepair({ params: { executionId }, body: { repair } }, signal);
}

/** What an edited value is makes no difference to the plan; that there is one does. */
function withoutValues(repair: Repair): Repair {
  if ('output' in repair) return { ...repair, output: {} };
  return 'input' in repair && repair.input !== undefined ? { ...repair, input: {} } : repair;
}

function isSame(one: RepairPlan, other: RepairPlan): boolean {
  const { lastEvent: _one, ...before } = one;
  const { lastEvent: _other, ...after } = other;
  return JSON.stringify(before) === JSON.stringify(after);
}
