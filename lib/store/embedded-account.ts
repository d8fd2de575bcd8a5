import { execFileSync, spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { Unstartable } from './unstartable';

/** Whom PostgreSQL runs as: it refuses to be root. Undefined means whoever runs us. */
export interface Account {
  readonly uid: number;
  readonly gid: number;
}

/** The owner of existing database files, else the system's account `postgres` or `millrace`, else a new `millrace`. */
export function accountFor(files: string | undefined): Account | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const owner = files === undefined ? undefined : statSync(files);
  if (owner !== undefined && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  return named('postgres') ?? named('millrace') ?? create();
}

/** Whether that account can pass through all parents of the path and open it. */
export function canReach(account: Account | undefined, path: string): boolean {
  if (account === undefined) return true;
  return spawnSync('/bin/sh', ['-c', 'test -x "$1"', 'sh', path], { ...account, cwd: '/' }).status === 0;
}

function named(name: string): Account | undefined {
  const number = (flag: string) => Number(spawnSync('id', [flag, name], { encoding: 'utf8' }).stdout);
  const account = { uid: number('-u'), gid: number('-g') };
  return account.uid > 0 && account.gid > 0 ? account : undefined;
}

function create(): Account {
  const ways = [
    ['useradd', '--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin', 'millrace'],
    ['adduser', '-S', '-D', '-H', 'millrace'],
  ] as const;
  for (const [program, ...options] of ways) {
    try {
      execFileSync(program, options, { stdio: 'ignore' });
    } catch {
      continue;
    }
    const account = named('millrace');
    if (account !== undefined) return account;
  }
  throw new Unstartable(
    'PostgreSQL refuses to run as root, and no account named millrace could be created for it. Start Millrace as an ordinary user, or set DATABASE_URL to a PostgreSQL of your own.',
  );
}
