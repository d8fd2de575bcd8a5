import { useQuery } from '@tanstack/react-query';
import { client } from '@/components/shell/client';
import { Combobox } from '@/components/ui/Combobox';
import { Field } from '@/components/ui/Field';
import { type FieldProps, useField } from './fields';

/** The name of a flow, one of those that are there. */
export function FlowField({ pointer, label, hint }: FieldProps) {
  const { value, problem, set } = useField(pointer);
  const flows = useQuery({
    queryKey: ['flows', 'names'],
    queryFn: ({ signal }) => client.listFlows({ query: { limit: 100 } }, signal),
  });
  const names = flows.data?.items.map(({ name }) => name) ?? [];
  return (
    <Field label={label} hint={hint} error={problem}>
      {(ids) => (
        <Combobox
          {...ids}
          label={label}
          value={typeof value === 'string' ? value : ''}
          placeholder="Choose a flow"
          options={names.map((name) => ({ value: name, label: name }))}
          onChange={set}
        />
      )}
    </Field>
  );
}
