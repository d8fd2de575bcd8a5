/**
 * DBOS on PostgreSQL, in process: a commit for each step (class D). Arguments: connection string of an empty database,
 * `default` or `tuned`.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { DBOS } from '@dbos-inc/dbos-sdk';
import { closedLoop, firstSteps, Heard, memory, payload, resumed, serve } from './peer.mjs';

const [databaseUrl, form] = process.argv.slice(2);

const step = async (value) => value;
const ten = DBOS.registerWorkflow(
  async (input) => {
    let value = input;
    for (let n = 0; n < 10; n++) value = await DBOS.runStep(() => step(value), { name: `step${n}` });
    return value;
  },
  { name: 'ten' },
);
const map = DBOS.registerWorkflow(
  async (items) => {
    const all = Array.from({ length: items }, (_, index) =>
      DBOS.runStep(() => step(index), { name: `item${index}` }),
    );
    return (await Promise.all(all)).length;
  },
  { name: 'map' },
);
const heard = new Heard();
const slow = DBOS.registerWorkflow(
  async (input) => {
    let value = input;
    for (let n = 0; n < 10; n++)
      value = await DBOS.runStep(
        async () => {
          heard.step(DBOS.workflowID);
          await pause(200);
          return value;
        },
        { name: `step${n}` },
      );
    return value;
  },
  { name: 'slow' },
);
const sleep = DBOS.registerWorkflow((ms) => DBOS.sleepms(ms), { name: 'sleep' });
const wake = DBOS.registerWorkflow(
  async (until) => {
    await DBOS.sleepms(until - (await DBOS.now()));
    return Date.now() - until;
  },
  { name: 'wake' },
);
let told = () => {};
const first = DBOS.registerWorkflow(
  async (input) => DBOS.runStep(async () => told(input), { name: 'first' }),
  { name: 'first' },
);

DBOS.setConfig({
  name: 'bench',
  systemDatabaseUrl: databaseUrl,
  runAdminServer: false,
  logLevel: 'error',
  ...(form === 'tuned' ? { systemDatabasePoolSize: 50 } : {}),
});
await DBOS.launch();

serve(
  {
    flows: async ({ count, inFlight }) =>
      closedLoop(count, inFlight, async () => {
        const output = await ten(payload);
        if (output.order !== payload.order) throw new Error('DBOS lost the payload');
      }),
    map: async ({ items }) => {
      const began = performance.now();
      const length = await map(items);
      if (length !== items) throw new Error(`DBOS mapped ${length} of ${items}`);
      return { ms: performance.now() - began };
    },
    sleepers: async ({ count }) => {
      const { ms } = await closedLoop(count, 200, () => DBOS.startWorkflow(sleep)(3_600_000));
      await pause(3_000);
      return { ms };
    },
    memory,
    due: async ({ count, inMs }) => {
      const until = Date.now() + inMs;
      const started = await Promise.all(Array.from({ length: count }, () => DBOS.startWorkflow(wake)(until)));
      return { late: await Promise.all(started.map((handle) => handle.getResult())) };
    },
    firstStep: ({ count }) =>
      firstSteps(count, (heardOf) => {
        told = heardOf;
        return first(payload);
      }),
    hold: async ({ count }) => {
      await Promise.all(Array.from({ length: count }, () => DBOS.startWorkflow(slow)(payload)));
      return {};
    },
    resumed: ({ count, withinMs }) => resumed(count, withinMs, heard),
  },
  () => DBOS.shutdown(),
);
