import { z } from 'zod';
import { failure, whole } from './fields';
import { Json } from './resources';

const shown = ['INFO', 'DEBUG', 'TRACE'] as const;

/** One state, or one state of a machine, and what it is to be tried with. Names are those of AWS' TestState. */
export const StateTest = z
  .strictObject({
    definition: Json.meta({ description: 'A state, or a whole definition that `stateName` picks one from.' }),
    stateName: z.string().min(1).max(80).optional(),
    input: Json.optional(),
    mock: z
      .strictObject({
        result: Json.optional(),
        errorOutput: z.strictObject(failure).optional(),
        fieldValidationMode: z.enum(['STRICT', 'PRESENT', 'NONE']).optional(),
      })
      .optional()
      .meta({ description: 'What a Task, Map or Parallel answers: nothing outside is called.' }),
    context: Json.optional(),
    variables: z.record(z.string(), Json).optional(),
    stateConfiguration: z
      .strictObject({
        retrierRetryCount: whole(0).optional(),
        errorCausedByState: z.string().max(80).optional(),
        mapIterationFailureCount: whole(0).optional(),
        mapItemReaderData: z.string().optional(),
      })
      .optional(),
    inspectionLevel: z.enum(shown).default('INFO').meta({
      description: 'DEBUG and TRACE also show each stage between input and output.',
    }),
  })
  .meta({ id: 'StateTest' });

export const StateTestResult = z
  .object({
    status: z.enum(['SUCCEEDED', 'FAILED', 'RETRIABLE', 'CAUGHT_ERROR']),
    output: Json.optional(),
    error: z.string().optional(),
    cause: z.string().optional(),
    nextState: z.string().optional(),
    inspectionData: z.record(z.string(), Json).optional(),
  })
  .meta({ id: 'StateTestResult' });
