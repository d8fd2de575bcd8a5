'use client';

import { useQuery } from '@tanstack/react-query';
import dynamic from 'next/dynamic';
import { useEffect, useState } from 'react';
import { warmUp } from '@/components/canvas/elk';
import { client } from '@/components/shell/client';
import { MissingFlow } from '@/components/shell/Missing';
import { useQueryState } from '@/components/shell/query-state';
import { sentenceOf } from '@/components/shell/tell';
import { ErrorState } from '@/components/ui/Notice';
import { Skeleton } from '@/components/ui/Skeleton';
import { ApiProblem, isMissing } from '@/lib/api/client';
import type { TaskKind } from '@/lib/api/resources';
import { type Document, documentOf, emptyDefinition } from '@/lib/editor/document';
import { DraftOffer } from './DraftOffer';
import { documentOfVersion } from './document-of-version';
import { BenchContext } from './SessionContext';
import { openSession } from './session';
import { useDraft } from './use-draft';
import { Workbench } from './Workbench';

const Versions = dynamic(() => import('./versions/Versions').then((module) => module.Versions), {
  ssr: false,
  loading: Loading,
});

/** The designer of one flow: loads its newest version, then lets it be edited. */
export function Designer({ flowId }: { readonly flowId: string }) {
  // Talks to the layout worker.
  useEffect(warmUp, []);
  const flow = useQuery({
    queryKey: ['flow', flowId],
    queryFn: ({ signal }) => client.getFlow({ params: { flowId } }, signal),
  });
  const latest = useQuery({
    queryKey: ['version', flowId, 'latest'],
    queryFn: ({ signal }) => latestVersion(flowId, signal),
    // What is being edited is not replaced under one's hands.
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
  const kinds = useQuery({
    queryKey: ['task-kinds'],
    queryFn: ({ signal }) => client.listTaskKinds({}, signal),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const failed = [flow, latest, kinds].find(({ error }) => error !== null);
  if (isMissing(failed?.error)) return <MissingFlow />;
  if (failed !== undefined)
    return (
      <ErrorState
        className="flex-1 justify-center"
        title="This flow cannot be shown"
        detail={sentenceOf(failed.error)}
        onRetry={() => void Promise.all([flow.refetch(), latest.refetch(), kinds.refetch()])}
      />
    );
  if (flow.data === undefined || latest.data === undefined || kinds.data === undefined) return <Loading />;
  const { number, document } = latest.data;
  return (
    <Open
      flowId={flowId}
      name={flow.data.name}
      number={number}
      document={document}
      kinds={kinds.data.items}
    />
  );
}

interface OpenProps {
  readonly flowId: string;
  readonly name: string;
  readonly number: number;
  readonly document: Document;
  readonly kinds: readonly TaskKind[];
}

function Open({ flowId, name, number, document, kinds }: OpenProps) {
  const [session] = useState(() => openSession(document, number));
  const [bench] = useState(() => ({ flowId, session, kinds }));
  return (
    <BenchContext value={bench}>
      <Desk name={name} />
    </BenchContext>
  );
}

/** The canvas; in its place the versions, where the address asks for one. The session outlives the change. */
function Desk({ name }: { readonly name: string }) {
  const { get } = useQueryState();
  useDraft();
  return (
    <>
      <DraftOffer />
      {get('version') === '' ? <Workbench name={name} /> : <Versions name={name} />}
    </>
  );
}

/** The newest version as a document; an empty one where nothing was saved yet. */
async function latestVersion(
  flowId: string,
  signal: AbortSignal,
): Promise<{ number: number; document: Document }> {
  try {
    const version = await client.getVersion({ params: { flowId, number: 'latest' } }, signal);
    return { number: version.number, document: documentOfVersion(version) };
  } catch (problem) {
    if (problem instanceof ApiProblem && problem.kind === 'not-found')
      return { number: 0, document: documentOf(emptyDefinition()) };
    throw problem;
  }
}

function Loading() {
  return (
    <div role="status" aria-label="Loading the flow" className="flex min-h-0 flex-1 flex-col">
      <div className="flex h-12 items-center gap-3 border-b bg-surface px-4">
        <Skeleton className="h-5 w-40" />
        <Skeleton className="ml-auto h-8 w-24" />
      </div>
      <div className="flex flex-1">
        <div className="hidden w-56 flex-col gap-2 border-r bg-surface p-3 md:flex">
          {['a', 'b', 'c', 'd', 'e', 'f'].map((row) => (
            <Skeleton key={row} className="h-9" />
          ))}
        </div>
      </div>
    </div>
  );
}
