import { z } from 'zod';
import { Json } from './resources';

/** What an operator may do to an execution that has gone wrong, and what it would come to. */

const step = z
  .int()
  .min(1)
  .max(2_147_483_647)
  .meta({ description: 'Id of the step: of its StateEntered event.' });
const input = Json.optional().meta({ description: 'Takes the place of the input that the step had.' });

export const Repair = z
  .discriminatedUnion('type', [
    z.strictObject({ type: z.literal('retry'), step, input }).meta({
      title: 'Retry',
      description: 'Try one failed or parked step again, alone.',
    }),
    z
      .strictObject({
        type: z.literal('redrive'),
        version: z
          .union([z.literal('latest'), z.int().min(1).max(2_147_483_647)])
          .optional()
          .meta({
            description: 'Another version of the flow to go on with; the same one where it is absent.',
          }),
      })
      .meta({
        title: 'Redrive',
        description:
          'Go on from all failures, in a running execution from all parked steps; what has succeeded is kept.',
      }),
    z.strictObject({ type: z.literal('restart'), step, input }).meta({
      title: 'Restart',
      description: 'Enter the state of any step anew that was reached; what came after it is undone.',
    }),
    z.strictObject({ type: z.literal('skip'), step, output: Json }).meta({
      title: 'Skip',
      description: 'Let a failed or parked step count as done, with this output.',
    }),
    z.strictObject({ type: z.literal('fail'), step }).meta({
      title: 'Fail',
      description: 'Let a parked step fail: what is around it takes over.',
    }),
  ])
  .meta({ id: 'Repair' });
export type Repair = z.input<typeof Repair>;

const PlannedState = z
  .object({
    state: z.string(),
    stateType: z.string(),
    visits: z.int().meta({ description: 'How many visits of the state.' }),
  })
  .meta({ id: 'PlannedState' });

const RepeatedCall = z
  .object({
    state: z.string(),
    resource: z.string(),
    steps: z.int().meta({ description: 'How many steps call it again.' }),
    calls: z.int().meta({ description: 'How often they have called it so far.' }),
  })
  .meta({ id: 'RepeatedCall' });

export const RepairPlan = z
  .object({
    lastEvent: z.int().meta({
      description:
        'The event at which it was made. Name it with the repair, which is then refused where the execution has gone on.',
    }),
    refused: z
      .array(z.string())
      .meta({ description: 'Why it cannot be done, a sentence each; empty where it can.' }),
    kept: z.array(PlannedState).meta({ description: 'What is finished and stays so.' }),
    again: z.array(PlannedState).meta({
      description:
        'What is tried again; after a restart, what will be visited again if the flow goes the same way.',
    }),
    calls: z.array(RepeatedCall).meta({
      description:
        'What was called already and is called again. Each call has an idempotency key of its own (execution/step/attempt): services see a new request.',
    }),
    failedStill: z.array(PlannedState).meta({
      description:
        'What has failed too and stays as it is: the Parallel or Map around it fails again unless it is repaired as well.',
    }),
  })
  .meta({ id: 'RepairPlan' });
export type RepairPlan = z.infer<typeof RepairPlan>;
