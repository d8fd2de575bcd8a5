import { usualPayloadLimit } from '@/lib/engine/limits';
import { readToken } from '@/lib/engine/token';
import type { Json } from '@/lib/expression/json';
import { Refusal } from './refusal';
import { world } from './world';

/** Refuses a value that has more bytes as JSON than an execution takes. */
export function assertSize(value: Json, limit: number): void {
  const bytes = sizeOf(value);
  if (bytes <= limit) return;
  throw new Refusal(
    'too-large',
    `The value has ${bytes} bytes as JSON; ${limit} are allowed. Pass a reference to the data instead, or raise the limit in the flow's settings.`,
  );
}

/** The same for a value that comes to an execution that has begun: it keeps the limit that it began with. */
export async function assertFits(value: Json, executionId: string): Promise<void> {
  if (sizeOf(value) <= usualPayloadLimit) return;
  const [start] = await world().journal.read(executionId, 0, 1);
  const options = start?.type === 'ExecutionStarted' ? start.options : undefined;
  assertSize(value, options?.payloadLimit ?? usualPayloadLimit);
}

/** The same for what completes a callback; who has no token of ours is refused for that. */
export async function assertAnswerFits(value: Json, token: string): Promise<void> {
  const executionId = readToken(token)?.executionId;
  if (executionId !== undefined) await assertFits(value, executionId);
}

function sizeOf(value: Json): number {
  return Buffer.byteLength(JSON.stringify(value));
}
