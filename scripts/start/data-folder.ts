import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isRunning, startOf } from '@/lib/store/running';
import { codeOf, noSpaceFor, Unstartable } from '@/lib/store/unstartable';

interface Holder {
  readonly pid: number;
  /** See `startOf`. */
  readonly start: string;
}

/**
 * Makes the data folder where it is missing and takes it for this process; returns what gives it back. A process that died
 * without giving it back holds nothing. Throws `Unstartable`.
 */
export function claimDataFolder(folder: string): () => void {
  const claim = join(folder, 'server.pid');
  const mine: Holder = { pid: process.pid, start: startOf(process.pid) };
  make(folder);
  for (let tries = 0; tries < 3; tries += 1) {
    try {
      writeFileSync(claim, JSON.stringify(mine), { flag: 'wx' });
      return () => rmSync(claim, { force: true });
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') throw unwritable(folder, error);
    }
    const holder = holderOf(claim);
    if (holder !== undefined && isRunning(holder.pid) && startOf(holder.pid) === holder.start) {
      throw new Unstartable(
        `Millrace is already running on the data folder ${folder} (process ${holder.pid}). Stop it first, or set MILLRACE_DATA to another folder and PORT to another port.`,
      );
    }
    rmSync(claim, { force: true });
  }
  throw new Unstartable(
    `Several Millrace were started on ${folder} at the same moment. Start one of them again.`,
  );
}

function make(folder: string): void {
  if (existsSync(folder)) return;
  try {
    makeWithParents(folder);
    // Whatever the umask: PostgreSQL's account passes through here when root starts us. What is secret has a mode of its own.
    chmodSync(folder, 0o755);
  } catch (error) {
    throw unwritable(folder, error);
  }
}

/** Node's own `recursive` never returns where a file system takes no folders, such as /proc. */
function makeWithParents(folder: string): void {
  if (!existsSync(dirname(folder))) makeWithParents(dirname(folder));
  mkdirSync(folder);
}

function unwritable(folder: string, error: unknown): Error {
  switch (codeOf(error)) {
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return new Unstartable(
        `Millrace may not write to its data folder ${folder}. Give yourself the right to, or set MILLRACE_DATA to another folder.`,
      );
    case 'ENOTDIR':
    case 'EEXIST':
      return new Unstartable(
        `${folder} cannot be the data folder, as it is a file or lies in one. Set MILLRACE_DATA to a folder.`,
      );
    case 'ENOENT':
      return new Unstartable(
        `The data folder ${folder} cannot be made there. Set MILLRACE_DATA to another folder.`,
      );
    case 'ENOSPC':
    case 'EDQUOT':
      return new Unstartable(noSpaceFor(folder));
    default:
      return error instanceof Error ? error : new Error(String(error));
  }
}

/** Undefined where the file is gone or was never written to its end. */
function holderOf(claim: string): Holder | undefined {
  try {
    return JSON.parse(readFileSync(claim, 'utf8'));
  } catch (error) {
    if (error instanceof SyntaxError || codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}
