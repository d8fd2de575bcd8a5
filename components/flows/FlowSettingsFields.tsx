import { Field } from '@/components/ui/Field';
import { NumberInput } from '@/components/ui/NumberInput';
import { Select } from '@/components/ui/Select';
import type { FlowSettings } from '@/lib/api/flow-settings';

interface FlowSettingsFieldsProps {
  readonly settings: FlowSettings;
  readonly onChange: (change: Partial<FlowSettings>) => void;
}

/** One field per setting of `lib/api/flow-settings.ts`. */
export function FlowSettingsFields(props: FlowSettingsFieldsProps) {
  return (
    <>
      <ProfileFields {...props} />
      <QueueFields {...props} />
      <SizeField {...props} />
      <RetentionFields {...props} />
    </>
  );
}

function ProfileFields({ settings, onChange }: FlowSettingsFieldsProps) {
  return (
    <>
      <Field label="How executions run" hint={profileHints[settings.profile]}>
        {(ids) => (
          <Select
            {...ids}
            value={settings.profile}
            options={[
              { value: 'standard', label: 'Standard: every step is kept' },
              { value: 'express', label: 'Express: in memory, for many short runs' },
            ]}
            onChange={(profile) => onChange({ profile })}
          />
        )}
      </Field>
      {settings.profile === 'express' ? (
        <Field
          label="Keep the whole history of"
          hint="Percent of the executions that succeed; the others keep their input and result. Failed ones always keep it."
        >
          {(ids) => (
            <NumberInput
              {...ids}
              min={0}
              max={100}
              value={Math.round(settings.historyShare * 100)}
              onChange={(percent) => percent !== null && onChange({ historyShare: percent / 100 })}
            />
          )}
        </Field>
      ) : (
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
      )}
    </>
  );
}

function QueueFields({ settings, onChange }: FlowSettingsFieldsProps) {
  return (
    <div className="grid gap-5 sm:grid-cols-2">
      <Field label="Executions at once" hint="More are recorded and wait to start.">
        {(ids) => (
          <NumberInput
            {...ids}
            min={1}
            max={100_000}
            placeholder="No limit"
            value={settings.concurrency}
            onChange={(concurrency) => onChange({ concurrency })}
          />
        )}
      </Field>
      <Field
        label="Priority"
        hint="From -100 to 100: who waits begins sooner the higher it is. A start may say another."
      >
        {(ids) => (
          <NumberInput
            {...ids}
            min={-100}
            max={100}
            value={settings.priority}
            onChange={(priority) => onChange({ priority: priority ?? 0 })}
          />
        )}
      </Field>
    </div>
  );
}

const kibibyte = 1024;

function SizeField({ settings, onChange }: FlowSettingsFieldsProps) {
  return (
    <Field
      label="Largest input or result, in KiB"
      hint="256 as in AWS, up to 8,192. What is larger is better kept elsewhere and passed by its address."
    >
      {(ids) => (
        <NumberInput
          {...ids}
          min={256}
          max={8_192}
          value={Math.floor(settings.payloadLimit / kibibyte)}
          onChange={(kibibytes) => kibibytes !== null && onChange({ payloadLimit: kibibytes * kibibyte })}
        />
      )}
    </Field>
  );
}

function RetentionFields({ settings, onChange }: FlowSettingsFieldsProps) {
  return (
    <div className="grid gap-5 sm:grid-cols-2">
      <Field label="Delete executions after days" hint="Counted from their end; histories and all.">
        {(ids) => (
          <NumberInput
            {...ids}
            min={1}
            max={3650}
            placeholder="Never"
            value={settings.retentionDays}
            onChange={(retentionDays) => onChange({ retentionDays })}
          />
        )}
      </Field>
      <Field
        label="Ended executions to keep"
        hint="The newest ones. Older ones are deleted, running ones never."
      >
        {(ids) => (
          <NumberInput
            {...ids}
            min={1}
            max={10_000_000}
            placeholder="All"
            value={settings.retentionCount}
            onChange={(retentionCount) => onChange({ retentionCount })}
          />
        )}
      </Field>
    </div>
  );
}

const profileHints: { readonly [Choice in FlowSettings['profile']]: string } = {
  standard:
    'Each step is on disk before the next begins. Executions may wait for callbacks, and take as long as they like.',
  express:
    'Start and end are on disk. After a crash an execution runs again from its start. No callbacks, five minutes at most.',
};

const failureHints: { readonly [Choice in FlowSettings['onFailure']]: string } = {
  fail: 'The execution fails with the step, after Retry and Catch. It can be repaired and continued afterwards.',
  park: 'The step waits for you, and the other branches go on. The execution stays open until you retry, skip or fail it.',
};
