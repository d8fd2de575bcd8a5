import { useMutation, useQueryClient } from '@tanstack/react-query';
import Link from 'next/link';
import { useState } from 'react';
import { client } from '@/components/shell/client';
import { tellProblem } from '@/components/shell/tell';
import { useBench } from './SessionContext';

/** The flow's name, which is renamed where it stands. */
export function FlowName({ name }: { readonly name: string }) {
  const { flowId } = useBench();
  const queries = useQueryClient();
  const [draft, setDraft] = useState<string>();
  const rename = useMutation({
    mutationFn: (next: string) => client.updateFlow({ params: { flowId }, body: { name: next } }),
    onSuccess: (flow) => queries.setQueryData(['flow', flowId], flow),
    onError: (problem) => tellProblem('Not renamed', problem),
    onSettled: () => setDraft(undefined),
  });
  const done = () => {
    const next = draft?.trim() ?? '';
    if (next === '' || next === name) setDraft(undefined);
    else rename.mutate(next);
  };
  return (
    <div className="flex min-w-16 items-center gap-1.5 text-base">
      <Link href="/" className="hidden rounded-sm text-muted hover:text-foreground md:block">
        Flows
      </Link>
      <span aria-hidden className="hidden text-faint md:block">
        /
      </span>
      <h1 className="sr-only">{name}</h1>
      <input
        aria-label="Name of the flow"
        value={draft ?? name}
        maxLength={80}
        onChange={(event) => setDraft(event.target.value)}
        onBlur={done}
        onKeyDown={(event) => {
          if (event.key === 'Enter') event.currentTarget.blur();
          if (event.key === 'Escape') setDraft(undefined);
        }}
        className="field-sizing-content h-8 min-w-16 max-w-full truncate rounded-md border border-transparent bg-transparent px-1.5 font-semibold hover:border-border-strong focus-visible:border-ring focus-visible:outline-none"
      />
    </div>
  );
}
