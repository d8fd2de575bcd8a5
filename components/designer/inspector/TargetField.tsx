import { Combobox } from '@/components/ui/Combobox';
import { Field } from '@/components/ui/Field';
import { lastOf, machineOf } from '@/lib/editor/pointer';
import { statesIn } from '@/lib/editor/selection';
import { useSession } from '../SessionContext';
import { useField } from './fields';

interface TargetFieldProps {
  /** The pointer of the field that holds the target's name. */
  readonly pointer: string;
  /** The state that it belongs to. */
  readonly state: string;
  readonly label: string;
}

/** The name of a state of the same machine. */
export function TargetField({ pointer, state, label }: TargetFieldProps) {
  const { value, problem, set } = useField(pointer);
  const definition = useSession((one) => one.history.present.definition);
  const names = statesIn(definition, machineOf(state)).map(lastOf);
  return (
    <Field label={label} error={problem}>
      {(ids) => (
        <Combobox
          {...ids}
          label={label}
          value={typeof value === 'string' ? value : ''}
          placeholder="Choose a state"
          options={names.map((name) => ({ value: name, label: name }))}
          onChange={set}
        />
      )}
    </Field>
  );
}
