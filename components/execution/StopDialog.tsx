'use client';

import { useState } from 'react';
import { ConfirmDialog } from '@/components/ui/ConfirmDialog';
import { useLive, useTopic } from './use-live';
import { WhyField } from './WhyField';

interface StopDialogProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly onStop: (why: string) => Promise<boolean>;
}

export function StopDialog({ open, onOpenChange, onStop }: StopDialogProps) {
  const [why, setWhy] = useState('');
  const [busy, setBusy] = useState(false);
  const stop = async () => {
    setBusy(true);
    if (await onStop(why)) onOpenChange(false);
    setBusy(false);
  };
  return (
    <ConfirmDialog
      open={open}
      onOpenChange={onOpenChange}
      title="Stop this execution?"
      description={<GivenUp />}
      action="Stop execution"
      busy={busy}
      onConfirm={() => void stop()}
    >
      <WhyField value={why} onChange={setWhy} />
    </ConfirmDialog>
  );
}

/** What the stop cuts short, as it stands while one is asked. */
function GivenUp() {
  const { monitor } = useLive();
  useTopic('steps');
  const names = [...new Set([...monitor.open].map((id) => monitor.steps.get(id)?.state))];
  if (names.length === 0) return 'It goes no further. What it has done stays done.';
  return `${list(names)} will be given up, and what they called is cancelled. What is done stays done.`;
}

function list(names: readonly (string | undefined)[]): string {
  const shown = names.slice(0, 4).join(', ');
  return names.length > 4 ? `${shown} and ${names.length - 4} more` : shown;
}
