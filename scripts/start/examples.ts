import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Said } from '@/examples/booking/services';

interface ExampleOptions {
  readonly projectFolder: string;
  readonly databaseUrl: string;
  readonly progress: (text: string) => void;
}

/** The services that the booking example calls, in a process of their own as services are. */
export interface Examples {
  /** Resolves once they listen, or cannot: that is said, and Millrace goes on without them. */
  readonly settled: Promise<void>;
  /** Ends their process and resolves once it is gone. */
  readonly stop: () => Promise<void>;
}

/** Starts them at once, and again whenever they end without being asked. */
export function openExamples(options: ExampleOptions): Examples {
  const kept = new KeptServices(options);
  return { settled: kept.start(), stop: () => kept.stop() };
}

const endsWithinMs = 3_000;
const longestDelayMs = 10_000;

class KeptServices {
  private readonly options: ExampleOptions;
  private readonly stopping = new AbortController();
  private child: ChildProcess | undefined;
  private restarting: Promise<void> = Promise.resolve();
  private delayMs = 100;

  constructor(options: ExampleOptions) {
    this.options = options;
  }

  async start(): Promise<void> {
    const { projectFolder, databaseUrl, progress } = this.options;
    const child = fork(join(projectFolder, 'examples', 'booking', 'services.ts'), [], {
      cwd: projectFolder,
      execArgv: ['--import', './scripts/typescript.mjs'],
      env: { ...process.env, DATABASE_URL: databaseUrl },
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    this.child = child;
    const said = await firstWord(child);
    if ('problem' in said) {
      this.child = undefined;
      if (!this.stopping.signal.aborted) progress(said.problem);
      return;
    }
    // Templates are made by the server, which Next bundles: the environment is what both sides see.
    process.env.MILLRACE_BOOKING = JSON.stringify(said.urls);
    child.once('exit', () => {
      this.child = undefined;
      this.restarting = this.restart();
    });
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.restarting;
    const { child } = this;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    if (child.connected) child.disconnect();
    const late = setTimeout(() => child.kill('SIGKILL'), endsWithinMs);
    await ended;
    clearTimeout(late);
  }

  private async restart(): Promise<void> {
    const { signal } = this.stopping;
    if (signal.aborted) return;
    this.options.progress('The services of the booking example ended unexpectedly and are started again.');
    await pause(this.delayMs, undefined, { signal }).catch(() => {});
    this.delayMs = Math.min(this.delayMs * 2, longestDelayMs);
    if (!signal.aborted) await this.start();
  }
}

/** What the process says of itself, or that it ended before it said anything. */
async function firstWord(child: ChildProcess): Promise<Said> {
  return new Promise((resolve) => {
    child.once('message', (said) => {
      // Only examples/booking/services.ts is at the other end.
      resolve(said as Said);
    });
    const silent = 'The services of the booking example did not start; flows that call them will fail.';
    child.once('error', (error) => resolve({ problem: `${silent} ${error.message}` }));
    child.once('exit', () => resolve({ problem: silent }));
  });
}
