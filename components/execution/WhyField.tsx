import { useState } from 'react';
import { Field } from '@/components/ui/Field';
import { Input } from '@/components/ui/Input';
import { operatorName, rememberOperator } from './operator';

/** Who does something and why: both go into the history. The name is asked once and kept in this browser. */
export function WhyField({
  value,
  onChange,
}: {
  readonly value: string;
  readonly onChange: (why: string) => void;
}) {
  const [name, setName] = useState(operatorName);
  return (
    <div className="grid gap-3 sm:grid-cols-[minmax(0,1fr)_minmax(0,2fr)]">
      <Field label="Your name (optional)" hint="Remembered in this browser.">
        {(ids) => (
          <Input
            {...ids}
            value={name}
            maxLength={200}
            autoComplete="name"
            onChange={(event) => {
              setName(event.target.value);
              rememberOperator(event.target.value.trim());
            }}
          />
        )}
      </Field>
      <Field label="Why (optional)" hint="Both are kept in the history of the execution.">
        {(ids) => (
          <Input {...ids} value={value} maxLength={2000} onChange={(event) => onChange(event.target.value)} />
        )}
      </Field>
    </div>
  );
}
