'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { client } from '@/components/shell/client';
import { openNewFlow, usePalette } from '@/components/shell/palette';
import { NameDialog } from './NameDialog';

/** Asks for a name, creates an empty flow and opens it in the designer. */
export function NewFlowDialog() {
  const open = usePalette((state) => state.creating);
  const router = useRouter();
  const queries = useQueryClient();
  return (
    <NameDialog
      open={open}
      onOpenChange={openNewFlow}
      title="New flow"
      description="Give it the name of what it does. It can be changed later."
      action="Create flow"
      initial=""
      onSubmit={async (name) => {
        const flow = await client.createFlow({ body: { name } });
        await queries.invalidateQueries({ queryKey: ['flows'] });
        router.push(`/flows/${flow.id}`);
      }}
    />
  );
}
