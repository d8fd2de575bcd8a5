/**
 * Why Millrace cannot start: one plain sentence or two that say what is in the way and what to do about it. It is shown to
 * the person as it is, without a stack trace.
 */
export class Unstartable extends Error {
  override readonly name = 'Unstartable';
}

/** The system's code of an error (`EACCES`, `ECONNREFUSED`, `3D000`), or '' where it has none. */
export function codeOf(error: unknown): string {
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') return error.code;
  return '';
}

export function noSpaceFor(folder: string): string {
  return `There is no space left on the disk for ${folder}. Make room, or set MILLRACE_DATA to a folder on another disk, then start again.`;
}

/** Whether PostgreSQL's words mean a full disk: a write that was cut short is told apart from one that was refused. */
export function isDiskFull(said: string): boolean {
  return /No space left on device|could not extend file|wrote only \d+ of \d+ bytes/.test(said);
}
