import { useState } from 'react';
import { Field } from '@/components/ui/Field';
import { Input } from '@/components/ui/Input';
import { isObject, type Json } from '@/lib/expression/json';
import { type FieldProps, useField, useWanted } from './fields';

/** One or several short values on a line, separated by commas. What is typed stays as it is typed. */
export function ListField({ pointer, label, hint, placeholder }: FieldProps) {
  const { value, problem, set, done } = useField(pointer);
  const field = useWanted<HTMLInputElement>(pointer);
  const [draft, setDraft] = useState<{ readonly text: string; readonly for: Json | undefined }>();
  const text = draft !== undefined && draft.for === value ? draft.text : lineOf(value);
  const type = (next: string) => {
    const read = valueIn(next);
    set(read);
    setDraft({ text: next, for: read });
  };
  return (
    <Field label={label} hint={hint} error={problem}>
      {(ids) => (
        <Input
          {...ids}
          ref={field}
          className="tabular"
          value={text}
          placeholder={placeholder}
          onChange={(event) => type(event.target.value)}
          onBlur={done}
        />
      )}
    </Field>
  );
}

function lineOf(value: Json | undefined): string {
  if (Array.isArray(value)) return value.map(lineOf).join(', ');
  if (isObject(value)) return JSON.stringify(value);
  return value === undefined || value === null ? '' : String(value);
}

/** An expression is one value, whatever it holds. */
function valueIn(text: string): Json | undefined {
  if (text.trimStart().startsWith('{%')) return text;
  const parts = text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
  const values = parts.map((part) => (/^\d+$/.test(part) ? Number(part) : part));
  return values.length > 1 ? values : values[0];
}
