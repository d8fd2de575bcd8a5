import { useState } from 'react';
import type { Json } from '@/lib/expression/json';
import { type FieldProps, useField } from './fields';
import { ScriptRow } from './ScriptRow';

/**
 * A JSON value, or one expression. What is typed is kept as text while it is not JSON yet: the document changes with
 * each text that can be read, and a text that cannot be read is said.
 */
export function JsonField({ pointer, label, hint, placeholder = '' }: FieldProps) {
  const { value, problem, set, done } = useField(pointer);
  const [draft, setDraft] = useState<{ readonly text: string; readonly for: Json | undefined }>();
  const text = draft !== undefined && draft.for === value ? draft.text : jsonText(value);
  const read = readJson(text);
  const type = (next: string) => {
    const parsed = readJson(next);
    if (parsed.ok) set(parsed.value);
    setDraft({ text: next, for: parsed.ok ? parsed.value : value });
  };
  return (
    <ScriptRow
      label={label}
      hint={hint}
      error={read.ok ? problem : read.problem}
      language="json"
      value={text}
      placeholder={placeholder}
      onChange={type}
      onBlur={done}
    />
  );
}

/** An expression is shown bare; every other value as JSON. */
function jsonText(value: Json | undefined): string {
  if (value === undefined) return '';
  if (typeof value === 'string' && isExpressionText(value)) return value;
  return JSON.stringify(value, null, 2);
}

function isExpressionText(text: string): boolean {
  return text.startsWith('{%') && text.endsWith('%}');
}

type Read =
  | { readonly ok: true; readonly value: Json | undefined }
  | { readonly ok: false; readonly problem: string };

function readJson(text: string): Read {
  const trimmed = text.trim();
  if (trimmed === '') return { ok: true, value: undefined };
  if (isExpressionText(trimmed)) return { ok: true, value: trimmed };
  try {
    return { ok: true, value: JSON.parse(trimmed) };
  } catch {
    return { ok: false, problem: 'This is neither JSON nor an expression {% … %} yet.' };
  }
}
