'use client';

import { useEffect, useMemo, useRef } from 'react';
import { CopyButton } from '@/components/ui/CopyButton';
import { Select } from '@/components/ui/Select';
import type { Document } from '@/lib/editor/document';
import { locate } from '@/lib/flow/graph';
import { type Format, parse } from '@/lib/flow/parse';
import type { Problem } from '@/lib/flow/problem';
import { diagnosticsOf } from './diagnostics';
import { openPane, type Pane } from './pane';

interface CodePaneProps {
  readonly document: Document;
  readonly selection: readonly string[];
  /** Of the document's definition. */
  readonly problems: readonly Problem[];
  /** Without it the text can only be read. */
  readonly onType?: (source: string) => void;
  readonly onFormat?: (format: Format) => void;
  readonly onSelect: (pointers: readonly string[]) => void;
}

/** The definition as text, in step with the canvas both ways. Text that cannot be read stays as it is typed. */
export function CodePane(props: CodePaneProps) {
  const { document, selection, problems } = props;
  const { source, format, unread } = document.text;
  const { onFormat } = props;
  const isReadOnly = props.onType === undefined;
  const host = useRef<HTMLDivElement>(null);
  const pane = useRef<Pane>(undefined);
  const latest = useRef(props);
  latest.current = props;
  const parsed = useMemo(() => parse(source, format), [source, format]);
  const positions = parsed.positions;
  // Talks to CodeMirror: one editor for as long as the format stays.
  useEffect(() => {
    if (host.current === null) return;
    pane.current = openPane(host.current, latest.current.document.text.source, format, {
      definition: () => latest.current.document.definition,
      ...(isReadOnly ? {} : { typed: (text: string) => latest.current.onType?.(text) }),
      moved: (offset, text) => {
        const place = parse(text, format).positions?.pointerAt(offset);
        const state =
          place === undefined ? undefined : locate(latest.current.document.definition, place)?.pointer;
        if (state !== undefined && state !== latest.current.selection[0]) latest.current.onSelect([state]);
      },
    });
    return () => pane.current?.close();
  }, [format, isReadOnly]);
  // Talks to CodeMirror: canvas, forms or undo changed the text.
  useEffect(() => pane.current?.show(source), [source]);
  // Talks to CodeMirror: what is wrong, and where.
  useEffect(() => {
    if (unread !== undefined) pane.current?.mark(diagnosticsOf(unread.problems, source));
    else if (parsed.ok) pane.current?.mark(diagnosticsOf(parsed.remarks, source, problems, parsed.positions));
  }, [unread, problems, parsed, source]);
  // Talks to CodeMirror: the block of what is selected elsewhere comes into view.
  useEffect(() => {
    const [pointer] = selection;
    const value = pointer === undefined ? undefined : positions?.value(pointer);
    const name = pointer === undefined ? undefined : positions?.name(pointer);
    pane.current?.choose(
      value === undefined ? undefined : { from: name?.start ?? value.start, to: value.end },
    );
  }, [selection, positions]);
  return (
    <section aria-label="Code" data-of-document="" className="flex h-full min-w-0 flex-col bg-surface">
      <header className="flex h-9 shrink-0 items-center gap-2 border-b px-2">
        {onFormat === undefined ? (
          <span className="px-1 text-muted text-xs">{format.toUpperCase()}, read-only</span>
        ) : (
          <Select
            size="sm"
            label="Format"
            value={format}
            options={[
              { value: 'json', label: 'JSON' },
              { value: 'yaml', label: 'YAML' },
            ]}
            onChange={onFormat}
          />
        )}
        {unread !== undefined && <span className="truncate text-status-failed text-xs">Cannot be read</span>}
        <span className="ml-auto">
          <CopyButton text={source} label="Copy the code" />
        </span>
      </header>
      <div ref={host} className="min-h-0 flex-1 overflow-hidden" />
    </section>
  );
}
