import { Field } from '@/components/ui/Field';
import { Select } from '@/components/ui/Select';
import { setField } from '@/lib/editor/edit';
import type { Json } from '@/lib/expression/json';
import type { WaitState } from '@/lib/flow/model';
import { useBench } from '../SessionContext';
import { documentIn, edit } from '../session';
import { NumberField, TextField } from './fields';
import { useLanguage } from './use-language';

const forms = {
  Seconds: { label: 'For a number of seconds', blank: 10 },
  Timestamp: { label: 'Until a moment', blank: '2030-01-01T00:00:00Z' },
  SecondsPath: { label: 'For seconds from the input', blank: '$.seconds' },
  TimestampPath: { label: 'Until a moment from the input', blank: '$.until' },
} as const satisfies Record<string, { label: string; blank: Json }>;
type Form = keyof typeof forms;

interface WaitFieldsProps {
  readonly pointer: string;
  readonly state: WaitState;
}

/** How long a Wait waits, in one of its four forms. */
export function WaitFields({ pointer, state }: WaitFieldsProps) {
  const { session } = useBench();
  const language = useLanguage(pointer);
  const all: readonly Form[] = ['Seconds', 'Timestamp', 'SecondsPath', 'TimestampPath'];
  const form = all.find((one) => state[one] !== undefined) ?? 'Seconds';
  const offered = all.filter((one) => language === 'JSONPath' || !one.endsWith('Path') || one === form);
  const change = (next: Form) => {
    const without = setField(documentIn(session), `${pointer}/${form}`, undefined);
    if (without.ok && next !== form)
      edit(session, setField(without.document, `${pointer}/${next}`, forms[next].blank));
  };
  return (
    <>
      <Field label="Wait">
        {(ids) => (
          <Select
            {...ids}
            value={form}
            options={offered.map((value) => ({ value, label: forms[value].label }))}
            onChange={change}
          />
        )}
      </Field>
      {form === 'Seconds' && <NumberField pointer={`${pointer}/Seconds`} label="Seconds" />}
      {form === 'Timestamp' && (
        <TextField
          pointer={`${pointer}/Timestamp`}
          label="Moment"
          isRequired
          isMono
          hint="2030-01-31T12:00:00Z"
        />
      )}
      {form.endsWith('Path') && <TextField pointer={`${pointer}/${form}`} label="Path" isRequired isMono />}
    </>
  );
}
