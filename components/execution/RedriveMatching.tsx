'use client';

import { useQueryClient } from '@tanstack/react-query';
import { RotateCw } from 'lucide-react';
import { useState } from 'react';
import { client } from '@/components/shell/client';
import { tellProblem } from '@/components/shell/tell';
import { ConfirmDialog } from '@/components/ui/ConfirmDialog';
import { IconButton } from '@/components/ui/IconButton';
import { toast } from '@/components/ui/toast';
import type { ExecutionStatus } from '@/lib/api/execution-status';
import { signed } from './operator';
import { WhyField } from './WhyField';

interface RedriveMatchingProps {
  /** What the list is filtered by. */
  readonly filter: {
    readonly flowId?: string | undefined;
    readonly status?: ExecutionStatus | undefined;
    readonly search: string;
  };
  readonly counts: Readonly<Record<ExecutionStatus, number>> | undefined;
}

const redrivable = ['failed', 'timedOut', 'stopped'] as const;
/** Who has stopped an execution meant it: stopped ones go on only where the list is of them alone. */
const unasked = ['failed', 'timedOut'] as const;

/** Lets all executions go on from their failures that the list's filters let through. */
export function RedriveMatching({ filter, counts }: RedriveMatchingProps) {
  const [asking, setAsking] = useState(false);
  const [busy, setBusy] = useState(false);
  const [why, setWhy] = useState('');
  const queries = useQueryClient();
  const statuses =
    filter.status === undefined ? [...unasked] : redrivable.filter((each) => each === filter.status);
  const number = statuses.reduce((sum, each) => sum + (counts?.[each] ?? 0), 0);
  const redrive = async () => {
    setBusy(true);
    try {
      const { flowId, search } = filter;
      const where = { ...(flowId === undefined ? {} : { flowId }), ...(search === '' ? {} : { search }) };
      const { redriven, refused, refusals, more } = await client.redriveExecutions({
        body: { filter: { ...where, status: statuses }, ...signed(why) },
      });
      toast.success(`${redriven.toLocaleString('en')} executions go on`, {
        description: [
          ...(refusals === 0
            ? []
            : [`${refusals.toLocaleString('en')} could not: ${refused[0]?.reason ?? ''}`]),
          ...(more ? ['There are more: redrive again.'] : []),
        ].join(' '),
      });
      setAsking(false);
    } catch (problem) {
      tellProblem('The executions were not redriven', problem);
    }
    await queries.invalidateQueries({ queryKey: ['executions'] });
    setBusy(false);
  };
  return (
    <>
      <IconButton label="Redrive these executions…" disabled={number === 0} onClick={() => setAsking(true)}>
        <RotateCw aria-hidden />
      </IconButton>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={`Redrive ${number.toLocaleString('en')} executions?`}
        description="Each goes on from its failures: what has finished in it is kept, the failed steps run again, and what they call is called again with a new idempotency key."
        action="Redrive executions"
        tone="primary"
        busy={busy}
        onConfirm={() => void redrive()}
      >
        <WhyField value={why} onChange={setWhy} />
      </ConfirmDialog>
    </>
  );
}
