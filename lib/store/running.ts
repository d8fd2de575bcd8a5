import { readFileSync } from 'node:fs';
import { codeOf } from './unstartable';

/** Whether a process of this number runs, whoever owns it. One that ended and was not yet collected does not. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (codeOf(error) !== 'EPERM') return false;
  }
  return process.platform !== 'linux' || !['Z', 'X', undefined].includes(statOf(pid)?.[0]);
}

/** Tells two processes apart that had the same number at different times; '' where the system does not say. */
export function startOf(pid: number): string {
  return process.platform === 'linux' ? (statOf(pid)?.[19] ?? '') : '';
}

/** The fields of /proc/PID/stat from the third on: the state comes first, the time of start is the twentieth of them. */
function statOf(pid: number): string[] | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  } catch (error) {
    if (['ENOENT', 'ESRCH'].includes(codeOf(error))) return undefined;
    throw error;
  }
}

/** The environment of programs that need nothing of ours: it holds no secret. (Next's types ask for NODE_ENV everywhere.) */
export const bareEnvironment = { NODE_ENV: 'production' } as const;
