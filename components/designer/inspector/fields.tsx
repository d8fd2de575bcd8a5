import { type ReactNode, useEffect, useRef, useState } from 'react';
import { Field } from '@/components/ui/Field';
import { Input, Textarea } from '@/components/ui/Input';
import { Select } from '@/components/ui/Select';
import { Switch } from '@/components/ui/Switch';
import { setField } from '@/lib/editor/edit';
import { treeOf, valueAt } from '@/lib/editor/tree';
import type { Json } from '@/lib/expression/json';
import { useBench, useSession } from '../SessionContext';
import { documentIn, edit, endGesture } from '../session';

/** What every field of a form has. */
export interface FieldProps {
  /** The pointer of the value in the definition. */
  readonly pointer: string;
  readonly label: string;
  readonly hint?: ReactNode;
  readonly placeholder?: string;
}

/** The value at a pointer, how to change it (undefined removes it), and what is wrong with it. */
export function useField(pointer: string) {
  const { session } = useBench();
  const value = useSession((state) => valueAt(treeOf(state.history.present.definition), pointer));
  const problem = useSession(
    (state) =>
      state.problems.find((one) => one.pointer === pointer || one.pointer.startsWith(`${pointer}/`))?.message,
  );
  const set = (next: Json | undefined) =>
    edit(session, setField(documentIn(session), pointer, next), pointer);
  return { value, problem, set, done: () => endGesture(session) };
}

/** Takes the keyboard's focus when a problem's line, or the canvas, asks for this field. */
export function useWanted<Element extends HTMLElement>(pointer: string) {
  const field = useRef<Element>(null);
  const wanted = useSession((state) => state.wanted);
  // Talks to the browser's focus: once for each time the field is asked for.
  useEffect(() => {
    if (wanted?.pointer !== pointer || field.current === null) return;
    field.current.focus();
    if (field.current instanceof HTMLInputElement) field.current.select();
  }, [wanted, pointer]);
  return field;
}

interface LineFieldProps extends FieldProps {
  /** The value that a text means; undefined removes the field. */
  readonly read: (text: string) => Json | undefined;
  readonly show: (value: Json | undefined) => string;
  readonly inputMode?: 'numeric';
  readonly className?: string;
}

/** A value on one line. What is typed stays as it is typed, though other texts may mean the same value. */
function LineField({ pointer, label, hint, placeholder, read, show, inputMode, className }: LineFieldProps) {
  const { value, problem, set, done } = useField(pointer);
  const field = useWanted<HTMLInputElement>(pointer);
  const [draft, setDraft] = useState<{ readonly text: string; readonly for: Json | undefined }>();
  const text = draft !== undefined && draft.for === value ? draft.text : show(value);
  const type = (next: string) => {
    const meant = read(next);
    set(meant);
    setDraft({ text: next, for: meant });
  };
  return (
    <Field label={label} hint={hint} error={problem}>
      {(ids) => (
        <Input
          {...ids}
          ref={field}
          value={text}
          placeholder={placeholder}
          inputMode={inputMode}
          className={className}
          onChange={(event) => type(event.target.value)}
          onBlur={done}
        />
      )}
    </Field>
  );
}

/** A line of text. Empty text removes the field, unless it is `required`. */
export function TextField({
  isRequired = false,
  isMono = false,
  ...props
}: FieldProps & { readonly isRequired?: boolean; readonly isMono?: boolean }) {
  const read = (text: string) => (text === '' && !isRequired ? undefined : text);
  return (
    <LineField {...props} read={read} show={shown} {...(isMono ? { className: 'font-mono text-xs' } : {})} />
  );
}

/** Some lines of text. */
export function LongTextField({ pointer, label, hint, placeholder }: FieldProps) {
  const { value, problem, set, done } = useField(pointer);
  return (
    <Field label={label} hint={hint} error={problem}>
      {(ids) => (
        <Textarea
          {...ids}
          rows={2}
          value={shown(value)}
          placeholder={placeholder}
          onChange={(event) => set(event.target.value === '' ? undefined : event.target.value)}
          onBlur={done}
        />
      )}
    </Field>
  );
}

/** A number, or an expression where the query language allows one. */
export function NumberField(props: FieldProps) {
  return <LineField {...props} read={numberOrText} show={shown} inputMode="numeric" className="tabular" />;
}

function numberOrText(text: string): Json | undefined {
  if (text.trim() === '') return undefined;
  return /^-?\d+(\.\d+)?$/.test(text.trim()) ? Number(text) : text;
}

/** One or several short values, separated by commas. */
export function ListField(props: FieldProps) {
  return <LineField {...props} read={listIn} show={listed} className="tabular" />;
}

function listed(value: Json | undefined): string {
  return Array.isArray(value) ? value.map(listed).join(', ') : shown(value);
}

/** An expression is one value, whatever it holds. */
function listIn(text: string): Json | undefined {
  if (text.trimStart().startsWith('{%')) return text;
  const parts = text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
  const values = parts.map((part) => (/^\d+$/.test(part) ? Number(part) : part));
  return values.length > 1 ? values : values[0];
}

interface ChoiceFieldProps extends FieldProps {
  readonly options: readonly { readonly value: string; readonly label: string }[];
  /** What holds where the field is absent. */
  readonly fallback: string;
}

/** One of a few values; the one that holds anyway is not written. */
export function ChoiceField({ pointer, label, hint, options, fallback }: ChoiceFieldProps) {
  const { value, problem, set } = useField(pointer);
  return (
    <Field label={label} hint={hint} error={problem}>
      {(ids) => (
        <Select
          {...ids}
          value={typeof value === 'string' ? value : fallback}
          options={options}
          onChange={(next) => set(next === fallback ? undefined : next)}
        />
      )}
    </Field>
  );
}

/** Yes or no. */
export function SwitchField({
  pointer,
  label,
  fallback = false,
}: FieldProps & { readonly fallback?: boolean }) {
  const { value, set } = useField(pointer);
  return <Switch label={label} checked={typeof value === 'boolean' ? value : fallback} onChange={set} />;
}

export function shown(value: Json | undefined): string {
  if (value === undefined) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
