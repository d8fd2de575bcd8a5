'use client';

import { closeBrackets, closeBracketsKeymap } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import { bracketMatching, indentOnInput } from '@codemirror/language';
import { type Diagnostic, lintGutter, setDiagnostics } from '@codemirror/lint';
import { EditorState } from '@codemirror/state';
import { EditorView, keymap, lineNumbers, placeholder as placeholderText } from '@codemirror/view';
import { useEffect, useRef } from 'react';
import { cn } from '@/components/ui/cn';
import { type Language, languageSupport } from './languages';
import { bringInStep, fromOutside } from './outside';
import { theme } from './theme';

interface CodeFieldProps {
  /** The accessible name. */
  readonly label: string;
  readonly language: Language;
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** Ctrl Enter. */
  readonly onSubmit?: () => void;
  readonly onBlur?: () => void;
  /** What is wrong with a line, counted from 1. */
  readonly mark?: { readonly line: number; readonly message: string } | undefined;
  readonly placeholder?: string;
  readonly 'aria-describedby'?: string;
  readonly 'aria-invalid'?: boolean;
  readonly autoFocus?: boolean;
  readonly id?: string;
  readonly className?: string;
}

function diagnosticsAt({ doc }: EditorState, mark: CodeFieldProps['mark']): Diagnostic[] {
  if (mark === undefined) return [];
  const { from, to, text } = doc.line(Math.min(Math.max(1, mark.line), doc.lines));
  const indent = text.length - text.trimStart().length;
  return [{ from: from + indent, to, severity: 'error', message: mark.message }];
}

/** A field for code: JSON, JavaScript, an expression. Tab leaves it only after Escape, as in every code editor. */
export function CodeField(props: CodeFieldProps) {
  const { label, language, value, placeholder = '', autoFocus = false, className, id } = props;
  const { mark } = props;
  const invalid = props['aria-invalid'] === true;
  const described = props['aria-describedby'];
  const host = useRef<HTMLDivElement>(null);
  const editor = useRef<EditorView>(null);
  const latest = useRef(props);
  latest.current = props;
  // Talks to CodeMirror: one editor for as long as label and language stay.
  useEffect(() => {
    if (host.current === null) return;
    const view = new EditorView({
      parent: host.current,
      state: EditorState.create({
        doc: latest.current.value,
        extensions: [
          languageSupport(language),
          language === 'javascript' ? [lineNumbers(), lintGutter()] : [],
          theme,
          history(),
          bracketMatching(),
          closeBrackets(),
          indentOnInput(),
          EditorView.lineWrapping,
          placeholderText(placeholder),
          keymap.of([
            {
              key: 'Mod-Enter',
              run: () => {
                latest.current.onSubmit?.();
                return latest.current.onSubmit !== undefined;
              },
            },
            ...closeBracketsKeymap,
            ...defaultKeymap,
            ...historyKeymap,
            indentWithTab,
          ]),
          EditorView.contentAttributes.of({
            'aria-label': label,
            tabindex: '0',
            ...(id === undefined ? {} : { id }),
          }),
          EditorView.updateListener.of((update) => {
            const isOurs = update.transactions.some((change) => change.annotation(fromOutside) === true);
            if (update.docChanged && !isOurs) latest.current.onChange(update.state.doc.toString());
            if (update.focusChanged && !update.view.hasFocus) latest.current.onBlur?.();
          }),
        ],
      }),
    });
    editor.current = view;
    if (latest.current.autoFocus === true) view.focus();
    return () => view.destroy();
  }, [label, language, placeholder, id]);
  // Talks to CodeMirror: the value was changed by something else.
  useEffect(() => {
    if (editor.current !== null) bringInStep(editor.current, value);
  }, [value]);
  // Talks to CodeMirror: the line that is wrong is underlined, and marked at its number.
  useEffect(() => {
    const view = editor.current;
    if (view !== null) view.dispatch(setDiagnostics(view.state, diagnosticsAt(view.state, mark)));
  }, [mark]);
  return (
    <div
      ref={host}
      data-autofocus={autoFocus ? '' : undefined}
      aria-invalid={invalid || undefined}
      aria-describedby={described}
      className={cn(
        'code-field overflow-auto rounded-md border border-border-strong bg-surface focus-within:border-ring focus-within:outline-1 focus-within:outline-ring',
        invalid && 'border-danger',
        className,
      )}
    />
  );
}
