'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { client } from '@/components/shell/client';
import { tellProblem } from '@/components/shell/tell';
import { toast } from '@/components/ui/toast';
import type { Repair } from '@/lib/api/repairs';
import type { Json } from '@/lib/expression/json';
import type { Live } from './live';
import { signed } from './operator';

/** How a callback is completed by hand. */
export type Outcome =
  | { readonly type: 'success'; readonly output: Json }
  | { readonly type: 'failure'; readonly error?: string; readonly cause?: string };

export interface ExecutionActions {
  /** All resolve to whether it was done; what the server refused is said in a toast. */
  readonly retry: (step: number, how?: { readonly input?: Json; readonly why?: string }) => Promise<boolean>;
  /** By the plan that was looked at. Rejects with what the server refused: the dialog shows it. */
  readonly repair: (
    repair: Repair,
    how: { readonly why: string; readonly lastEvent: number },
  ) => Promise<void>;
  readonly pause: () => Promise<boolean>;
  readonly resume: () => Promise<boolean>;
  readonly stop: (why?: string) => Promise<boolean>;
  readonly complete: (step: number, outcome: Outcome) => Promise<boolean>;
}

/** What an operator can do to an execution. What comes of it is seen in the stream, which is opened again if it had ended. */
export function useExecutionActions(executionId: string, live: Live): ExecutionActions {
  const queries = useQueryClient();
  return useMemo(() => {
    const done = async (did: string) => {
      toast.success(did);
      if (live.connection === 'final') live.open();
      await queries.invalidateQueries({ queryKey: ['execution', executionId] });
    };
    const doing = async (did: string, failed: string, request: Promise<unknown>) => {
      try {
        await request;
        await done(did);
        return true;
      } catch (problem) {
        tellProblem(failed, problem);
        return false;
      }
    };
    return {
      retry: (step, { input, why } = {}) =>
        doing(
          'The step is tried again',
          'The step was not tried again',
          client.retryStep({
            params: { executionId, step },
            body: { ...(input === undefined ? {} : { input }), ...signed(why) },
          }),
        ),
      repair: async (repair, { why, lastEvent }) => {
        await client.repairExecution({
          params: { executionId },
          body: { repair, lastEvent, ...signed(why) },
        });
        await done(said[repair.type]);
      },
      pause: () =>
        doing(
          'The execution is paused: calls under way are answered, nothing new begins',
          'The execution was not paused',
          client.pauseExecution({ params: { executionId }, body: signed() }),
        ),
      resume: () =>
        doing(
          'The execution goes on',
          'The execution was not resumed',
          client.resumeExecution({ params: { executionId }, body: signed() }),
        ),
      stop: (why) =>
        doing(
          'The execution was stopped',
          'The execution was not stopped',
          client.stopExecution({ params: { executionId }, body: signed(why) }),
        ),
      complete: (step, outcome) =>
        doing(
          outcome.type === 'success' ? 'The callback was completed' : 'The callback was failed',
          'The callback was not completed',
          client.completeStep({ params: { executionId, step }, body: { outcome } }),
        ),
    };
  }, [executionId, live, queries]);
}

const said: { readonly [What in Repair['type']]: string } = {
  retry: 'The step is tried again',
  redrive: 'The execution goes on',
  restart: 'The execution goes on from that step',
  skip: 'The step was skipped',
  fail: 'The step was let fail',
};
