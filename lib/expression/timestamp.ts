/** Milliseconds since 1970 (UTC) of an RFC 3339 timestamp (`2016-03-14T01:59:00Z`), undefined where it is none. */
export function parseTimestamp(text: string): number | undefined {
  throw new Error(`timestamp "${text}": not parsed yet`);
}

/** `2016-03-14T01:59:00.000Z` for milliseconds since 1970. */
export function formatTimestamp(at: number): string {
  throw new Error(`timestamp ${at}: not formatted yet`);
}
