import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Cluster } from './embedded-cluster';
import { bareEnvironment, isRunning } from './running';
import { codeOf, Unstartable } from './unstartable';

/** Where PostgreSQL is spoken to: a socket file where its path is short enough for one, else a loopback port. */
export type Address = { readonly socketFolder: string; readonly port: number } | { readonly port: number };

const longestSocketPath = 100;
const patienceMs = 60_000;

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

/** Starts PostgreSQL and resolves once it takes connections. It does not hear the terminal's Ctrl-C: we end it last. */
export async function spawnPostgres(cluster: Cluster, address: Address): Promise<ChildProcess> {
  await endLeftOver(cluster);
  const listening =
    'socketFolder' in address
      ? { listen_addresses: '', unix_socket_directories: address.socketFolder }
      : { listen_addresses: '127.0.0.1', unix_socket_directories: '' };
  const options = Object.entries({ ...settings, ...listening, port: String(address.port) });
  const log = openSync(logOf(cluster), 'w', 0o600);
  const child = spawn(
    join(cluster.binaries, 'bin', 'postgres'),
    ['-D', join(cluster.folder, 'data'), ...options.flatMap(([name, value]) => ['-c', `${name}=${value}`])],
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
  for (const deadline = Date.now() + patienceMs; ; await pause(5)) {
    if (lockOf(cluster)?.status === 'ready' && child.exitCode === null) return child;
    if (problem === '' && child.exitCode === null && child.signalCode === null && Date.now() < deadline)
      continue;
    child.kill('SIGKILL');
    throw new Unstartable(
      `PostgreSQL did not start: ${problem || lastWords(cluster)} (log: ${logOf(cluster)})`,
    );
  }
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
 * ends PostgreSQL. Kill it once PostgreSQL is gone, as the number may belong to somebody else by then.
 */
export function watchOver(postgres: ChildProcess): ChildProcess {
  const script = 'cat >/dev/null; kill -INT "$1" 2>/dev/null';
  const watcher = spawn('/bin/sh', ['-c', script, 'millrace-watch', String(postgres.pid)], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
    cwd: '/',
    env: bareEnvironment,
  });
  watcher.on('error', () => {});
  watcher.unref();
  return watcher;
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
