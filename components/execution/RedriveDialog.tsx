'use client';

import { useState } from 'react';
import { ConfirmDialog } from '@/components/ui/ConfirmDialog';
import { culprits } from '@/lib/monitor/view';
import { useLive, useTopic } from './use-live';
import { WhyField } from './WhyField';

interface RedriveDialogProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly onRedrive: (why: string) => Promise<boolean>;
}

/** Says what is kept and what runs again, before it does. */
export function RedriveDialog({ open, onOpenChange, onRedrive }: RedriveDialogProps) {
  const [why, setWhy] = useState('');
  const [busy, setBusy] = useState(false);
  const redrive = async () => {
    setBusy(true);
    if (await onRedrive(why)) onOpenChange(false);
    setBusy(false);
  };
  return (
    <ConfirmDialog
      open={open}
      onOpenChange={onOpenChange}
      title="Redrive from failure?"
      description={<Plan />}
      action="Redrive execution"
      tone="primary"
      busy={busy}
      onConfirm={() => void redrive()}
    >
      <WhyField value={why} onChange={setWhy} />
    </ConfirmDialog>
  );
}

function Plan() {
  const { monitor } = useLive();
  useTopic('steps');
  const failed = culprits(monitor, 6);
  const [kept, given] = [ofStatus('succeeded'), ofStatus('stopped')];
  function ofStatus(status: string): number {
    let count = 0;
    for (const step of monitor.steps.values()) if (step.status === status) count += 1;
    return count;
  }
  return (
    <ul className="list-disc space-y-1 pl-4">
      <li>
        {failed.length === 0 ? 'What was given up' : failed.map((step) => step.state).join(', ')} runs again,
        and its calls are repeated.
      </li>
      {given > 0 && <li>{given.toLocaleString('en')} steps that were given up go on as well.</li>}
      <li>{kept.toLocaleString('en')} steps that succeeded keep their results and are not called again.</li>
      <li>It stays this same execution; all earlier attempts stay visible.</li>
    </ul>
  );
}
