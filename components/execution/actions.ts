'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { toast } from 'sonner';
import { client } from '@/components/shell/client';
import { tellProblem } from '@/components/shell/tell';
import type { Json } from '@/lib/expression/json';
import type { Live } from './live';

/** How a callback is completed by hand. */
export type Outcome =
  | { readonly type: 'success'; readonly output: Json }
  | { readonly type: 'failure'; readonly error?: string; readonly cause?: string };

export interface ExecutionActions {
  /** All resolve to whether it was done; what the server refused is said in a toast. */
  readonly retry: (step: number, how?: { readonly input?: Json; readonly why?: string }) => Promise<boolean>;
  readonly redrive: (why?: string) => Promise<boolean>;
  readonly stop: (why?: string) => Promise<boolean>;
  readonly complete: (step: number, outcome: Outcome) => Promise<boolean>;
}

/** What an operator can do to an execution. What comes of it is seen in the stream, which is opened again if it had ended. */
export function useExecutionActions(executionId: string, live: Live): ExecutionActions {
  const queries = useQueryClient();
  return useMemo(() => {
    const doing = async (did: string, failed: string, request: Promise<unknown>) => {
      try {
        await request;
        toast.success(did);
        if (live.connection === 'final') live.open();
        await queries.invalidateQueries({ queryKey: ['execution', executionId] });
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
            body: { ...(input === undefined ? {} : { input }), ...reason(why) },
          }),
        ),
      redrive: (why) =>
        doing(
          'The execution goes on',
          'The execution was not redriven',
          client.redriveExecution({ params: { executionId }, body: reason(why) }),
        ),
      stop: (why) =>
        doing(
          'The execution was stopped',
          'The execution was not stopped',
          client.stopExecution({ params: { executionId }, body: reason(why) }),
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

function reason(why: string | undefined): { why?: string } {
  return why === undefined || why.trim() === '' ? {} : { why: why.trim() };
}
