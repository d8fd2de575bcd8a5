'use client';

import { useState } from 'react';
import { InputForm, parseJson } from '@/components/flows/InputForm';
import { Button } from '@/components/ui/Button';
import { Dialog } from '@/components/ui/Dialog';
import { Field } from '@/components/ui/Field';
import { Input, Textarea } from '@/components/ui/Input';
import { Tabs } from '@/components/ui/Tabs';
import type { Step } from '@/lib/monitor/step';
import type { Outcome } from './actions';

interface CompleteDialogProps {
  readonly step: Step;
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly onComplete: (outcome: Outcome) => Promise<boolean>;
}

/** Completes a step that waits for a callback, by hand. */
export function CompleteDialog({ step, open, onOpenChange, onComplete }: CompleteDialogProps) {
  const [way, setWay] = useState<'success' | 'failure'>('success');
  const [output, setOutput] = useState('{}');
  const [error, setError] = useState('Rejected');
  const [cause, setCause] = useState('');
  const [busy, setBusy] = useState(false);
  const parsed = parseJson(output);
  const complete = async () => {
    if (way === 'success' && !parsed.ok) return;
    setBusy(true);
    const success = parsed.ok ? { type: 'success' as const, output: parsed.value } : undefined;
    const outcome =
      way === 'success' && success !== undefined ? success : { type: 'failure' as const, error, cause };
    if (await onComplete(outcome)) onOpenChange(false);
    setBusy(false);
  };
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      size="lg"
      title={`Complete ${step.state}`}
      description="The step waits for a callback. This answers in its place, once and for good."
      footer={
        <>
          <Button onClick={() => onOpenChange(false)}>Cancel</Button>
          <Button
            variant={way === 'success' ? 'primary' : 'danger'}
            disabled={busy || (way === 'success' && !parsed.ok)}
            onClick={() => void complete()}
          >
            {way === 'success' ? 'Complete step' : 'Fail step'}
          </Button>
        </>
      }
    >
      <Tabs
        label="Outcome"
        value={way}
        onChange={setWay}
        className="-mx-5"
        tabs={[
          { value: 'success', label: 'Success' },
          { value: 'failure', label: 'Failure' },
        ]}
      >
        <div className="flex flex-col gap-3 px-5 pt-3">
          {way === 'success' ? (
            <InputForm text={output} onChange={setOutput} label="Output" onSubmit={() => void complete()} />
          ) : (
            <>
              <Field label="Error" hint="A name that Retry and Catch can match.">
                {(ids) => <Input {...ids} value={error} onChange={(event) => setError(event.target.value)} />}
              </Field>
              <Field label="Cause">
                {(ids) => (
                  <Textarea {...ids} value={cause} onChange={(event) => setCause(event.target.value)} />
                )}
              </Field>
            </>
          )}
        </div>
      </Tabs>
    </Dialog>
  );
}
