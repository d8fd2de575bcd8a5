import { useMemo, useRef } from 'react';
import { sentenceOf } from '@/components/shell/tell';
import { EmptyState, ErrorState } from '@/components/ui/Notice';
import { Select } from '@/components/ui/Select';
import { Skeleton } from '@/components/ui/Skeleton';
import { type Change, changesBetween } from '@/lib/editor/changes';
import type { Document } from '@/lib/editor/document';
import { lineDifference } from '@/lib/editor/line-difference';
import { parse } from '@/lib/flow/parse';
import { print } from '@/lib/flow/print';
import { ChangeList } from './ChangeList';
import { type ComparedHandle, ComparedText } from './ComparedText';
import { nameOf, type Shown, useDocument, useShown, useVersions } from './shown';

interface ComparisonProps {
  readonly shown: Shown;
  readonly base: Shown | undefined;
  readonly document: Document;
  readonly onCompare: (base: Shown) => void;
}

/** What became of one version on the way to another: in words, state by state, and line by line. */
export function Comparison({ shown, base, document, onCompare }: ComparisonProps) {
  const opening = useDocument(base);
  const others = useOthers(shown, base);
  if (others.length === 0)
    return (
      <EmptyState className="flex-1" title="There is nothing to compare it with">
        This is the only version of the flow.
      </EmptyState>
    );
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <div className="flex flex-wrap items-center gap-2 border-b bg-surface px-3 py-1.5 text-sm">
        <span className="text-muted">{nameOf(shown)} compared with</span>
        <Select
          size="sm"
          label="Compared with"
          placeholder="Choose a version"
          value={base === undefined ? '' : String(base)}
          options={others.map((other) => ({ value: String(other), label: nameOf(other) }))}
          onChange={(next) => onCompare(next === 'draft' ? 'draft' : Number(next))}
        />
      </div>
      {base === undefined ? (
        <EmptyState className="flex-1" title="This is where the flow began">
          Choose another version to see how they differ.
        </EmptyState>
      ) : opening.is === 'loading' ? (
        <div role="status" aria-label="Comparing" className="p-4">
          <Skeleton className="h-40" />
        </div>
      ) : opening.is === 'failed' ? (
        <ErrorState
          className="flex-1 justify-center"
          title={`${nameOf(base)} could not be read`}
          detail={sentenceOf(opening.problem)}
          onRetry={opening.retry}
        />
      ) : (
        <Differences before={opening.document} after={document} base={base} />
      )}
    </div>
  );
}

/** Everything that the shown one can be compared with; what the address asks for is among it, loaded or not. */
function useOthers(shown: Shown, base: Shown | undefined): readonly Shown[] {
  const { hasDraft } = useShown();
  const { data } = useVersions();
  const saved = data?.pages.flatMap((page) => page.items.map(({ number }) => number)) ?? [];
  const known = new Set<Shown>([...(hasDraft ? ['draft' as const] : []), ...saved]);
  if (base !== undefined) known.add(base);
  known.delete(shown);
  return [...known];
}

interface DifferencesProps {
  readonly before: Document;
  readonly after: Document;
  readonly base: Shown;
}

function Differences({ before, after, base }: DifferencesProps) {
  const text = useRef<ComparedHandle>(null);
  const changes = useMemo(() => changesBetween(before.definition, after.definition), [before, after]);
  const texts = useMemo(() => textsOf(before, after), [before, after]);
  const lines = useMemo(() => lineDifference(texts.before, texts.after), [texts]);
  const isSameText = lines.every(({ kind }) => kind === 'same');
  if (isSameText && changes.length === 0)
    return (
      <EmptyState className="flex-1" title={`Nothing differs from ${nameOf(base).toLowerCase()}`}>
        {JSON.stringify(before.layout) === JSON.stringify(after.layout)
          ? 'Both hold the same definition.'
          : 'Both hold the same definition. Only the places of states on the canvas are others.'}
      </EmptyState>
    );
  return (
    <div className="flex min-h-0 flex-1 flex-col overflow-y-auto">
      <ChangeList changes={changes} onChoose={(change) => text.current?.reveal(lineOf(change, texts))} />
      {before.text.format !== after.text.format && (
        <p className="px-4 pt-2 text-muted text-xs">
          {nameOf(base)} was written in {before.text.format.toUpperCase()}; both are shown as{' '}
          {after.text.format.toUpperCase()}.
        </p>
      )}
      <ComparedText ref={text} lines={lines} />
    </div>
  );
}

interface Texts {
  readonly before: string;
  readonly after: string;
  readonly format: Document['text']['format'];
}

/** As they were saved; written anew where they are in two formats, which share no line. */
function textsOf(before: Document, after: Document): Texts {
  const { format } = after.text;
  if (before.text.format === format) return { before: before.text.source, after: after.text.source, format };
  return { before: print(before.definition, format), after: print(after.definition, format), format };
}

/** The line at which a state begins: in the later text, or in the earlier one where it was removed. */
function lineOf({ kind, pointer }: Change, { before, after, format }: Texts) {
  const side = kind === 'removed' ? ('before' as const) : ('after' as const);
  const { positions } = parse(side === 'before' ? before : after, format);
  const line = (positions?.name(pointer) ?? positions?.value(pointer))?.line ?? 1;
  return { side, line };
}
