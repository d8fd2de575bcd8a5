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
    context: Json.optional().meta({
      description: 'The context object: `$$`, `$states.context`. Absent: as an execution would have it.',
    }),
    variables: z
      .record(z.string(), Json)
      .optional()
      .meta({ description: 'What states before would have assigned.' }),
    stateConfiguration: z
      .strictObject({
        retrierRetryCount: whole(0)
          .optional()
          .meta({ description: 'How often each rule of Retry was used before.' }),
        errorCausedByState: z
          .string()
          .max(80)
          .optional()
          .meta({ description: 'The state inside of a Map or Parallel that the mocked error comes from.' }),
        mapIterationFailureCount: whole(0)
          .optional()
          .meta({ description: 'How many items of a Map have failed, for what it tolerates.' }),
        mapItemReaderData: z
          .string()
          .optional()
          .meta({ description: 'The text that the ItemReader of a Map has read.' }),
      })
      .optional(),
    inspectionLevel: z.enum(shown).default('INFO').meta({
      description:
        'DEBUG also shows each stage between input and output, TRACE the request and response of an HTTP task too.',
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
