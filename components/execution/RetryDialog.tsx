'use client';

import { RotateCw } from 'lucide-react';
import { useState } from 'react';
import { InputForm, parseJson } from '@/components/flows/InputForm';
import { Button } from '@/components/ui/Button';
import { Dialog } from '@/components/ui/Dialog';
import type { Json } from '@/lib/expression/json';
import type { Step } from '@/lib/monitor/step';
import { WhyField } from './WhyField';

interface RetryDialogProps {
  readonly step: Step;
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly onRetry: (how: { readonly input: Json; readonly why: string }) => Promise<boolean>;
}

/** Tries one failed step again with another input. */
export function RetryDialog({ step, open, onOpenChange, onRetry }: RetryDialogProps) {
  const [text, setText] = useState(() => JSON.stringify(step.input, null, 2));
  const [why, setWhy] = useState('');
  const [busy, setBusy] = useState(false);
  const parsed = parseJson(text);
  const retry = async () => {
    if (!parsed.ok) return;
    setBusy(true);
    if (await onRetry({ input: parsed.value, why })) onOpenChange(false);
    setBusy(false);
  };
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      size="lg"
      title={`Retry ${step.state} with edited input`}
      description="The step is tried again in this same execution. Its earlier attempts, and what they were given, stay visible."
      footer={
        <>
          <Button onClick={() => onOpenChange(false)}>Cancel</Button>
          <Button variant="primary" disabled={busy || !parsed.ok} onClick={() => void retry()}>
            <RotateCw aria-hidden />
            Retry step
          </Button>
        </>
      }
    >
      <InputForm text={text} onChange={setText} label="Step input" onSubmit={() => void retry()} />
      <WhyField value={why} onChange={setWhy} />
    </Dialog>
  );
}
