import { z } from 'zod';

/**
 * What is decided for a flow as a whole, apart from its definition. It is one JSON object in the database; a setting that
 * is not there has its default. A new setting is one field here, one row in `components/flows/FlowSettingsFields.tsx`, and
 * whatever reads it.
 */
const fields = {
  onFailure: z.enum(['fail', 'park']).meta({
    description:
      'What a step does that has failed for good: `fail` fails what is around it, `park` lets it wait for an operator while the rest goes on. Executions take it along when they start.',
  }),
};

export const FlowSettings = z
  .object({ onFailure: fields.onFailure.default('fail') })
  .meta({ id: 'FlowSettings' });
export type FlowSettings = z.infer<typeof FlowSettings>;

/** A change of some settings; the others stay. */
export const FlowSettingsChange = z.strictObject({ onFailure: fields.onFailure.optional() });
