import { z } from 'zod';
import type { Contract } from './contract';
import { execution, failure, operator, step, token } from './fields';
import { Repair, RepairPlan } from './repairs';
import { Json } from './resources';
import { routes } from './routes';

/** What a change to an execution came to: the newest event after it. */
const Done = z.object({ lastEvent: z.int() }).meta({ id: 'Done' });

export const repairContracts = {
  planRepair: {
    ...routes.planRepair,
    summary:
      'Tell what a repair would come to: what is kept, what runs again, which calls repeat; nothing is changed',
    params: execution,
    body: z.strictObject({ repair: Repair }),
    status: 200,
    answer: RepairPlan,
    problems: ['not-found', 'too-large'],
  },
  repairExecution: {
    ...routes.repairExecution,
    summary: 'Repair an execution: retry, redrive, restart, skip or fail',
    params: execution,
    body: z.strictObject({
      repair: Repair,
      lastEvent: z.int().min(0).optional().meta({
        description: 'That of the plan: the repair is refused where the execution has gone on since.',
      }),
      ...operator,
    }),
    status: 200,
    answer: Done,
    problems: ['not-found', 'refused', 'plan-out-of-date', 'too-large'],
  },
  pauseExecution: {
    ...routes.pauseExecution,
    summary: 'Pause an execution: calls under way are answered, nothing new begins',
    params: execution,
    body: z.strictObject(operator),
    status: 200,
    answer: Done,
    problems: ['not-found', 'refused'],
  },
  resumeExecution: {
    ...routes.resumeExecution,
    summary: 'Let a paused execution go on',
    params: execution,
    body: z.strictObject(operator),
    status: 200,
    answer: Done,
    problems: ['not-found', 'refused'],
  },
  retryStep: {
    ...routes.retryStep,
    summary: 'Try one failed step again, with its own or another input',
    params: step,
    body: z.strictObject({ input: Json.optional(), ...operator }),
    status: 200,
    answer: Done,
    problems: ['not-found', 'refused', 'too-large'],
  },
  redriveExecution: {
    ...routes.redriveExecution,
    summary: 'Go on from all failures; what succeeded is kept',
    params: execution,
    body: z.strictObject(operator),
    status: 200,
    answer: Done,
    problems: ['not-found', 'refused'],
  },
  stopExecution: {
    ...routes.stopExecution,
    summary: 'Stop an execution and what it called',
    params: execution,
    body: z.strictObject({ ...failure, ...operator }),
    status: 200,
    answer: Done,
    problems: ['not-found', 'refused'],
  },
  succeedCallback: {
    ...routes.succeedCallback,
    summary: 'Complete the step that waits with this token',
    params: token,
    body: z.strictObject({ output: Json.default({}) }),
    status: 200,
    answer: Done,
    problems: ['not-found', 'callback-not-awaited', 'too-large'],
  },
  failCallback: {
    ...routes.failCallback,
    summary: 'Fail the step that waits with this token',
    params: token,
    body: z.strictObject(failure),
    status: 200,
    answer: Done,
    problems: ['not-found', 'callback-not-awaited'],
  },
  heartbeatCallback: {
    ...routes.heartbeatCallback,
    summary: 'Say that the work behind this token goes on',
    params: token,
    body: z.strictObject({}),
    status: 200,
    answer: Done,
    problems: ['not-found', 'callback-not-awaited'],
  },
  completeStep: {
    ...routes.completeStep,
    summary: 'Complete a step that waits for a callback by hand, without knowing its token',
    params: step,
    body: z.strictObject({
      outcome: z.discriminatedUnion('type', [
        z.strictObject({ type: z.literal('success'), output: Json.default({}) }),
        z.strictObject({ type: z.literal('failure'), ...failure }),
        z.strictObject({ type: z.literal('heartbeat') }),
      ]),
    }),
    status: 200,
    answer: Done,
    problems: ['not-found', 'refused', 'callback-not-awaited', 'too-large'],
  },
} as const satisfies Record<string, Contract>;
