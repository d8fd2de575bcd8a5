import { type ChildProcess, spawn } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const projectFolder = join(dirname(fileURLToPath(import.meta.url)), '../..');
const ready = /^Millrace is ready on (\S+) /m;

/** A Millrace that was started by `npm start`, in a process group of its own as a terminal gives it one. */
export interface Started {
  readonly npm: ChildProcess;
  /** Process id of npm, and number of the group. */
  readonly group: number;
  /** All that was printed so far. */
  readonly printed: () => string;
  /** Resolves with the address once the ready line was printed; rejects when it ended before. */
  readonly url: Promise<string>;
  /** Resolves with npm's exit code. */
  readonly exited: Promise<number | null>;
  /** As Ctrl-C does: to everybody in the group. */
  readonly interrupt: () => Promise<number | null>;
}

export interface StartOptions {
  readonly dataFolder: string;
  readonly environment?: Readonly<Record<string, string>>;
  /** The project to start; ours unless given. */
  readonly project?: string;
}

export function startMillrace({ dataFolder, environment = {}, project }: StartOptions): Started {
  const npm = spawn('npm', ['start'], {
    cwd: project ?? projectFolder,
    env: { ...bare(), PORT: '0', MILLRACE_DATA: dataFolder, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  const { pid: group } = npm;
  if (group === undefined) throw new Error('npm could not be started');
  let printed = '';
  const exited = new Promise<number | null>((resolve) => npm.once('close', resolve));
  const url = new Promise<string>((resolve, reject) => {
    for (const stream of [npm.stdout, npm.stderr])
      stream.setEncoding('utf8').on('data', (text) => {
        printed += text;
        const address = ready.exec(printed)?.[1];
        if (address !== undefined) resolve(address);
      });
    exited.then((code) => reject(new Error(`npm start ended with ${code}: ${printed}`)), reject);
  });
  url.catch(() => {});
  const interrupt = () => {
    process.kill(-group, 'SIGINT');
    return exited;
  };
  return { npm, group, printed: () => printed, url, exited, interrupt };
}

/** Without what the test's own npm and vitest say about themselves. */
function bare(): NodeJS.ProcessEnv {
  const ours = /^(?:npm_|VITEST|NODE_ENV$|NODE_OPTIONS$|DATABASE_URL$|PORT$|HOST$|TEST$|DEV$|PROD$|MODE$)/;
  const kept = Object.entries(process.env).filter(([name]) => !ours.test(name));
  // Next's types ask for NODE_ENV everywhere; the start sets it for itself.
  return Object.fromEntries(kept) as NodeJS.ProcessEnv;
}

/** What `npm start` printed of its own, without what npm says about the script. */
export function saidBy({ printed }: Started): string[] {
  return printed()
    .split('\n')
    .filter((line) => line.trim() !== '' && !/^(?:> |npm (?:error|ERR!))/.test(line));
}

/** Processes that run with this data folder or work in it: the server, PostgreSQL, its children and its watcher. */
export function processesOf(dataFolder: string): string[] {
  const all = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  const seen = all.filter((pid) => isOf(pid, dataFolder));
  const watchers = all.filter((pid) => {
    const words = told(pid, 'cmdline').split('\0');
    return words.includes('millrace-watch') && seen.includes(words.at(-2) ?? '');
  });
  return [...seen, ...watchers].map((pid) => `${pid} ${told(pid, 'cmdline').replaceAll('\0', ' ')}`);
}

/** Resolves once none of them is left; rejects with those that are after a while. */
export async function untilNoneOf(dataFolder: string, patience = 20_000): Promise<void> {
  for (const deadline = Date.now() + patience; ; await pause(50)) {
    const left = processesOf(dataFolder);
    if (left.length === 0) return;
    if (Date.now() > deadline) throw new Error(`still running: ${left.join('; ')}`);
  }
}

function isOf(pid: string, dataFolder: string): boolean {
  if (pid === String(process.pid) || /^\d+ \(.*\) [ZX] /.test(told(pid, 'stat'))) return false;
  if (told(pid, 'environ').includes(`MILLRACE_DATA=${dataFolder}\0`)) return true;
  if (told(pid, 'cmdline').includes(dataFolder)) return true;
  try {
    return readlinkSync(`/proc/${pid}/cwd`).startsWith(`${dataFolder}/`);
  } catch {
    return false;
  }
}

/** A file of /proc; empty where the process is gone or not ours to see. */
function told(pid: string, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return '';
  }
}
