import { useState } from 'react';
import { Field } from '@/components/ui/Field';
import { Input } from '@/components/ui/Input';
import { useField } from './fields';

/** A list of error names, separated by commas. */
export function ErrorNames({ pointer, label }: { readonly pointer: string; readonly label: string }) {
  const { value, problem, set, done } = useField(pointer);
  const [draft, setDraft] = useState<string>();
  const names = Array.isArray(value) ? value.join(', ') : '';
  return (
    <Field label={label} hint="Separated by commas. States.ALL is any error." error={problem}>
      {(ids) => (
        <Input
          {...ids}
          className="font-mono text-xs"
          value={draft ?? names}
          list="error-names"
          onChange={(event) => {
            setDraft(event.target.value);
            set(
              event.target.value
                .split(',')
                .map((name) => name.trim())
                .filter(Boolean),
            );
          }}
          onBlur={() => {
            setDraft(undefined);
            done();
          }}
        />
      )}
    </Field>
  );
}
