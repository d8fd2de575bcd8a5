'use client';

import { useQueryClient } from '@tanstack/react-query';
import { Trash2 } from 'lucide-react';
import { useState } from 'react';
import { client } from '@/components/shell/client';
import { tellProblem } from '@/components/shell/tell';
import { ConfirmDialog } from '@/components/ui/ConfirmDialog';
import { IconButton } from '@/components/ui/IconButton';
import { toast } from '@/components/ui/toast';
import { type ExecutionStatus, executionStatuses } from '@/lib/api/execution-status';

interface DeleteMatchingProps {
  /** What the list is filtered by. */
  readonly filter: {
    readonly flowId?: string | undefined;
    readonly status?: ExecutionStatus | undefined;
    readonly search: string;
  };
  readonly counts: Readonly<Record<ExecutionStatus, number>> | undefined;
}

/** Deletes all executions that the list's filters let through, except those that run. */
export function DeleteMatching({ filter, counts }: DeleteMatchingProps) {
  const [asking, setAsking] = useState(false);
  const [busy, setBusy] = useState(false);
  const queries = useQueryClient();
  const statuses = executionStatuses.filter(
    (each) => each !== 'running' && (filter.status === undefined || filter.status === each),
  );
  const number = statuses.reduce((sum, each) => sum + (counts?.[each] ?? 0), 0);
  const remove = async () => {
    setBusy(true);
    try {
      const { flowId, search } = filter;
      const where = { ...(flowId === undefined ? {} : { flowId }), ...(search === '' ? {} : { search }) };
      const { deleted, more } = await client.deleteExecutions({
        body: { filter: { ...where, status: statuses } },
      });
      toast.success(`${deleted.toLocaleString('en')} executions were deleted`, {
        ...(more ? { description: 'There are more: delete again.' } : {}),
      });
      setAsking(false);
    } catch (problem) {
      tellProblem('The executions were not deleted', problem);
    }
    await queries.invalidateQueries({ queryKey: ['executions'] });
    setBusy(false);
  };
  return (
    <>
      <IconButton label="Delete these executions…" disabled={number === 0} onClick={() => setAsking(true)}>
        <Trash2 aria-hidden />
      </IconButton>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={`Delete ${number.toLocaleString('en')} executions?`}
        description="All that the filters let through and that have ended go, with their histories. Running ones stay. That cannot be taken back."
        action="Delete executions"
        busy={busy}
        onConfirm={() => void remove()}
      />
    </>
  );
}
