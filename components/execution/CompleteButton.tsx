'use client';

import { Reply } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/components/ui/Button';
import type { Step } from '@/lib/monitor/step';
import type { Outcome } from './actions';
import { CompleteDialog } from './CompleteDialog';

interface CompleteButtonProps {
  readonly step: Step;
  readonly size?: 'sm';
  /** Resolves to whether it was completed. */
  readonly onComplete: (outcome: Outcome) => Promise<boolean>;
}

/** Answers for what a step waits for. */
export function CompleteButton({ step, size, onComplete }: CompleteButtonProps) {
  const [asking, setAsking] = useState(false);
  return (
    <>
      <Button variant="primary" {...(size === undefined ? {} : { size })} onClick={() => setAsking(true)}>
        <Reply aria-hidden />
        Complete callback…
      </Button>
      <CompleteDialog step={step} open={asking} onOpenChange={setAsking} onComplete={onComplete} />
    </>
  );
}
