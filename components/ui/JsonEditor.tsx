'use client';

import { closeBrackets, closeBracketsKeymap } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { json } from '@codemirror/lang-json';
import { bracketMatching, HighlightStyle, indentOnInput, syntaxHighlighting } from '@codemirror/language';
import { EditorState } from '@codemirror/state';
import { drawSelection, EditorView, keymap, lineNumbers } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import { useEffect, useRef } from 'react';
import { cn } from './cn';

interface JsonEditorProps {
  /** The text at first; later changes from outside replace what is there. */
  readonly value: string;
  readonly onChange: (text: string) => void;
  /** The accessible name. */
  readonly label: string;
  /** Ctrl Enter. */
  readonly onSubmit?: () => void;
  readonly invalid?: boolean;
  readonly className?: string;
}

const look = EditorView.theme({
  '&': { fontSize: '12px', backgroundColor: 'var(--surface)', color: 'var(--foreground)', height: '100%' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { fontFamily: 'var(--font-geist-mono), ui-monospace, monospace', lineHeight: '20px' },
  '.cm-gutters': { backgroundColor: 'var(--sunken)', color: 'var(--faint)', border: 'none' },
  '.cm-content': { caretColor: 'var(--foreground)' },
  '.cm-cursor': { borderLeftColor: 'var(--foreground)' },
  '.cm-selectionBackground, &.cm-focused .cm-selectionBackground': {
    backgroundColor: 'color-mix(in srgb, var(--ring) 28%, transparent) !important',
  },
});

const colours = HighlightStyle.define([
  { tag: tags.propertyName, color: 'var(--syntax-key)' },
  { tag: tags.string, color: 'var(--syntax-string)' },
  { tag: tags.number, color: 'var(--syntax-number)' },
  { tag: [tags.bool, tags.null], color: 'var(--syntax-keyword)' },
]);

/** A text of JSON to edit; takes the focus when it appears. Load it when it is needed: it brings CodeMirror along. */
export function JsonEditor({
  value,
  onChange,
  label,
  onSubmit,
  invalid = false,
  className,
}: JsonEditorProps) {
  const place = useRef<HTMLDivElement>(null);
  const editor = useRef<EditorView>(null);
  const now = useRef({ onChange, onSubmit, value });
  now.current = { onChange, onSubmit, value };

  // Talks to CodeMirror, which draws by itself.
  useEffect(() => {
    if (place.current === null) return;
    const submit = () => {
      now.current.onSubmit?.();
      return now.current.onSubmit !== undefined;
    };
    const view = new EditorView({
      parent: place.current,
      state: EditorState.create({
        doc: now.current.value,
        extensions: [
          lineNumbers(),
          history(),
          drawSelection(),
          indentOnInput(),
          bracketMatching(),
          closeBrackets(),
          json(),
          syntaxHighlighting(colours),
          look,
          EditorView.lineWrapping,
          EditorView.contentAttributes.of({ 'aria-label': label }),
          keymap.of([
            { key: 'Mod-Enter', run: submit },
            ...closeBracketsKeymap,
            ...defaultKeymap,
            ...historyKeymap,
          ]),
          EditorView.updateListener.of((update) => {
            if (update.docChanged) now.current.onChange(update.state.doc.toString());
          }),
        ],
      }),
    });
    editor.current = view;
    view.focus();
    return () => view.destroy();
  }, [label]);

  // Text that came from outside (another input was chosen) replaces what stands in the editor.
  useEffect(() => {
    const view = editor.current;
    if (view === null || view.state.doc.toString() === value) return;
    view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: value } });
  }, [value]);

  return (
    <div
      ref={place}
      className={cn(
        'min-h-0 overflow-hidden rounded-md border border-border-strong focus-within:border-ring',
        invalid && 'border-danger',
        className,
      )}
    />
  );
}
