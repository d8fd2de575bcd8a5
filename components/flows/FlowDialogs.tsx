'use client';

import { useQueryClient } from '@tanstack/react-query';
import { client } from '@/components/shell/client';
import type { FlowSummary } from '@/lib/api/resources';
import { DeleteFlowDialog } from './DeleteFlowDialog';
import { FlowSettingsDialog } from './FlowSettingsDialog';
import { NameDialog } from './NameDialog';
import { RunDialog } from './RunDialog';

export type FlowQuestion = 'run' | 'rename' | 'settings' | 'delete';

interface FlowDialogsProps {
  readonly flow: FlowSummary;
  readonly asked: FlowQuestion;
  readonly onClose: () => void;
}

/** What the list of flows asks about one of them. */
export function FlowDialogs({ flow, asked, onClose }: FlowDialogsProps) {
  const queries = useQueryClient();
  const state = { open: true, onOpenChange: (open: boolean) => open || onClose() };
  switch (asked) {
    case 'run':
      return <RunDialog flow={flow} {...state} />;
    case 'settings':
      return <FlowSettingsDialog flowId={flow.id} {...state} />;
    case 'delete':
      return <DeleteFlowDialog flow={flow} {...state} />;
    case 'rename':
      return (
        <NameDialog
          {...state}
          title={`Rename ${flow.name}`}
          action="Rename flow"
          initial={flow.name}
          onSubmit={async (name) => {
            await client.updateFlow({ params: { flowId: flow.id }, body: { name } });
            await queries.invalidateQueries({ queryKey: ['flows'] });
          }}
        />
      );
  }
}
