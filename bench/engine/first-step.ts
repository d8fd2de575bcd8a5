import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { openBare } from './bare';
import { figureOf, quantile } from './figure';
import { Measured } from './measured';
import { Served } from './served';
import type { Session } from './session';

export const starts = 300;

/**
 * W5: from before the start call is sent until the first step's HTTP request is here, on one clock, idle before each start; in
 * turns with the bare server, and with starts in the engine's own process.
 */
export async function startToFirstStep(): Promise<Session> {
  const arrivals = new Map<string, (at: number) => void>();
  const opened: (() => Promise<void>)[] = [];
  const close = async () => {
    for (const end of opened.toReversed()) await end();
  };
  try {
    const service = await listening((path) => arrivals.get(path)?.(performance.now()));
    opened.push(service.close);
    const data = mkdtempSync(join(tmpdir(), 'millrace-bench-'));
    opened.push(async () => rmSync(data, { recursive: true, force: true }));
    const served = await Served.start(data);
    opened.push(() => served.stop());
    const bare = await openBare();
    opened.push(bare.close);
    const engine = await Measured.open();
    opened.push(() => engine.close());
    await engine.start();
    const flowId = await newFlow(served.url, service.url);
    const floors: number[] = [];
    const inside: number[] = [];
    const median = async (address: string) => quantile(await timesOf(address, service.url, arrivals), 0.5);
    return {
      measure: async () => {
        const ours = await median(`${served.url}/api/v1/flows/${flowId}/executions`);
        floors.push(await median(bare.url));
        inside.push(quantile((await engine.ask({ work: 'firstStep', count: starts })).latencies, 0.5));
        return ours;
      },
      beside: async () => {
        console.error(
          `  bare server: ${floors.map(figureOf).join(', ')}; in process: ${inside.map(figureOf).join(', ')}`,
        );
        return {
          bareServerMs: figureOf(quantile(floors, 0.5)),
          inProcessMs: figureOf(quantile(inside, 0.5)),
        };
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

async function timesOf(
  address: string,
  service: string,
  arrivals: Map<string, (at: number) => void>,
): Promise<readonly number[]> {
  const took: number[] = [];
  for (let n = 0; n < starts; n += 1) {
    const key = `/${n}`;
    const arrived = new Promise<number>((resolve) => arrivals.set(key, resolve));
    const began = performance.now();
    await post(address, { input: { key, service } });
    took.push((await arrived) - began);
    arrivals.delete(key);
    // Idle: nothing of this execution is under way any more when the next one is started.
    await pause(20);
  }
  return took;
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
async function listening(told: (path: string) => void): Promise<{ url: string; close: () => Promise<void> }> {
  const server = createServer((request, response) => {
    told(request.url ?? '');
    response.setHeader('content-type', 'application/json');
    response.end('{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('a listening TCP server has no port');
  const close = async () => {
    server.close();
    server.closeAllConnections();
  };
  return { url: `http://127.0.0.1:${address.port}`, close };
}
