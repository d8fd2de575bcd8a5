import { z } from 'zod';
import { Problem } from './resources';

/** The body of every answer that is not a success, sent as `application/problem+json` (RFC 9457). */
export const ProblemSchema = z
  .object({
    type: z.string().meta({ description: 'Stable: `urn:millrace:problem:NAME`.' }),
    title: z.string(),
    status: z.int(),
    detail: z.string().meta({ description: 'What happened and what to do, in plain words.' }),
    problems: z.array(Problem).optional(),
  })
  .meta({ id: 'ProblemDocument' });
