import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Client } from 'pg';
import { type EmbeddedPostgres, openEmbeddedPostgres } from '@/lib/store/embedded';

const folder = fileURLToPath(new URL('../peers', import.meta.url));

/** What peers can do; bench/peers/peer.mjs says how they are asked, and what it means. */
interface PeerAnswers {
  readonly flows: { readonly ms: number; readonly latencies: readonly number[] };
  readonly map: { readonly ms: number };
  readonly sleepers: { readonly ms: number };
  readonly memory: { readonly rss: number };
  readonly due: { readonly late: readonly number[] };
  readonly firstStep: { readonly latencies: readonly number[] };
  readonly hold: object;
  readonly resumed: { readonly resumed: number; readonly ms: number };
  readonly page: object;
}

/** Another engine in a process of its own, in one of its forms. */
export interface Peer {
  /** Of the engine: `Restate`, `DBOS`, `Node-RED`. */
  readonly name: string;
  /** As it comes, or tuned by its own guide; the better one counts. */
  readonly form: 'default' | 'tuned';
  ask<Work extends keyof PeerAnswers>(work: Work, request: object): Promise<PeerAnswers[Work]>;
  /** Ends it in order. */
  close(): Promise<void>;
  /** Ends all its processes as a crash would. */
  kill(): Promise<void>;
  /** Starts it again on what it has stored; resolves once it takes work. */
  start(): Promise<void>;
  /** Stops all its processes as they are, until it is waited for again: engines that are idle poll, and take from who is measured. */
  pause(): void;
  /** Lets it go on, and gives it the time to find out how late it is. */
  resume(): Promise<void>;
}

/** What each of them does before anything is measured. */
const warmUp = { count: 200, inFlight: 50 };

/** These peers, started and warmed up, and what ends them. They are packages of their own, installed when they are first asked for. */
export async function openPeers(
  names: readonly string[],
): Promise<{ peers: readonly Peer[]; close: () => Promise<void> }> {
  install();
  const temporary = mkdtempSync(join(tmpdir(), 'millrace-peers-'));
  chmodSync(temporary, 0o755);
  const postgres = names.includes('DBOS') ? await openEmbeddedPostgres(temporary) : undefined;
  const peers = (await formsOf(temporary, postgres)).filter(({ name }) => names.includes(name));
  const close = async () => {
    for (const peer of peers) await peer.close();
    await postgres?.stop();
    rmSync(temporary, { recursive: true, force: true });
  };
  try {
    for (const peer of peers) {
      await peer.start();
      await peer.ask('flows', warmUp);
    }
  } catch (error) {
    await close();
    throw error;
  }
  return { peers, close };
}

async function formsOf(
  temporary: string,
  postgres: EmbeddedPostgres | undefined,
): Promise<readonly PeerProcess[]> {
  const forms: PeerProcess[] = [];
  for (const form of ['default', 'tuned'] as const) {
    if (postgres) {
      const database = await newDatabase(postgres, `dbos_${form}`);
      forms.push(new PeerProcess('DBOS', form, ['dbos.mjs', database, form]));
    }
    const port = String(await freePorts(4));
    const data = join(temporary, `restate-${form}`);
    forms.push(new PeerProcess('Restate', form, ['restate.mjs', data, port, form]));
  }
  // Its guide has nothing to tune for messages in memory.
  const data = join(temporary, 'node-red');
  forms.push(new PeerProcess('Node-RED', 'default', ['node-red.mjs', data, String(await freePorts(1))]));
  return forms;
}

function install(): void {
  if (existsSync(join(folder, 'node_modules'))) return;
  console.error('installing the peers (once) …');
  const { status } = spawnSync('npm', ['ci', '--prefix', folder], { stdio: ['ignore', 'ignore', 'inherit'] });
  if (status !== 0) throw new Error('the peers could not be installed, for the reason above');
}

async function newDatabase(postgres: EmbeddedPostgres, name: string): Promise<string> {
  const client = new Client({ connectionString: postgres.url });
  await client.connect();
  try {
    await client.query(`CREATE DATABASE ${name}`);
  } finally {
    await client.end();
  }
  const url = new URL(postgres.url);
  url.pathname = url.pathname.replace(/[^/]*$/, name);
  return url.toString();
}

/** The first of `count` ports in a row that nobody listens on now. */
async function freePorts(count: number): Promise<number> {
  for (let first = 21_000 + Math.floor(Math.random() * 20_000); ; first += count) {
    const all = Array.from({ length: count }, (_, at) => isFree(first + at));
    if ((await Promise.all(all)).every(Boolean)) return first;
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}

interface Said {
  readonly id: number;
  readonly answer?: unknown;
  readonly failed?: string;
}

class PeerProcess implements Peer {
  readonly name: string;
  readonly form: Peer['form'];
  private readonly args: readonly string[];
  private child: ChildProcess | undefined;
  private asked = 0;

  constructor(name: string, form: Peer['form'], args: readonly string[]) {
    this.name = name;
    this.form = form;
    this.args = args;
  }

  async start(): Promise<void> {
    const child = spawn(process.execPath, ['--expose-gc', ...this.args], {
      cwd: folder,
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      // A group of its own, so that whatever it starts can be killed with it.
      detached: true,
    });
    this.child = child;
    await this.answer(child, 0);
  }

  async ask<Work extends keyof PeerAnswers>(work: Work, request: object): Promise<PeerAnswers[Work]> {
    const { child } = this;
    if (!child) throw new Error(`${this.name} (${this.form}) does not run`);
    this.asked += 1;
    const answer = this.answer(child, this.asked);
    child.send({ id: this.asked, work, ...request });
    // Each peer answers a work with the figures that `PeerAnswers` names.
    return (await answer) as PeerAnswers[Work];
  }

  async close(): Promise<void> {
    await this.end((child) => child.send({ id: -1, work: 'close' }));
  }

  async kill(): Promise<void> {
    await this.end(() => this.signal('SIGKILL'));
  }

  pause(): void {
    this.signal('SIGSTOP');
  }

  async resume(): Promise<void> {
    this.signal('SIGCONT');
    await pause(1_000);
  }

  private signal(signal: NodeJS.Signals): void {
    const pid = this.child?.pid;
    if (pid !== undefined) process.kill(-pid, signal);
  }

  private async end(how: (child: ChildProcess) => unknown): Promise<void> {
    const { child } = this;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    this.signal('SIGCONT');
    how(child);
    this.child = undefined;
    await gone;
  }

  private answer(child: ChildProcess, id: number): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const died = (code: number | null) =>
        reject(new Error(`${this.name} (${this.form}) ended with ${code}`));
      const heard = (said: Said) => {
        if (said.id !== id) return;
        child.off('exit', died);
        child.off('message', heard);
        if (said.failed === undefined) resolve(said.answer);
        else reject(new Error(`${this.name} (${this.form}): ${said.failed}`));
      };
      child.once('exit', died);
      child.on('message', heard);
    });
  }
}
