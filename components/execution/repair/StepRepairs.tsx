'use client';

import { ChevronDown, Wrench } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/components/ui/Button';
import { DropdownMenu } from '@/components/ui/Menu';
import type { Step } from '@/lib/monitor/step';
import type { ExecutionActions } from '../actions';
import { useSummary } from '../use-live';
import { RepairDialog } from './RepairDialog';
import { askedFor, repairLabels, repairsOf, type StepRepair } from './step-repairs';

interface StepRepairsProps {
  readonly executionId: string;
  readonly step: Step;
  readonly actions: ExecutionActions;
  readonly size?: 'sm';
  readonly onDone: () => void;
}

/** Everything that can be done to a step by hand, each with its plan before it is done. */
export function StepRepairs({ executionId, step, actions, size, onDone }: StepRepairsProps) {
  const [asking, setAsking] = useState<StepRepair>();
  const [open, setOpen] = useState(false);
  const { status } = useSummary();
  return (
    <>
      <DropdownMenu
        trigger={
          <Button {...(size === undefined ? {} : { size })}>
            <Wrench aria-hidden />
            Repair
            <ChevronDown aria-hidden />
          </Button>
        }
        items={repairsOf(step, status).map((what) => ({
          label: repairLabels[what],
          ...(what === 'fail' ? { tone: 'danger' as const } : {}),
          onSelect: () => {
            setAsking(what);
            setOpen(true);
          },
        }))}
      />
      {asking !== undefined && (
        <RepairDialog
          key={asking}
          executionId={executionId}
          asked={askedFor(asking, step)}
          actions={actions}
          open={open}
          onOpenChange={setOpen}
          onDone={onDone}
        />
      )}
    </>
  );
}
