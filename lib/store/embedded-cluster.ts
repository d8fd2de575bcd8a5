import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { type Account, accountFor, canReach } from './embedded-account';
import { binariesFor, sharedFolder } from './embedded-binaries';
import { bareEnvironment } from './running';
import { Unstartable } from './unstartable';

/** PostgreSQL's name for one set of database files. */
export interface Cluster {
  /** Holds `data`, `socket` and `postgres.log`. */
  readonly folder: string;
  /** PostgreSQL's programs, with a folder `bin`. */
  readonly binaries: string;
  readonly account: Account | undefined;
  readonly password: string;
}

/**
 * The cluster of a data folder, made on first use. Root's data folder may lie where PostgreSQL's account cannot go (root's
 * home): the cluster then goes to /var/lib/millrace, and the data folder notes where, so that the next start finds it.
 */
export function clusterIn(dataFolder: string, progress: (text: string) => void): Cluster {
  const note = join(dataFolder, 'postgres-is-in');
  const noted = existsSync(note) ? readFileSync(note, 'utf8').trim() : undefined;
  const existing = noted ?? join(dataFolder, 'postgres');
  const account = accountFor(existsSync(join(existing, 'data')) ? join(existing, 'data') : undefined);
  const folder = noted ?? placeFor(account, dataFolder);
  makeOwn(account, folder);
  if (folder !== existing) writeFileSync(note, `${folder}\n`);
  const cluster = { folder, binaries: binariesFor(account), account, password: passwordIn(dataFolder) };
  if (!existsSync(join(folder, 'data'))) {
    progress('Creating the database (first start only) …');
    initialise(cluster);
  }
  return cluster;
}

function placeFor(account: Account | undefined, dataFolder: string): string {
  if (canReach(account, dataFolder)) return join(dataFolder, 'postgres');
  return join(sharedFolder, `data-${randomBytes(6).toString('hex')}`);
}

function makeOwn(account: Account | undefined, folder: string): void {
  if (existsSync(folder)) return;
  mkdirSync(folder, { recursive: true, mode: 0o755 });
  if (account === undefined) return;
  if (folder.startsWith(sharedFolder)) chmodSync(sharedFolder, 0o755);
  chownSync(folder, account.uid, account.gid);
  chmodSync(folder, 0o700);
}

function passwordIn(dataFolder: string): string {
  const file = join(dataFolder, 'postgres-password');
  if (!existsSync(file)) writeFileSync(file, `${randomBytes(24).toString('base64url')}\n`, { mode: 0o600 });
  return readFileSync(file, 'utf8').trim();
}

/** Made under another name first: what a crash leaves half done is thrown away by the next start. */
function initialise({ folder, binaries, account, password }: Cluster): void {
  const unfinished = join(folder, 'data.unfinished');
  const passwordFile = join(folder, 'password.unfinished');
  rmSync(unfinished, { recursive: true, force: true });
  rmSync(passwordFile, { force: true });
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
  if (account !== undefined) chownSync(passwordFile, account.uid, account.gid);
  const options = [
    '--username=millrace',
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
  ];
  const locale = ['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C'];
  const made = spawnSync(join(binaries, 'bin', 'initdb'), ['-D', unfinished, ...options, ...locale], {
    ...account,
    cwd: folder,
    env: bareEnvironment,
    encoding: 'utf8',
  });
  rmSync(passwordFile, { force: true });
  if (made.status !== 0) {
    const said = `${made.error?.message ?? ''} ${made.stderr ?? ''}`.trim().split('\n').at(-1);
    throw new Unstartable(`The database could not be created in ${folder}: ${said}`);
  }
  renameSync(unfinished, join(folder, 'data'));
}
