/**
 * DBOS on PostgreSQL, in process: a commit for each step (class D). Arguments: connection string of an empty database,
 * `default` or `tuned`.
 */
import { DBOS } from '@dbos-inc/dbos-sdk';
import { closedLoop, payload, serve } from './peer.mjs';

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
  },
  () => DBOS.shutdown(),
);
