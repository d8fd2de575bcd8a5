import { Field } from '@/components/ui/Field';
import { Select } from '@/components/ui/Select';
import type { FlowSettings } from '@/lib/api/flow-settings';

interface FlowSettingsFieldsProps {
  readonly settings: FlowSettings;
  readonly onChange: (change: Partial<FlowSettings>) => void;
}

/** One field per setting of `lib/api/flow-settings.ts`. */
export function FlowSettingsFields({ settings, onChange }: FlowSettingsFieldsProps) {
  return (
    <Field label="When a step fails for good" hint={failureHints[settings.onFailure]}>
      {(ids) => (
        <Select
          {...ids}
          value={settings.onFailure}
          options={[
            { value: 'fail', label: 'Fail the execution' },
            { value: 'park', label: 'Park the step for an operator' },
          ]}
          onChange={(onFailure) => onChange({ onFailure })}
        />
      )}
    </Field>
  );
}

const failureHints: { readonly [Choice in FlowSettings['onFailure']]: string } = {
  fail: 'The execution fails with the step, after Retry and Catch. It can be repaired and continued afterwards.',
  park: 'The step waits for you, and the other branches go on. The execution stays open until you retry, skip or fail it.',
};
