import { z } from 'zod';
import { ExecutionStatus } from './resources';

/** The fields that several contracts share. */

/** PostgreSQL's `integer`: event ids, step ids and version numbers end here. */
const maxInteger = 2_147_483_647;

/** A whole number in an address or a query. */
export function whole(least: number, most = maxInteger) {
  return z.coerce.number<number>().int().min(least).max(most);
}

export function limit(usual: number, most: number) {
  return whole(1, most).default(usual);
}

const unstorable = /\p{Surrogate}/u;

/** PostgreSQL's text holds every character but U+0000, and a lone surrogate is no character. */
export function text(most: number) {
  return z
    .string()
    .max(most)
    .refine(
      (value) => !value.includes('\0') && !unstorable.test(value),
      'It holds a character that cannot be stored',
    );
}

export const name = text(80).trim().min(1);
export const operator = { by: text(200).optional(), why: text(2000).optional() };
export const failure = { error: text(256).optional(), cause: text(32_768).optional() };

export const paging = { cursor: z.string().max(500).optional(), limit: limit(50, 200) };
export const flow = z.object({ flowId: z.uuid() });
export const execution = z.object({ executionId: z.uuid() });
export const step = z.object({ executionId: z.uuid(), step: whole(1) });
export const token = z.object({ token: z.string().min(1).max(200) });

/** Several statuses are written with commas: `status=failed,timedOut`. */
export const statuses = z
  .union([
    z.array(ExecutionStatus),
    z
      .string()
      .transform((list) => list.split(','))
      .pipe(z.array(ExecutionStatus)),
  ])
  .meta({ description: 'One or more statuses, with commas between them.' });
