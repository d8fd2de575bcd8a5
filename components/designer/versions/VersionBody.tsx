import dynamic from 'next/dynamic';
import { useState } from 'react';
import { FlowCanvas } from '@/components/canvas/FlowCanvas';
import { sentenceOf } from '@/components/shell/tell';
import { Button } from '@/components/ui/Button';
import { EmptyState, ErrorState } from '@/components/ui/Notice';
import { Skeleton } from '@/components/ui/Skeleton';
import { Tabs } from '@/components/ui/Tabs';
import { ApiProblem } from '@/lib/api/client';
import type { Document } from '@/lib/editor/document';
import { Comparison } from './Comparison';
import { nameOf, type Shown, useDocument, useShown, type View } from './shown';

const CodePane = dynamic(() => import('@/components/code/CodePane').then((module) => module.CodePane), {
  ssr: false,
  loading: () => <Skeleton className="m-3 h-40" />,
});

interface VersionBodyProps {
  readonly shown: Shown;
  readonly view: View;
  readonly base: Shown | undefined;
  readonly onLook: (next: View) => void;
  readonly onCompare: (base: Shown) => void;
  readonly onShow: (next: Shown) => void;
}

/** One version: its drawing, its text, and how it differs from another one. */
export function VersionBody({ shown, view, base, onLook, onCompare, onShow }: VersionBodyProps) {
  const opening = useDocument(shown);
  const { newest } = useShown();
  if (opening.is === 'failed') {
    const isGone = opening.problem instanceof ApiProblem && opening.problem.kind === 'not-found';
    return isGone ? (
      <EmptyState
        className="flex-1"
        title={`This flow has no version ${shown}`}
        actions={<Button onClick={() => onShow(newest)}>Show the newest</Button>}
      >
        Its newest is version {newest}.
      </EmptyState>
    ) : (
      <ErrorState
        className="flex-1 justify-center"
        title={`${nameOf(shown)} could not be read`}
        detail={sentenceOf(opening.problem)}
        onRetry={opening.retry}
      />
    );
  }
  return (
    <div className="flex min-h-0 min-w-0 flex-1 flex-col">
      <Tabs<View>
        label={nameOf(shown)}
        value={view}
        onChange={onLook}
        tabs={[
          { value: 'canvas', label: 'Canvas' },
          { value: 'code', label: 'Code' },
          { value: 'changes', label: 'Changes' },
        ]}
      >
        {opening.is === 'loading' ? (
          <div role="status" aria-label="Loading the version" className="p-4">
            <Skeleton className="h-40" />
          </div>
        ) : view === 'changes' ? (
          <Comparison shown={shown} base={base} document={opening.document} onCompare={onCompare} />
        ) : (
          <Look key={String(shown)} shown={shown} view={view} document={opening.document} />
        )}
      </Tabs>
    </div>
  );
}

interface LookProps {
  readonly shown: Shown;
  readonly view: 'canvas' | 'code';
  readonly document: Document;
}

/** Canvas and code, of which what is selected is the same. */
function Look({ shown, view, document }: LookProps) {
  const [selection, select] = useState<readonly string[]>([]);
  if (view === 'code')
    return <CodePane document={document} selection={selection} problems={[]} onSelect={select} />;
  return (
    <FlowCanvas
      label={`${nameOf(shown)}, read-only`}
      definition={document.definition}
      layout={document.layout}
      selection={selection}
      onSelect={select}
    />
  );
}
