import { client } from '@/components/shell/client';
import type { Json } from '@/lib/expression/json';

/** What a flow was last started with, so that starting it again takes one press. Kept in this browser, by flow. */
const key = (flowId: string) => `millrace.input.${flowId}`;

export function rememberInput(flowId: string, input: Json): void {
  try {
    localStorage.setItem(key(flowId), JSON.stringify(input));
  } catch {
    // A full or forbidden storage only costs the convenience.
  }
}

/** The input to offer, as text: the one used here last, else the newest execution's, else an empty object. */
export async function offeredInput(flowId: string, signal?: AbortSignal): Promise<string> {
  const kept = localStorage.getItem(key(flowId));
  if (kept !== null) return JSON.stringify(JSON.parse(kept), null, 2);
  const newest = (await client.listExecutions({ query: { flowId, limit: 1 } }, signal)).items[0];
  if (newest === undefined) return '{}';
  const { input } = await client.getExecution({ params: { executionId: newest.id } }, signal);
  return JSON.stringify(input, null, 2);
}
