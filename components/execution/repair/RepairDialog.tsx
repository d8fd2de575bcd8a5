'use client';

import { type ReactNode, useState } from 'react';
import { parseJson } from '@/components/flows/InputForm';
import { sentenceOf } from '@/components/shell/tell';
import { Button } from '@/components/ui/Button';
import { Dialog } from '@/components/ui/Dialog';
import { Skeleton } from '@/components/ui/Skeleton';
import type { Repair } from '@/lib/api/repairs';
import type { ExecutionActions } from '../actions';
import { WhyField } from '../WhyField';
import { PlanView } from './PlanView';
import { useRepair } from './use-repair';
import { ValueField } from './ValueField';

/** What is to be repaired, before its values are given. */
export interface RepairAsked {
  readonly title: string;
  readonly description: string;
  /** The verb on the button. */
  readonly action: string;
  readonly tone?: 'danger';
  /** The JSON that goes with it: what it is, what stands there at first, and whether it may be left as it was. */
  readonly value?: { readonly label: string; readonly initial: string; readonly isOptional: boolean };
  /** The repair with that value; undefined: without one. */
  readonly repair: (value: unknown) => Repair;
}

interface RepairDialogProps {
  readonly executionId: string;
  readonly asked: RepairAsked;
  readonly actions: ExecutionActions;
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly onDone?: () => void;
  /** Choices of its own, such as the version to go on with. */
  readonly children?: ReactNode;
}

/** Shows what a repair would come to, and does it once that is confirmed. */
export function RepairDialog({ open, onOpenChange, asked, ...rest }: RepairDialogProps) {
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      size="lg"
      title={asked.title}
      description={asked.description}
    >
      <RepairForm {...rest} asked={asked} onClose={() => onOpenChange(false)} />
    </Dialog>
  );
}

function RepairForm({
  executionId,
  asked,
  actions,
  onDone,
  onClose,
  children,
}: Omit<RepairDialogProps, 'open' | 'onOpenChange'> & { readonly onClose: () => void }) {
  const [text, setText] = useState(asked.value?.isOptional ? undefined : asked.value?.initial);
  const [why, setWhy] = useState('');
  const parsed = text === undefined ? undefined : parseJson(text);
  const repair =
    parsed === undefined ? asked.repair(undefined) : parsed.ok ? asked.repair(parsed.value) : undefined;
  const done = () => {
    onClose();
    onDone?.();
  };
  const { plan, busy, said, confirm } = useRepair({ executionId, repair, actions, onDone: done });
  const isPossible = plan.data?.refused.length === 0;
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        void confirm(why);
      }}
    >
      {children}
      {asked.value !== undefined && (
        <ValueField {...asked.value} text={text} onChange={setText} onSubmit={() => void confirm(why)} />
      )}
      <section aria-label="Plan" className="rounded-md border bg-sunken p-3">
        {plan.data !== undefined && <PlanView plan={plan.data} isRestart={repair?.type === 'restart'} />}
        {plan.data === undefined && plan.isError && (
          <p role="alert" className="text-sm text-status-failed">
            {sentenceOf(plan.error)}
          </p>
        )}
        {plan.data === undefined && !plan.isError && <Skeleton className="h-20" />}
      </section>
      <WhyField value={why} onChange={setWhy} />
      {said !== undefined && (
        <p role="alert" className="text-sm text-status-failed">
          {said}
        </p>
      )}
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>Cancel</Button>
        <Button
          type="submit"
          variant={asked.tone ?? 'primary'}
          disabled={busy || repair === undefined || !isPossible}
        >
          {asked.action}
        </Button>
      </div>
    </form>
  );
}
