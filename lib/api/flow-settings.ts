import { z } from 'zod';
import { usualPayloadLimit } from '@/lib/engine/limits';

/**
 * What is decided for a flow as a whole, apart from its definition. It is one JSON object in the database; a setting that
 * is not there has its default. A new setting is one field here, one row in `components/flows/FlowSettingsFields.tsx`, and
 * whatever reads it.
 */
const fields = {
  onFailure: z.enum(['fail', 'park']).meta({
    description:
      'What a step does that has failed for good: `fail` fails what is around it, `park` lets it wait for an operator while the rest goes on. Executions take it along when they start; express ones always fail.',
  }),
  concurrency: z.int().min(1).max(100_000).nullable().meta({
    description:
      'How many executions may run at once; the others are recorded and wait to start. Null: any number.',
  }),
  priority: z.int().min(-100).max(100).meta({
    description: 'Who begins first where executions or tasks wait: the higher. A start may say another one.',
  }),
  profile: z.enum(['standard', 'express']).meta({
    description:
      '`standard`: each step is committed before the next begins. `express`: the whole run is in memory, start and end are committed; it waits for no callback and takes five minutes at most.',
  }),
  historyShare: z.number().min(0).max(1).meta({
    description:
      'Express: which share of the executions that succeed keep their whole history, 0 to 1; the others keep input and result. Failed ones always keep it.',
  }),
  payloadLimit: z.int().min(usualPayloadLimit).max(8_388_608).meta({
    description:
      'Bytes that an input, an output or a result may have as JSON text: 262,144 as in AWS, or more. Executions take it along when they start.',
  }),
  retentionDays: z.int().min(1).max(3650).nullable().meta({
    description: 'Executions are deleted so many days after they have ended. Null: never for their age.',
  }),
  retentionCount: z.int().min(1).max(10_000_000).nullable().meta({
    description: 'So many ended executions are kept, the newest ones. Null: any number.',
  }),
};

export const FlowSettings = z
  .object({
    onFailure: fields.onFailure.default('fail'),
    concurrency: fields.concurrency.default(null),
    priority: fields.priority.default(0),
    profile: fields.profile.default('standard'),
    historyShare: fields.historyShare.default(1),
    payloadLimit: fields.payloadLimit.default(usualPayloadLimit),
    retentionDays: fields.retentionDays.default(null),
    retentionCount: fields.retentionCount.default(null),
  })
  .meta({ id: 'FlowSettings' });
export type FlowSettings = z.infer<typeof FlowSettings>;

/** A change of some settings; the others stay. */
export const FlowSettingsChange = z.strictObject(fields).partial();
