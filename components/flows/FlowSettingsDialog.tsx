'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { client } from '@/components/shell/client';
import { sentenceOf } from '@/components/shell/tell';
import { useSubmit } from '@/components/shell/use-submit';
import { Dialog } from '@/components/ui/Dialog';
import { FormButtons } from '@/components/ui/FormButtons';
import { ErrorState } from '@/components/ui/Notice';
import { Skeleton } from '@/components/ui/Skeleton';
import { toast } from '@/components/ui/toast';
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
  if (flow.data === undefined) return <Skeleton className="h-96" />;
  return <Form flow={flow.data} onClose={onClose} />;
}

function Form({ flow, onClose }: { readonly flow: FlowSummary; readonly onClose: () => void }) {
  const [settings, setSettings] = useState<FlowSettings>(flow.settings);
  const queries = useQueryClient();
  const form = useSubmit(async () => {
    const saved = await client.updateFlow({ params: { flowId: flow.id }, body: { settings } });
    queries.setQueryData(['flow', flow.id], saved);
    void queries.invalidateQueries({ queryKey: ['flows'] });
    toast.success(`Settings of ${saved.name} saved`);
    onClose();
  });
  return (
    <form onSubmit={form.onSubmit} className="flex flex-col gap-5">
      <FlowSettingsFields
        settings={settings}
        onChange={(change) => setSettings((before) => ({ ...before, ...change }))}
      />
      <FormButtons action="Save settings" busy={form.busy} error={form.error} onCancel={onClose} />
    </form>
  );
}
