'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { client } from '@/components/shell/client';
import { tellProblem } from '@/components/shell/tell';
import { ConfirmDialog } from '@/components/ui/ConfirmDialog';
import { toast } from '@/components/ui/toast';
import type { FlowSummary } from '@/lib/api/resources';

interface DeleteFlowDialogProps {
  readonly flow: FlowSummary;
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
}

/** Says what is lost before a flow is deleted. */
export function DeleteFlowDialog({ flow, open, onOpenChange }: DeleteFlowDialogProps) {
  const [busy, setBusy] = useState(false);
  const queries = useQueryClient();
  const running = flow.counts.running;
  const remove = async () => {
    setBusy(true);
    try {
      await client.deleteFlow({
        params: { flowId: flow.id },
        query: { force: running > 0 ? 'true' : 'false' },
      });
      toast.success(`${flow.name} was deleted`);
      onOpenChange(false);
    } catch (problem) {
      tellProblem('The flow was not deleted', problem);
    } finally {
      setBusy(false);
      await queries.invalidateQueries({ queryKey: ['flows'] });
    }
  };
  return (
    <ConfirmDialog
      open={open}
      onOpenChange={onOpenChange}
      title={`Delete ${flow.name}?`}
      description={<Loss flow={flow} />}
      action={running > 0 ? `Stop ${counted(running, 'execution')} and delete` : 'Delete flow'}
      busy={busy}
      onConfirm={() => void remove()}
    />
  );
}

function Loss({ flow }: { readonly flow: FlowSummary }) {
  const executions = Object.values(flow.counts).reduce((sum, count) => sum + count, 0);
  const { running } = flow.counts;
  return (
    <ul className="list-disc space-y-1 pl-4">
      {flow.latestVersion > 0 && <li>{lostVersions(flow.latestVersion)}</li>}
      <li>
        All its executions are lost with their histories and logs
        {executions > 0 && ` (${executions.toLocaleString('en')} of the last 30 days)`}.
      </li>
      {running > 0 && <li>{counted(running, 'running execution')} will be stopped first.</li>}
      <li>This cannot be undone.</li>
    </ul>
  );
}

function lostVersions(number: number): string {
  return number === 1 ? 'Its only version is lost.' : `Its ${number.toLocaleString('en')} versions are lost.`;
}

function counted(number: number, noun: string): string {
  return `${number.toLocaleString('en')} ${noun}${number === 1 ? '' : 's'}`;
}
