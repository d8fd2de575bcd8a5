'use client';

import { useQuery } from '@tanstack/react-query';
import { client } from '@/components/shell/client';
import { PageHeader } from '@/components/shell/PageHeader';
import { useQueryState } from '@/components/shell/query-state';
import { Combobox } from '@/components/ui/Combobox';
import { ExecutionList } from './ExecutionList';

/** All executions, of all flows. */
export function ExecutionsPage() {
  const { get, set } = useQueryState();
  const flows = useQuery({
    queryKey: ['flows', 'names'],
    queryFn: ({ signal }) => client.listFlows({ query: { limit: 200 } }, signal),
  });
  const flowId = get('flow');
  return (
    <>
      <PageHeader title="Executions" />
      <ExecutionList
        {...(flowId === '' ? {} : { flowId })}
        showFlow
        filters={
          <Combobox
            label="Flow"
            className="w-48"
            value={flowId}
            placeholder="All flows"
            options={[
              { value: '', label: 'All flows' },
              ...(flows.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name })),
            ]}
            onChange={(flow) => set({ flow })}
          />
        }
      />
    </>
  );
}
