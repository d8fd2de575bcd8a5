import type { Event } from '@/lib/engine/event';
import type { Journal } from '@/lib/runner/journal-port';

/** Bytes of JSON that are held at a time. An event may hold an input or an output of 256 KiB, and there may be a million of them. */
const pageBytes = 1024 * 1024;

/** What is not known yet may be large. */
export const firstPage = 10;
const longestPage = 1_000;

/** How many events to read next, so that they have about `pageBytes`, when the last ones had so many bytes. */
export function nextPage(events: number, bytes: number): number {
  return Math.max(1, Math.min(longestPage, Math.floor((events * pageBytes) / Math.max(1, bytes))));
}

/** Events after `after` in order, at most `limit` of them and at most about `mostBytes`; `more` where there may be others. */
export async function readHistory(
  journal: Pick<Journal, 'read'>,
  executionId: string,
  { after, limit, mostBytes }: { readonly after: number; readonly limit: number; readonly mostBytes: number },
): Promise<{ events: Event[]; more: boolean }> {
  const events: Event[] = [];
  let bytes = 0;
  for (let size = firstPage; events.length < limit && bytes < mostBytes; ) {
    const last = events.at(-1)?.id ?? after;
    const page = await journal.read(executionId, last, Math.min(size, limit - events.length));
    if (page.length === 0) return { events, more: false };
    const read = JSON.stringify(page).length;
    size = nextPage(page.length, read);
    bytes += read;
    events.push(...page);
  }
  return { events, more: true };
}
