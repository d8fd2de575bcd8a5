'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { client } from '@/components/shell/client';
import { tellProblem } from '@/components/shell/tell';
import { ConfirmDialog } from '@/components/ui/ConfirmDialog';
import { toast } from '@/components/ui/toast';
import type { Execution } from '@/lib/api/resources';

interface DeleteExecutionDialogProps {
  readonly execution: Execution;
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
}

/** Deletes one execution that has ended, and goes to the others of its flow. */
export function DeleteExecutionDialog({ execution, open, onOpenChange }: DeleteExecutionDialogProps) {
  const [busy, setBusy] = useState(false);
  const router = useRouter();
  const queries = useQueryClient();
  const remove = async () => {
    setBusy(true);
    try {
      await client.deleteExecution({ params: { executionId: execution.id } });
      toast.success('The execution was deleted');
      void queries.invalidateQueries({ queryKey: ['executions'] });
      router.push(`/flows/${execution.flowId}/executions`);
    } catch (problem) {
      tellProblem('The execution was not deleted', problem);
      setBusy(false);
    }
  };
  return (
    <ConfirmDialog
      open={open}
      onOpenChange={onOpenChange}
      title="Delete this execution?"
      description={`“${execution.name}” goes with its history, its inputs and outputs and its log. That cannot be taken back.`}
      action="Delete execution"
      busy={busy}
      onConfirm={() => void remove()}
    />
  );
}
