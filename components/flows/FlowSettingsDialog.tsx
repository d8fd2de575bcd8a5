'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { toast } from 'sonner';
import { client } from '@/components/shell/client';
import { sentenceOf } from '@/components/shell/tell';
import { Button } from '@/components/ui/Button';
import { Dialog } from '@/components/ui/Dialog';
import { ErrorState } from '@/components/ui/Notice';
import { Skeleton } from '@/components/ui/Skeleton';
import type { FlowSettings } from '@/lib/api/flow-settings';
import type { FlowSummary } from '@/lib/api/resources';
import { FlowSettingsFields } from './FlowSettingsFields';

interface FlowSettingsDialogProps {
  readonly flowId: string;
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
}

/** What is decided for a flow as a whole. */
export function FlowSettingsDialog({ flowId, open, onOpenChange }: FlowSettingsDialogProps) {
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title="Flow settings"
      description="They hold for executions that start from now on, whatever the version."
      size="lg"
    >
      <Loaded flowId={flowId} onClose={() => onOpenChange(false)} />
    </Dialog>
  );
}

function Loaded({ flowId, onClose }: { readonly flowId: string; readonly onClose: () => void }) {
  const flow = useQuery({
    queryKey: ['flow', flowId],
    queryFn: ({ signal }) => client.getFlow({ params: { flowId } }, signal),
  });
  if (flow.isError)
    return (
      <ErrorState
        title="The settings could not be read"
        detail={sentenceOf(flow.error)}
        onRetry={() => void flow.refetch()}
      />
    );
  if (flow.data === undefined) return <Skeleton className="h-24" />;
  return <Form flow={flow.data} onClose={onClose} />;
}

function Form({ flow, onClose }: { readonly flow: FlowSummary; readonly onClose: () => void }) {
  const [settings, setSettings] = useState<FlowSettings>(flow.settings);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string>();
  const queries = useQueryClient();
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    try {
      const saved = await client.updateFlow({ params: { flowId: flow.id }, body: { settings } });
      queries.setQueryData(['flow', flow.id], saved);
      void queries.invalidateQueries({ queryKey: ['flows'] });
      toast.success(`Settings of ${saved.name} saved`);
      onClose();
    } catch (problem) {
      setError(sentenceOf(problem));
    } finally {
      setBusy(false);
    }
  };
  return (
    <form onSubmit={(event) => void submit(event)} className="flex flex-col gap-5">
      <FlowSettingsFields
        settings={settings}
        onChange={(change) => setSettings((before) => ({ ...before, ...change }))}
      />
      {error !== undefined && (
        <p role="alert" className="text-sm text-status-failed">
          {error}
        </p>
      )}
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" variant="primary" disabled={busy}>
          Save settings
        </Button>
      </div>
    </form>
  );
}
