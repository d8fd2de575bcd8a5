/** The cursor of a list ordered by time and id, or undefined where the text is none. Opaque to callers. */
export function readCursor(text: string): { readonly at: Date; readonly id: string } | undefined {
  const [time = '', id = ''] = Buffer.from(text, 'base64url').toString('latin1').split(' ');
  const at = new Date(/^\d{1,15}$/.test(time) ? Number(time) : Number.NaN);
  return Number.isNaN(at.getTime()) || !isUuid(id) ? undefined : { at, id };
}

export function writeCursor({ at, id }: { readonly at: Date; readonly id: string }): string {
  return Buffer.from(`${at.getTime()} ${id}`).toString('base64url');
}

export function isUuid(text: string): boolean {
  return /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(text);
}

/** The least version 7 UUID of an instant (milliseconds since 1970): what was started since then has no smaller one. */
export function uuidSince(at: number): string {
  const time = Math.max(0, Math.trunc(at)).toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8, 12)}-7000-8000-000000000000`;
}
