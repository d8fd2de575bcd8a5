import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Cluster } from './embedded-cluster';
import { bareEnvironment, isRunning } from './running';
import { codeOf, isDiskFull, noSpaceFor, Unstartable } from './unstartable';

/** Where PostgreSQL is spoken to: a socket file where its path is short enough for one, else a loopback port. */
export type Address = { readonly socketFolder: string; readonly port: number } | { readonly port: number };

const longestSocketPath = 100;

const settings = {
  unix_socket_permissions: '0700',
  max_connections: '100',
  shared_buffers: '256MB',
  max_wal_size: '2GB',
  checkpoint_timeout: '15min',
  wal_compression: 'on',
  jit: 'off',
  synchronous_commit: 'on',
  lc_messages: 'C',
  timezone: 'UTC',
  log_timezone: 'UTC',
};

export async function addressOf(cluster: Cluster): Promise<Address> {
  const socketFolder = join(cluster.folder, 'data');
  const port = 5432;
  const path = join(socketFolder, `.s.PGSQL.${port}.lock`);
  if (process.platform !== 'win32' && path.length <= longestSocketPath) return { socketFolder, port };
  return { port: await freePort() };
}

/** A PostgreSQL that takes connections. */
export interface Postgres {
  readonly pid: number;
  /** Resolves when it has ended, however that came about. */
  readonly ended: Promise<void>;
}

/**
 * Starts PostgreSQL and resolves once it takes connections. It does not hear the terminal's Ctrl-C: we end it last. Should we
 * die first, it is ended by its watcher. How long it takes depends on what a crash left to be read again from its log: no limit.
 */
export async function spawnPostgres(
  cluster: Cluster,
  address: Address,
  signal?: AbortSignal,
): Promise<Postgres> {
  await endLeftOver(cluster);
  const log = openSync(logOf(cluster), 'w', 0o600);
  const child = spawn(
    join(cluster.binaries, 'bin', 'postgres'),
    ['-D', join(cluster.folder, 'data'), ...optionsFor(address)],
    {
      ...cluster.account,
      cwd: cluster.folder,
      env: bareEnvironment,
      stdio: ['ignore', log, log],
      detached: true,
    },
  );
  closeSync(log);
  let problem = '';
  child.once('error', (error) => {
    problem = error.message;
  });
  const { pid } = child;
  const hasEnded = () => child.exitCode !== null || child.signalCode !== null;
  if (pid !== undefined) watchOver(child);
  while (problem === '' && !hasEnded() && !signal?.aborted) {
    if (pid !== undefined && lockOf(cluster)?.status === 'ready') {
      return { pid, ended: new Promise((resolve) => child.once('exit', () => resolve())) };
    }
    await pause(5);
  }
  if (pid !== undefined && !hasEnded()) await endPostgres(pid);
  signal?.throwIfAborted();
  throw new Unstartable(whyNot(cluster, problem || lastWords(cluster)));
}

function optionsFor(address: Address): string[] {
  const listening =
    'socketFolder' in address
      ? { listen_addresses: '', unix_socket_directories: address.socketFolder }
      : { listen_addresses: '127.0.0.1', unix_socket_directories: '' };
  const options = Object.entries({ ...settings, ...listening, port: String(address.port) });
  return options.flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

function whyNot(cluster: Cluster, said: string): string {
  if (isDiskFull(said)) return noSpaceFor(cluster.folder);
  return `PostgreSQL did not start: ${said}. Its log ${logOf(cluster)} says more; mend what it names, or set MILLRACE_DATA to another folder.`;
}

/** Ends PostgreSQL in order: it finishes what is committed, drops its connections and writes a checkpoint. */
export async function endPostgres(pid: number): Promise<void> {
  const gone = async (ms: number) => {
    for (const deadline = Date.now() + ms; Date.now() < deadline; await pause(10))
      if (!isRunning(pid)) return true;
    return false;
  };
  for (const signal of ['SIGINT', 'SIGQUIT', 'SIGKILL'] as const) {
    try {
      process.kill(pid, signal);
    } catch (error) {
      if (codeOf(error) === 'ESRCH') return;
      throw error;
    }
    if (await gone(signal === 'SIGINT' ? 30_000 : 5_000)) return;
  }
}

/**
 * A small process that holds the other end of a pipe of ours: when we die, however that comes about, the pipe closes and it
 * ends PostgreSQL. It goes with PostgreSQL, as the number may belong to somebody else by then.
 */
function watchOver(postgres: ChildProcess): void {
  const script = 'cat >/dev/null; kill -INT "$1" 2>/dev/null';
  const watcher = spawn('/bin/sh', ['-c', script, 'millrace-watch', String(postgres.pid)], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
    cwd: '/',
    env: bareEnvironment,
  });
  watcher.on('error', () => {});
  watcher.unref();
  postgres.once('exit', () => watcher.kill('SIGKILL'));
}

/** What an earlier start of ours left behind: a PostgreSQL that still runs, or the lock of one that is gone. */
async function endLeftOver(cluster: Cluster): Promise<void> {
  const left = lockOf(cluster);
  if (left === undefined) return;
  if (isPostgresOf(cluster, left.pid)) await endPostgres(left.pid);
  rmSync(join(cluster.folder, 'data', 'postmaster.pid'), { force: true });
}

/** The number in a lock may long belong to another program (in a container it often does). */
function isPostgresOf(cluster: Cluster, pid: number): boolean {
  if (!isRunning(pid)) return false;
  if (process.platform !== 'linux') return true;
  try {
    const here = statSync(join(cluster.folder, 'data'));
    const there = statSync(`/proc/${pid}/cwd`);
    return here.ino === there.ino && here.dev === there.dev;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return false;
    throw error;
  }
}

/** PostgreSQL's own lock: line 1 is its process id, line 8 tells when it is ready. */
function lockOf(cluster: Cluster): { pid: number; status: string } | undefined {
  try {
    const lines = readFileSync(join(cluster.folder, 'data', 'postmaster.pid'), 'utf8').split('\n');
    return { pid: Number(lines[0]), status: (lines[7] ?? '').trim() };
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

function logOf(cluster: Cluster): string {
  return join(cluster.folder, 'postgres.log');
}

function lastWords(cluster: Cluster): string {
  const lines = readFileSync(logOf(cluster), 'utf8').trim().split('\n');
  return lines.findLast((line) => /FATAL|PANIC|ERROR/.test(line)) ?? lines.at(-1) ?? 'it said nothing';
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('a listening TCP server has no port');
  return address.port;
}
