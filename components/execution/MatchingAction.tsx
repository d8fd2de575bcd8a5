'use client';

import { useQueryClient } from '@tanstack/react-query';
import dynamic from 'next/dynamic';
import { type ReactNode, useState } from 'react';
import { tellProblem } from '@/components/shell/tell';
import { IconButton } from '@/components/ui/IconButton';
import type { ExecutionStatus } from '@/lib/api/execution-status';

const ConfirmDialog = dynamic(
  () => import('@/components/ui/ConfirmDialog').then((module) => module.ConfirmDialog),
  { ssr: false },
);

/** What the list of executions shows. */
export interface Matching {
  /** What it is filtered by. */
  readonly filter: {
    readonly flowId?: string | undefined;
    readonly status?: ExecutionStatus | undefined;
    readonly search: string;
  };
  /** How many executions of each status the flow and the search let through. */
  readonly counts: Readonly<Record<ExecutionStatus, number>> | undefined;
}

/** The executions that are meant, as the API takes them. */
interface Meant<Status> {
  readonly flowId?: string;
  readonly search?: string;
  readonly status: Status[];
}

interface MatchingActionProps<Status> extends Matching {
  /** Which of them are meant. */
  readonly statuses: readonly Status[];
  readonly label: string;
  readonly icon: ReactNode;
  readonly title: (count: string) => string;
  readonly description: string;
  readonly action: string;
  readonly tone?: 'danger' | 'primary';
  /** Does it, and tells what has come of it. */
  readonly act: (meant: Meant<Status>) => Promise<void>;
  readonly failure: string;
  /** What else the dialog asks for. */
  readonly children?: ReactNode;
}

/** A button that does something to all executions that the list's filters let through, after a question. */
export function MatchingAction<Status extends ExecutionStatus>(props: MatchingActionProps<Status>) {
  const { filter, counts, statuses, label, icon, title, description, action, tone, act, failure } = props;
  const [asking, setAsking] = useState(false);
  const [busy, setBusy] = useState(false);
  const queries = useQueryClient();
  const count = statuses.reduce((sum, status) => sum + (counts?.[status] ?? 0), 0);
  const confirm = async () => {
    setBusy(true);
    try {
      const { flowId, search } = filter;
      await act({ ...(flowId && { flowId }), ...(search && { search }), status: [...statuses] });
      setAsking(false);
    } catch (problem) {
      tellProblem(failure, problem);
    }
    await queries.invalidateQueries({ queryKey: ['executions'] });
    setBusy(false);
  };
  return (
    <>
      <IconButton label={label} disabled={count === 0} onClick={() => setAsking(true)}>
        {icon}
      </IconButton>
      {asking && (
        <ConfirmDialog
          open
          onOpenChange={setAsking}
          title={title(count.toLocaleString('en'))}
          description={description}
          action={action}
          {...(tone && { tone })}
          busy={busy}
          onConfirm={() => void confirm()}
        >
          {props.children}
        </ConfirmDialog>
      )}
    </>
  );
}
