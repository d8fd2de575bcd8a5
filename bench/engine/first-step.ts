import { createServer, type Server } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { openBare } from './bare';
import { type Figure, figureOf, quantile } from './figure';

const starts = 300;

/**
 * W5: from before the start call is sent until the first step's HTTP request is here, on one clock, idle before each start; in
 * turns with the bare server.
 */
export async function startToFirstStep(url: string, runs: number): Promise<Figure> {
  const arrivals = new Map<string, (at: number) => void>();
  const service = await listening((path) => arrivals.get(path)?.(performance.now()));
  const bare = await openBare();
  try {
    const flowId = await newFlow(url, service.url);
    const ours: number[] = [];
    const floors: number[] = [];
    const median = async (address: string, round: string) => {
      const took: number[] = [];
      for (let n = 0; n < starts; n += 1) {
        const key = `/${round}-${n}`;
        const arrived = new Promise<number>((resolve) => arrivals.set(key, resolve));
        const began = performance.now();
        await post(address, { input: { key, service: service.url } });
        took.push((await arrived) - began);
        arrivals.delete(key);
        // Idle: nothing of this execution is under way any more when the next one is started.
        await pause(20);
      }
      return quantile(took, 0.5);
    };
    for (let round = 0; round < runs; round += 1) {
      ours.push(await median(`${url}/api/v1/flows/${flowId}/executions`, `ours-${round}`));
      floors.push(await median(bare.url, `bare-${round}`));
    }
    console.error(`W5: ${ours.map(figureOf).join(', ')} ms; bare server: ${floors.map(figureOf).join(', ')}`);
    return {
      unit: 'ms from a start call over HTTP until the first step calls its service, median',
      better: 'lower',
      ours: figureOf(quantile(ours, 0.5)),
      durability: 'strict',
      bareServerMs: figureOf(quantile(floors, 0.5)),
    };
  } finally {
    await bare.close();
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
