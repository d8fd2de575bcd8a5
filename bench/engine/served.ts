import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { type Figure, figureOf, quantile } from './figure';
import { startToFirstStep } from './first-step';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** What is measured of the whole server, over HTTP. */
export const serverKeys = ['W5', 'W7_warm'] as const;

/** Medians of `runs` runs; the server is started by `npm start` on a data folder of the benchmark's own. */
export async function measureServer(keys: readonly string[], runs: number): Promise<Record<string, Figure>> {
  if (keys.length === 0) return {};
  const data = mkdtempSync(join(tmpdir(), 'millrace-bench-'));
  const figures: Record<string, Figure> = {};
  try {
    const first = await Served.start(data);
    console.error(`first start: ${figureOf(first.tookMs)} ms`);
    if (keys.includes('W5')) figures.W5 = await startToFirstStep(first.url, runs);
    await first.stop();
    if (keys.includes('W7_warm')) figures.W7_warm = await warmStarts(data, runs);
  } finally {
    if (existsSync(data)) rmSync(data, { recursive: true });
  }
  return figures;
}

async function warmStarts(data: string, runs: number): Promise<Figure> {
  const values: number[] = [];
  for (let round = 0; round < runs; round += 1) values.push(await oneStart(data));
  const coldMs = figureOf(await coldStart());
  const megabytes = Math.round(installedKilobytes() / 1_000);
  console.error(
    `W7_warm: ${values.map(figureOf).join(', ')} ms; with an empty data folder ${coldMs} ms; ${megabytes} MB installed and built`,
  );
  return {
    unit: 'ms from `npm start` until the flows page and its scripts are served and executions can be started',
    better: 'lower',
    ours: figureOf(quantile(values, 0.5)),
    durability: 'none',
    coldMs,
    megabytes,
  };
}

async function oneStart(data: string): Promise<number> {
  const served = await Served.start(data);
  await served.stop();
  return served.tookMs;
}

/** With what is installed and built, but no database yet. */
async function coldStart(): Promise<number> {
  const data = mkdtempSync(join(tmpdir(), 'millrace-bench-'));
  try {
    return await oneStart(data);
  } finally {
    rmSync(data, { recursive: true, force: true });
  }
}

/** Of all packages, those for development too, and of the built pages. */
function installedKilobytes(): number {
  const { stdout } = spawnSync('du', ['-skc', 'node_modules', '.next'], { cwd: root, encoding: 'utf8' });
  return Number(/(\d+)\s+total/.exec(stdout)?.[1]);
}

/** A Millrace started by `npm start`, as people start it. */
class Served {
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
