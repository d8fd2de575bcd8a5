'use client';

import { Trash2 } from 'lucide-react';
import { client } from '@/components/shell/client';
import { toast } from '@/components/ui/toast';
import { executionStatuses } from '@/lib/api/execution-status';
import { type Matching, MatchingAction } from './MatchingAction';

/** Deletes all executions that the list's filters let through, except those that run. */
export function DeleteMatching({ filter, counts }: Matching) {
  const statuses = executionStatuses.filter(
    (each) => each !== 'running' && (filter.status === undefined || filter.status === each),
  );
  return (
    <MatchingAction
      filter={filter}
      counts={counts}
      statuses={statuses}
      label="Delete these executions…"
      icon={<Trash2 aria-hidden />}
      title={(count) => `Delete ${count} executions?`}
      description="All that the filters let through and that have ended go, with their histories. Running ones stay. That cannot be taken back."
      action="Delete executions"
      act={async (meant) => {
        const { deleted, more } = await client.deleteExecutions({ body: { filter: meant } });
        toast.success(`${deleted.toLocaleString('en')} executions were deleted`, {
          ...(more ? { description: 'There are more: delete again.' } : {}),
        });
      }}
      failure="The executions were not deleted"
    />
  );
}
