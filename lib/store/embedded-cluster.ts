import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  accessSync,
  chmodSync,
  chownSync,
  constants,
  existsSync,
  lchownSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { type Account, accountFor, canReach } from './embedded-account';
import { binariesFor, sharedFolder } from './embedded-binaries';
import { bareEnvironment } from './running';
import { codeOf, isDiskFull, noSpaceFor, Unstartable } from './unstartable';

/** PostgreSQL's name for one set of database files. */
export interface Cluster {
  /** Holds `data`, `socket` and `postgres.log`. */
  readonly folder: string;
  /** PostgreSQL's programs, with a folder `bin`. */
  readonly binaries: string;
  readonly account: Account | undefined;
  readonly password: string;
  /** Where the password is kept. */
  readonly passwordFile: string;
}

/**
 * The cluster of a data folder, made on first use. Root's data folder may lie where PostgreSQL's account cannot go (root's
 * home): the cluster then goes to /var/lib/millrace, and the data folder notes where, so that the next start finds it.
 * Throws `Unstartable`.
 */
export async function clusterIn(
  dataFolder: string,
  progress: (text: string) => void,
  signal?: AbortSignal,
): Promise<Cluster> {
  const note = join(dataFolder, 'postgres-is-in');
  const noted = existsSync(note) ? readFileSync(note, 'utf8').trim() : undefined;
  const existing = noted ?? join(dataFolder, 'postgres');
  if (noted !== undefined && !existsSync(noted)) throw new Unstartable(gone(note, noted));
  mustBeOurs(existing);
  const account = accountFor(existsSync(join(existing, 'data')) ? join(existing, 'data') : undefined);
  const folder = noted ?? placeFor(account, dataFolder);
  makeOwn(account, folder);
  if (folder !== existing) writeFileSync(note, `${folder}\n`);
  const passwordFile = join(dataFolder, 'postgres-password');
  const password = passwordIn(passwordFile);
  const cluster = { folder, binaries: binariesFor(account), account, password, passwordFile };
  if (existsSync(join(folder, 'data'))) {
    mustBeReadable(cluster);
  } else {
    progress('Creating the database (first start only) …');
    await initialise(cluster, signal);
  }
  return cluster;
}

function gone(note: string, folder: string): string {
  return `The database of this data folder was in ${folder}, which is not there any more (${note} says so). Put it back, or delete that note to begin with an empty database.`;
}

/** An ordinary user cannot use what root made. */
function mustBeOurs(folder: string): void {
  if (!existsSync(folder)) return;
  try {
    accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    if (codeOf(error) !== 'EACCES') throw error;
    throw new Unstartable(
      `The database in ${folder} belongs to another user of this machine. Start Millrace as that user, or set MILLRACE_DATA to another folder.`,
    );
  }
}

function placeFor(account: Account | undefined, dataFolder: string): string {
  if (canReach(account, dataFolder)) return join(dataFolder, 'postgres');
  return join(sharedFolder, `data-${randomBytes(6).toString('hex')}`);
}

/** Whoever copied the folder may have changed whose it is and who may read it; PostgreSQL insists on both. */
function makeOwn(account: Account | undefined, folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o755 });
  if (existsSync(join(folder, 'data'))) chmodSync(join(folder, 'data'), 0o700);
  if (account === undefined) return;
  if (folder.startsWith(sharedFolder)) chmodSync(sharedFolder, 0o755);
  if (statSync(folder).uid !== account.uid) giveTo(account, folder);
  chmodSync(folder, 0o700);
}

function giveTo({ uid, gid }: Account, folder: string): void {
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' }))
    lchownSync(join(folder, name), uid, gid);
  chownSync(folder, uid, gid);
}

function passwordIn(file: string): string {
  if (!existsSync(file)) writeFileSync(file, `${randomBytes(24).toString('base64url')}\n`, { mode: 0o600 });
  return readFileSync(file, 'utf8').trim();
}

/** Files of one major version of PostgreSQL are nothing to another one. */
function mustBeReadable({ folder, binaries }: Cluster): void {
  const file = join(folder, 'data', 'PG_VERSION');
  const theirs = existsSync(file) ? readFileSync(file, 'utf8').trim() : 'an unknown version';
  const said = spawnSync(join(binaries, 'bin', 'postgres'), ['--version'], { encoding: 'utf8' }).stdout ?? '';
  const ours = / (\d+)/.exec(said)?.[1];
  if (ours === undefined || theirs === ours) return;
  throw new Unstartable(
    `The database in ${folder} was made by PostgreSQL ${theirs}, and this Millrace brings PostgreSQL ${ours}. Use the Millrace that made it, or set MILLRACE_DATA to another folder.`,
  );
}

/** Made under another name first: what a crash leaves half done is thrown away by the next start. */
async function initialise(cluster: Cluster, signal: AbortSignal | undefined): Promise<void> {
  const { folder, account, password } = cluster;
  const unfinished = join(folder, 'data.unfinished');
  const passwordFile = join(folder, 'password.unfinished');
  rmSync(unfinished, { recursive: true, force: true });
  rmSync(passwordFile, { force: true });
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
  if (account !== undefined) chownSync(passwordFile, account.uid, account.gid);
  const { status, said } = await initdb(cluster, ['-D', unfinished, `--pwfile=${passwordFile}`], signal);
  rmSync(passwordFile, { force: true });
  signal?.throwIfAborted();
  if (status === 0) return renameSync(unfinished, join(folder, 'data'));
  rmSync(unfinished, { recursive: true, force: true });
  if (isDiskFull(said)) throw new Unstartable(noSpaceFor(folder));
  const reason = said.split('\n').findLast((line) => /error|FATAL/i.test(line)) ?? said;
  throw new Unstartable(
    `The database could not be created in ${folder} (${reason.trim()}). Mend that, or set MILLRACE_DATA to another folder, then start again.`,
  );
}

async function initdb(
  { folder, binaries, account }: Cluster,
  where: readonly string[],
  signal: AbortSignal | undefined,
): Promise<{ status: number | null; said: string }> {
  const options = ['--username=millrace', '--auth=scram-sha-256', '--encoding=UTF8'];
  const locale = ['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C'];
  const child = spawn(join(binaries, 'bin', 'initdb'), [...where, ...options, ...locale], {
    ...account,
    cwd: folder,
    env: bareEnvironment,
    stdio: ['ignore', 'ignore', 'pipe'],
    // In a group of its own the terminal's Ctrl-C does not reach it: we tell it to end.
    detached: true,
  });
  const end = () => child.kill('SIGINT');
  signal?.addEventListener('abort', end);
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text) => {
    said += text;
  });
  const status = await new Promise<number | null>((resolve) => {
    child.once('error', (error) => {
      said += error.message;
      resolve(null);
    });
    child.once('close', resolve);
  });
  signal?.removeEventListener('abort', end);
  return { status, said };
}
