import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client } from 'pg';
import { type EmbeddedPostgres, openEmbeddedPostgres } from '@/lib/store/embedded';

const folder = fileURLToPath(new URL('../peers', import.meta.url));

/** What every peer can do; bench/peers/peer.mjs says how it is asked. */
interface PeerAnswers {
  readonly flows: { readonly ms: number; readonly latencies: readonly number[] };
  readonly map: { readonly ms: number };
}

/** Another engine in a process of its own, in one of its forms. */
export interface Peer {
  /** Of the engine: `Restate`, `DBOS`, `Node-RED`. */
  readonly name: string;
  /** As it comes, or tuned by its own guide; the better one counts. */
  readonly form: 'default' | 'tuned';
  ask<Work extends keyof PeerAnswers>(work: Work, request: object): Promise<PeerAnswers[Work]>;
}

/** What each of them does before anything is measured. */
const warmUp = { count: 200, inFlight: 50 };

/** All peers, started and warmed up, and what ends them. They are packages of their own, installed when they are first asked for. */
export async function openPeers(): Promise<{ peers: readonly Peer[]; close: () => Promise<void> }> {
  install();
  const temporary = mkdtempSync(join(tmpdir(), 'millrace-peers-'));
  chmodSync(temporary, 0o755);
  const postgres = await openEmbeddedPostgres(temporary);
  const running: Running[] = [];
  const close = async () => {
    for (const peer of running) await peer.close();
    await postgres.stop();
    rmSync(temporary, { recursive: true, force: true });
  };
  try {
    for (const form of ['default', 'tuned'] as const) {
      const database = await newDatabase(postgres, `dbos_${form}`);
      running.push(await Running.start('DBOS', form, ['dbos.mjs', database, form]));
      const port = String(await freePorts(4));
      running.push(
        await Running.start('Restate', form, ['restate.mjs', join(temporary, `restate-${form}`), port, form]),
      );
    }
    // Its guide has nothing to tune for messages in memory.
    running.push(await Running.start('Node-RED', 'default', ['node-red.mjs', join(temporary, 'node-red')]));
    for (const peer of running) await peer.ask('flows', warmUp);
  } catch (error) {
    await close();
    throw error;
  }
  return { peers: running, close };
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

class Running implements Peer {
  readonly name: string;
  readonly form: Peer['form'];
  private readonly child: ChildProcess;
  private asked = 0;

  private constructor(name: string, form: Peer['form'], child: ChildProcess) {
    this.name = name;
    this.form = form;
    this.child = child;
  }

  static async start(name: string, form: Peer['form'], args: readonly string[]): Promise<Running> {
    console.error(`starting ${name} (${form}) …`);
    const child = spawn(process.execPath, [...args], {
      cwd: folder,
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    const peer = new Running(name, form, child);
    await peer.answer(0);
    return peer;
  }

  async ask<Work extends keyof PeerAnswers>(work: Work, request: object): Promise<PeerAnswers[Work]> {
    this.asked += 1;
    const answer = this.answer(this.asked);
    this.child.send({ id: this.asked, work, ...request });
    // Each peer answers a work with the figures that `PeerAnswers` names.
    return (await answer) as PeerAnswers[Work];
  }

  async close(): Promise<void> {
    if (this.child.exitCode !== null) return;
    const gone = new Promise((resolve) => this.child.once('exit', resolve));
    this.child.send({ id: -1, work: 'close' });
    await gone;
  }

  private answer(id: number): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const died = (code: number | null) =>
        reject(new Error(`${this.name} (${this.form}) ended with ${code}`));
      const heard = (said: Said) => {
        if (said.id !== id) return;
        this.child.off('exit', died);
        this.child.off('message', heard);
        if (said.failed === undefined) resolve(said.answer);
        else reject(new Error(`${this.name} (${this.form}): ${said.failed}`));
      };
      this.child.once('exit', died);
      this.child.on('message', heard);
    });
  }
}
