/**
 * Restate, one node: its server beside an SDK endpoint over bidirectional HTTP/2. Every step is a journalled `ctx.run`, and the
 * log is fsync'd (class D). Arguments: data folder, first of four free ports, `default` or `tuned`.
 */
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { setTimeout as pause } from 'node:timers/promises';
import * as restate from '@restatedev/restate-sdk';
import { Agent, request } from 'undici';
import { closedLoop, firstSteps, Heard, memory, page, payload, resumed, serve } from './peer.mjs';

const [folder, firstPort, form] = process.argv.slice(2);
const port = Number(firstPort);
const [ingress, admin, node, endpoint] = [port, port + 1, port + 2, port + 3];

/** Fewer partitions than the default 24 fit two cores better, by Restate's own sizing guide. */
const tuned = { RESTATE_DEFAULT_NUM_PARTITIONS: '4', RESTATE_ROCKSDB_TOTAL_MEMORY_SIZE: '1GB' };

/** Whoever waits leaves memory after this long: as it comes, and tuned for many sleepers. */
const inactivityMs = form === 'tuned' ? 5_000 : 60_000;
const heard = new Heard();
let told = () => {};
let late = () => {};

const flows = restate.service({
  name: 'flows',
  ...(form === 'tuned' ? { options: { inactivityTimeout: inactivityMs } } : {}),
  handlers: {
    ten: async (context, input) => {
      let value = input;
      for (let step = 0; step < 10; step++) value = await context.run(`step${step}`, () => value);
      return value;
    },
    map: async (context, input) => {
      const items = Array.from({ length: input.items }, (_, index) => index);
      const results = await restate.RestatePromise.all(
        items.map((index) => context.run(`item${index}`, () => index)),
      );
      return results.length;
    },
    slow: async (context, input) => {
      for (let step = 0; step < 10; step++)
        await context.run(`step${step}`, async () => {
          heard.step(context.request().id.toString());
          await pause(200);
          return input;
        });
    },
    sleep: async (context, input) => context.sleep(input.ms),
    wake: async (context, input) => {
      await context.sleep(input.until - (await context.date.now()));
      late(Date.now() - input.until);
    },
    first: async (context) => context.run('first', () => told()),
  },
});

const require = createRequire(import.meta.url);
const server = spawn(process.execPath, [require.resolve('@restatedev/restate-server/lib/index.js')], {
  stdio: 'ignore',
  env: {
    ...process.env,
    RESTATE_BASE_DIR: folder,
    RESTATE_INGRESS__BIND_ADDRESS: `127.0.0.1:${ingress}`,
    RESTATE_ADMIN__BIND_ADDRESS: `127.0.0.1:${admin}`,
    RESTATE_BIND_ADDRESS: `127.0.0.1:${node}`,
    RESTATE_ADVERTISED_ADDRESS: `http://127.0.0.1:${node}`,
    RESTATE_DISABLE_TELEMETRY: 'true',
    RESTATE_LOG_FILTER: 'error',
    ...(form === 'tuned' ? tuned : {}),
  },
});
await restate.serve({ services: [flows], port: endpoint });
const agent = new Agent({ connections: 256, pipelining: 1, bodyTimeout: 0, headersTimeout: 0 });

async function call(url, body, method = 'POST') {
  const answer = await request(url, {
    method,
    dispatcher: agent,
    headers: { 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await answer.body.text();
  if (answer.statusCode >= 300) throw new Error(`Restate answered ${answer.statusCode}: ${text}`);
  return text === '' ? undefined : JSON.parse(text);
}

/** Resolves once the start is recorded. */
function send(handler, input) {
  return call(`http://127.0.0.1:${ingress}/flows/${handler}/send`, input);
}

async function registered() {
  for (let tries = 0; ; tries++) {
    try {
      return await call(`http://127.0.0.1:${admin}/deployments`, {
        uri: `http://127.0.0.1:${endpoint}`,
        force: true,
      });
    } catch (failure) {
      if (tries > 150) throw failure;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }
}
await registered();

serve(
  {
    flows: async ({ count, inFlight }) =>
      closedLoop(count, inFlight, async () => {
        const output = await call(`http://127.0.0.1:${ingress}/flows/ten`, payload);
        if (output.order !== payload.order) throw new Error('Restate lost the payload');
      }),
    map: async ({ items }) => {
      const began = performance.now();
      const length = await call(`http://127.0.0.1:${ingress}/flows/map`, { items });
      if (length !== items) throw new Error(`Restate mapped ${length} of ${items}`);
      return { ms: performance.now() - began };
    },
    sleepers: async ({ count }) => {
      const { ms } = await closedLoop(count, 200, () => send('sleep', { ms: 3_600_000 }));
      await pause(inactivityMs + 3_000);
      return { ms };
    },
    memory,
    due: async ({ count, inMs }) => {
      const until = Date.now() + inMs;
      const all = [];
      const done = new Promise((resolve) => {
        late = (ms) => all.push(ms) === count && resolve();
      });
      await Promise.all(Array.from({ length: count }, () => send('wake', { until })));
      await done;
      return { late: all };
    },
    firstStep: ({ count }) =>
      firstSteps(count, (heardOf) => {
        told = heardOf;
        return call(`http://127.0.0.1:${ingress}/flows/first`, payload);
      }),
    hold: async ({ count }) => {
      await Promise.all(Array.from({ length: count }, () => send('slow', payload)));
      return {};
    },
    resumed: ({ count, withinMs }) => resumed(count, withinMs, heard),
    page: () => page(`http://127.0.0.1:${admin}/ui/`),
  },
  async () => {
    server.kill('SIGTERM');
    await new Promise((resolve) => server.once('exit', resolve));
  },
);
