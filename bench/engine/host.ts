import { argv } from 'node:process';
import { setTimeout as pause } from 'node:timers/promises';
import type { Options } from '@/lib/engine/event';
import type { Json } from '@/lib/expression/json';
import type { TaskCall, TaskKind, TaskResult } from '@/lib/runner/ports';
import { openRunner } from '@/lib/runner/runner';
import { postgresJournal } from '@/lib/store/journal';
import { LogLines } from '@/lib/store/log-lines';
import { type FlowName, flows, payload } from './flows';
import type { Request } from './protocol';

/**
 * The engine alone in a process, as it is measured: it does the work that its parent sends over IPC and answers with figures.
 * Arguments: connection string, then the version ids of the flows as JSON.
 */
const [, , url = '', ids = '{}'] = argv;
const began = performance.timeOrigin;
const versions: Record<FlowName, { flowId: string; versionId: string }> = JSON.parse(ids);
const names = new Map(Object.entries(versions).map(([name, { versionId }]) => [versionId, name as FlowName]));

/** Executions whose task was called since this process began, with the time. */
const firstCalls = new Map<string, number>();
let calls = 0;
/** Told of each call. */
let called: () => void = () => {};

const noop: TaskKind = {
  resource: 'bench:noop',
  parse: (value) => ({ ok: true, value }),
  call: async (call: TaskCall): Promise<TaskResult> => {
    calls += 1;
    called();
    const parameters = call.parameters as Json & { readonly sleep?: number };
    if (typeof parameters === 'object' && parameters?.sleep !== undefined) {
      if (!firstCalls.has(call.executionId)) firstCalls.set(call.executionId, Date.now());
      await pause(parameters.sleep);
    }
    return { kind: 'succeeded', output: parameters };
  },
};

const logs = new LogLines(url);
const runner = openRunner({
  journal: postgresJournal(url),
  versions: {
    definition: async (versionId) => {
      const name = names.get(versionId);
      if (!name) throw new Error(`no flow of the benchmark has the version ${versionId}`);
      return flows[name];
    },
  },
  tasks: { find: (resource) => (resource === noop.resource ? noop : undefined) },
  logs,
  onDefect: (executionId, defect) => {
    console.error(executionId, defect);
  },
});

async function start(flow: FlowName, input: Json, options?: Options): Promise<string> {
  const named = { ...versions[flow], flowName: flow, version: 1 };
  const { executionId } = await runner.start({ ...named, input, ...(options && { options }) });
  return executionId;
}

async function finish(flow: FlowName, input: Json, options?: Options): Promise<void> {
  const executionId = await start(flow, input, options);
  const status = await runner.ended(executionId);
  if (status !== 'succeeded') throw new Error(`${flow} ${executionId} has ${status}`);
}

async function closedLoop(count: number, inFlight: number, one: () => Promise<unknown>): Promise<number[]> {
  const latencies: number[] = [];
  let next = 0;
  const lane = async () => {
    while (next < count) {
      next += 1;
      const at = performance.now();
      await one();
      latencies.push(performance.now() - at);
    }
  };
  await Promise.all(Array.from({ length: Math.min(inFlight, count) }, lane));
  return latencies;
}

const works: {
  readonly [Work in Request['work']]: (request: Extract<Request, { work: Work }>) => Promise<unknown>;
} = {
  flows: async ({ count, inFlight }) => {
    const cpu = process.cpuUsage();
    const at = performance.now();
    const before = calls;
    const latencies = await closedLoop(count, inFlight, () => finish('tenSteps', payload));
    const ms = performance.now() - at;
    if (calls - before < count * 10) throw new Error(`${calls - before} calls for ${count} flows`);
    const { user, system } = process.cpuUsage(cpu);
    return { ms, latencies, cpuMs: (user + system) / 1000 };
  },
  express: async ({ count, inFlight, share }) => {
    const options = { profile: 'express', historyShare: share } as const;
    const before = calls;
    const at = performance.now();
    await closedLoop(count, inFlight, () => finish('tenSteps', payload, options));
    const ms = performance.now() - at;
    if (calls - before < count * 10) throw new Error(`${calls - before} calls for ${count} flows`);
    return { ms };
  },
  map: async ({ items }) => {
    const input = { items: Array.from({ length: items }, (_, n) => n) };
    const at = performance.now();
    await finish('map', input);
    return { ms: performance.now() - at };
  },
  firstStep: async ({ count }) => {
    const latencies: number[] = [];
    for (let n = 0; n < count; n += 1) {
      const at = performance.now();
      const first = new Promise<number>((resolve) => {
        called = () => resolve(performance.now());
      });
      const executionId = await start('tenSteps', payload);
      latencies.push((await first) - at);
      await runner.ended(executionId);
      await pause(20);
    }
    return { latencies };
  },
  sleepers: async ({ count }) => {
    const at = performance.now();
    await closedLoop(count, 200, () => start('sleep', { seconds: 3_600 }));
    return { ms: performance.now() - at };
  },
  memory: async () => {
    for (let round = 0; round < 5; round += 1) {
      // Gives back what it can: pages that are empty now are not memory of the sleepers.
      await globalThis.gc?.({ type: 'major', flavor: 'last-resort', execution: 'async' });
      await pause(200);
    }
    const { rss, heapUsed } = process.memoryUsage();
    return { rss, heapUsed };
  },
  due: async ({ count, inMs }) => {
    const until = Math.ceil((Date.now() + inMs) / 1000) * 1000;
    const started = await Promise.all(
      Array.from({ length: count }, () => start('wake', { until: new Date(until).toISOString() })),
    );
    const late = started.map(async (executionId) => {
      await runner.ended(executionId);
      return Date.now() - until;
    });
    return { late: await Promise.all(late) };
  },
  hold: async ({ count }) => {
    await Promise.all(Array.from({ length: count }, () => start('tenSlowSteps', payload)));
    return {};
  },
  resumed: async ({ count }) => {
    for (const deadline = Date.now() + 30_000; firstCalls.size < count && Date.now() < deadline; )
      await pause(5);
    const last = Math.max(...firstCalls.values());
    return { resumed: firstCalls.size, ms: last - began };
  },
  close: async () => {
    await runner.close();
    await logs.close();
    return {};
  },
};

function answerTo(request: Request): Promise<unknown> {
  // Each work takes the request of its own name; TypeScript cannot see that through the index.
  const work = works[request.work] as (request: Request) => Promise<unknown>;
  return work(request);
}

process.on('message', (request: Request) => {
  answerTo(request).then(
    (answer) => process.send?.({ answer }),
    (failure) => process.send?.({ failed: String(failure?.stack ?? failure) }),
  );
});
process.on('disconnect', () => process.exit(0));
while (!runner.ready()) await pause(2);
process.send?.({ answer: 'ready' });
