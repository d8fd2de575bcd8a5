import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));

/** A Millrace started by `npm start`, as people start it. */
export class Served {
  readonly url: string;
  /** Milliseconds until the interface could be used. */
  readonly tookMs: number;
  private readonly child: ChildProcess;

  private constructor(child: ChildProcess, url: string, tookMs: number) {
    this.child = child;
    this.url = url;
    this.tookMs = tookMs;
  }

  static async start(data: string): Promise<Served> {
    const began = performance.now();
    const child = spawn('npm', ['start'], {
      cwd: root,
      // A group of its own, so that it can be ended as Ctrl-C in a terminal does.
      detached: true,
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, PORT: '0', HOST: '127.0.0.1', MILLRACE_DATA: data, MILLRACE_EXAMPLES: 'off' },
    });
    const url = await readyUrl(child);
    await usable(url);
    return new Served(child, url, performance.now() - began);
  }

  async stop(): Promise<void> {
    const { pid } = this.child;
    if (pid === undefined || this.child.exitCode !== null) return;
    const gone = new Promise((resolve) => this.child.once('exit', resolve));
    process.kill(-pid, 'SIGINT');
    await gone;
  }
}

function readyUrl(child: ChildProcess): Promise<string> {
  const { stdout } = child;
  if (stdout === null) throw new Error('the output of npm start is not read');
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`npm start ended with ${code}`)));
    createInterface({ input: stdout }).on('line', (line) => {
      const found = /ready on (\S+)/.exec(line)?.[1];
      if (found !== undefined) resolve(found);
      else console.error(line);
    });
  });
}

/** The page is there with every script that it names, and executions can be started. */
async function usable(url: string): Promise<void> {
  const page = await (await fetch(url, { headers: { accept: 'text/html' } })).text();
  const scripts = [...page.matchAll(/<script[^>]+src="([^"]+)"/g)].map((match) => match[1] ?? '');
  if (scripts.length === 0) throw new Error(`${url} answered with no page: ${page.slice(0, 200)}`);
  await Promise.all(scripts.map(async (script) => (await fetch(new URL(script, url))).arrayBuffer()));
  for (;;) {
    const { status } = await fetch(`${url}/api/v1/health`);
    if (status === 200) return;
  }
}
