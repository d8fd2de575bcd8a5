import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { type Figure, figureOf, quantile } from './figure';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** What is measured of the whole server, over HTTP. */
export const serverKeys = ['W5', 'W7_warm'] as const;

const starts = 500;

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
  for (let round = 0; round < runs; round += 1) {
    const served = await Served.start(data);
    values.push(served.tookMs);
    await served.stop();
  }
  console.error(`W7_warm: ${values.map(figureOf).join(', ')} ms`);
  return {
    unit: 'ms from `npm start` until the flows page and its scripts are served and executions can be started',
    better: 'lower',
    ours: figureOf(quantile(values, 0.5)),
    durability: 'none',
  };
}

/** From before the start call is sent until the first step's HTTP request is here, on one clock. */
async function startToFirstStep(url: string, runs: number): Promise<Figure> {
  const arrivals = new Map<string, (at: number) => void>();
  const service = await listening((path) => arrivals.get(path)?.(performance.now()));
  try {
    const flowId = await newFlow(url, service.url);
    const values: number[] = [];
    for (let round = 0; round < runs; round += 1) {
      const took: number[] = [];
      for (let n = 0; n < starts; n += 1) {
        const key = `/${round}-${n}`;
        const arrived = new Promise<number>((resolve) => arrivals.set(key, resolve));
        const began = performance.now();
        await post(`${url}/api/v1/flows/${flowId}/executions`, { input: { key } });
        took.push((await arrived) - began);
        arrivals.delete(key);
      }
      values.push(quantile(took, 0.5));
    }
    console.error(`W5: ${values.map(figureOf).join(', ')} ms`);
    return {
      unit: 'ms from a start call over HTTP until the first step calls its service, median',
      better: 'lower',
      ours: figureOf(quantile(values, 0.5)),
      durability: 'strict',
    };
  } finally {
    service.server.close();
    service.server.closeAllConnections();
  }
}

async function newFlow(url: string, service: string): Promise<string> {
  const definition = {
    QueryLanguage: 'JSONata',
    StartAt: 'Call',
    States: {
      Call: {
        Type: 'Task',
        Resource: 'millrace:http',
        Arguments: { url: `{% '${service}' & $states.input.key %}` },
        End: true,
      },
    },
  };
  const created = await post(`${url}/api/v1/flows`, {
    name: `bench ${Date.now()}`,
    source: JSON.stringify(definition),
    format: 'json',
  });
  return z.object({ id: z.string() }).parse(created).id;
}

async function post(url: string, body: object): Promise<unknown> {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}: ${await answer.text()}`);
  return answer.json();
}

/** A service on a free loopback port that tells the path of each request. */
async function listening(told: (path: string) => void): Promise<{ server: Server; url: string }> {
  const server = createServer((request, response) => {
    told(request.url ?? '');
    response.setHeader('content-type', 'application/json');
    response.end('{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('a listening TCP server has no port');
  return { server, url: `http://127.0.0.1:${address.port}` };
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
