import { type ReactNode, useEffect, useRef } from 'react';
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

/** A line of text. Empty text removes the field, unless it is `required`. */
export function TextField({
  pointer,
  label,
  hint,
  placeholder,
  isRequired = false,
  isMono = false,
}: FieldProps & { readonly isRequired?: boolean; readonly isMono?: boolean }) {
  const { value, problem, set, done } = useField(pointer);
  const field = useWanted<HTMLInputElement>(pointer);
  return (
    <Field label={label} hint={hint} error={problem}>
      {(ids) => (
        <Input
          {...ids}
          ref={field}
          value={shown(value)}
          placeholder={placeholder}
          className={isMono ? 'font-mono text-xs' : undefined}
          onChange={(event) => set(event.target.value === '' && !isRequired ? undefined : event.target.value)}
          onBlur={done}
        />
      )}
    </Field>
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
export function NumberField({ pointer, label, hint, placeholder }: FieldProps) {
  const { value, problem, set, done } = useField(pointer);
  const field = useWanted<HTMLInputElement>(pointer);
  return (
    <Field label={label} hint={hint} error={problem}>
      {(ids) => (
        <Input
          {...ids}
          ref={field}
          inputMode="numeric"
          className="tabular"
          value={shown(value)}
          placeholder={placeholder}
          onChange={(event) => set(numberOrText(event.target.value))}
          onBlur={done}
        />
      )}
    </Field>
  );
}

function numberOrText(text: string): Json | undefined {
  if (text.trim() === '') return undefined;
  return /^-?\d+(\.\d+)?$/.test(text.trim()) ? Number(text) : text;
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
