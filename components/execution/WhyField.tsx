import { Field } from '@/components/ui/Field';
import { Input } from '@/components/ui/Input';

/** Why an operator does something: it goes into the history. */
export function WhyField({
  value,
  onChange,
}: {
  readonly value: string;
  readonly onChange: (why: string) => void;
}) {
  return (
    <Field label="Why (optional)" hint="Kept in the history of the execution.">
      {(ids) => (
        <Input {...ids} value={value} maxLength={2000} onChange={(event) => onChange(event.target.value)} />
      )}
    </Field>
  );
}
