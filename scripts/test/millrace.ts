import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { openCheckedClient } from '@/lib/api/checked-client';
import type { Client } from '@/lib/api/client';

const projectFolder = fileURLToPath(new URL('../..', import.meta.url));

/** A real Millrace on a data folder and a port of its own, started as `npm start` starts it: for tests, pictures and measurements. */
export class Millrace {
  readonly origin: string;
  /** For what is needed around the subject: flows to begin with, and taking them away afterwards. */
  readonly client: Client;
  readonly #port: number;
  readonly #dataFolder: string;
  readonly #said: string[] = [];
  #server: ChildProcess | undefined;

  static async start(): Promise<Millrace> {
    const dataFolder = mkdtempSync(join(tmpdir(), 'millrace-alone-'));
    // PostgreSQL may have to run as another user.
    chmodSync(dataFolder, 0o755);
    const millrace = new Millrace(await freePort(), dataFolder);
    await millrace.run();
    return millrace;
  }

  private constructor(port: number, dataFolder: string) {
    this.#port = port;
    this.#dataFolder = dataFolder;
    this.origin = `http://127.0.0.1:${port}`;
    this.client = openCheckedClient({ origin: this.origin });
  }

  /** Starts the server, and resolves once it says that it is ready. */
  async run(): Promise<void> {
    const server = spawn(process.execPath, ['--import', './scripts/typescript.mjs', 'scripts/start.ts'], {
      cwd: projectFolder,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...process.env,
        PORT: String(this.#port),
        HOST: '127.0.0.1',
        MILLRACE_DATA: this.#dataFolder,
        DATABASE_URL: '',
      },
    });
    this.#server = server;
    const said = this.#said;
    const ready = new Promise<void>((resolve, reject) => {
      for (const output of [server.stdout, server.stderr])
        createInterface({ input: output }).on('line', (line) => {
          said.push(line);
          if (line.startsWith('Millrace is ready on')) resolve();
        });
      server.once('exit', (code) => reject(new Error(`Millrace ended with ${code}:\n${said.join('\n')}`)));
    });
    await ready;
  }

  /** What the server has said, for whoever looks for the cause of a failure. */
  get log(): string {
    return this.#said.join('\n');
  }

  /** As a power cut would end the server: with no chance to tidy up. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL');
  }

  /** Stops the server and PostgreSQL, and leaves nothing behind. */
  async close(): Promise<void> {
    await this.#end('SIGTERM');
    rmSync(this.#dataFolder, { recursive: true, force: true });
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    if (server === undefined || server.exitCode !== null || server.signalCode !== null) return;
    const exited = once(server, 'exit');
    server.kill(signal);
    await exited;
  }
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  if (address === null || typeof address === 'string') throw new Error('the system gave no port');
  return address.port;
}
