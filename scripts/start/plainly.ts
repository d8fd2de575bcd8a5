import { codeOf, Unstartable } from '@/lib/store/unstartable';

/** What the person is told when the start failed: a plain sentence where we know what to do, else the error as it is. */
export function plainly(error: unknown): unknown {
  if (error instanceof Unstartable) return error.message;
  const path = error instanceof Error && 'path' in error ? ` (${error.path})` : '';
  switch (codeOf(error)) {
    case 'ENOSPC':
    case 'EDQUOT':
      return `There is no space left on the disk${path}. Make room, or set MILLRACE_DATA to a folder on another disk, then start again.`;
    case 'EMFILE':
    case 'ENFILE':
      return 'Too many files are open on this machine. Raise the limit (ulimit -n), then start again.';
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return `Millrace may not use a file that it needs${path}. Give yourself the right to, then start again.`;
    default:
      return error;
  }
}
