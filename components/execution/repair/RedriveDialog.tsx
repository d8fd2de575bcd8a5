'use client';

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { client } from '@/components/shell/client';
import { Field } from '@/components/ui/Field';
import { Select } from '@/components/ui/Select';
import type { Execution } from '@/lib/api/resources';
import type { ExecutionActions } from '../actions';
import { RepairDialog } from './RepairDialog';

interface RedriveDialogProps {
  readonly execution: Execution;
  readonly actions: ExecutionActions;
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
}

/** Goes on from all failures, with the version that has run or with a repaired one. */
export function RedriveDialog({ execution, actions, open, onOpenChange }: RedriveDialogProps) {
  const [version, setVersion] = useState(String(execution.version));
  const isOther = version !== String(execution.version);
  return (
    <RepairDialog
      executionId={execution.id}
      actions={actions}
      open={open}
      onOpenChange={onOpenChange}
      asked={{
        title: 'Redrive from failure',
        description:
          'It goes on in this same execution from everything that has failed, was given up or waits for you. All earlier attempts stay visible.',
        action: 'Redrive execution',
        repair: () => (isOther ? { type: 'redrive', version: Number(version) } : { type: 'redrive' }),
      }}
    >
      <VersionField execution={execution} version={version} onChange={setVersion} />
    </RepairDialog>
  );
}

interface VersionFieldProps {
  readonly execution: Execution;
  readonly version: string;
  readonly onChange: (version: string) => void;
}

function VersionField({ execution, version, onChange }: VersionFieldProps) {
  const versions = useQuery({
    queryKey: ['versions', execution.flowId],
    queryFn: ({ signal }) =>
      client.listVersions({ params: { flowId: execution.flowId }, query: { limit: 50 } }, signal),
  });
  const numbers = new Set([execution.version, ...(versions.data?.items ?? []).map(({ number }) => number)]);
  return (
    <Field
      label="Definition"
      hint="A repaired version takes the place of the one that failed, from the failed step on. What is finished stays as it is."
    >
      {(ids) => (
        <Select
          {...ids}
          value={version}
          options={[...numbers]
            .sort((one, other) => other - one)
            .map((number) => ({
              value: String(number),
              label: `Version ${number}`,
              ...(number === execution.version ? { hint: 'has run' } : {}),
            }))}
          onChange={onChange}
        />
      )}
    </Field>
  );
}
