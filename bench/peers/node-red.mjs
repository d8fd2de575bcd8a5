/**
 * Node-RED in this process, its messages in memory and nothing written (class M): the work of an express execution has its like
 * there, that of a durable one has not. Arguments: a folder of its own, a free port for its editor. A flow of ten function nodes is sent a message and asked
 * for what comes out, without HTTP in between.
 */
import { EventEmitter } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import RED from 'node-red';
import { closedLoop, page, payload, serve } from './peer.mjs';

const [folder, port] = process.argv.slice(2);
const bench = new EventEmitter();
bench.setMaxListeners(0);

const names = ['start', ...Array.from({ length: 10 }, (_, n) => `step${n}`), 'end'];
const code = {
  start: { initialize: "global.get('bench').on('start', (msg) => node.send(msg));", func: 'return msg;' },
  end: { func: "global.get('bench').emit(msg.ticket, msg.payload);" },
};
const flow = [
  { id: 'tab', type: 'tab', label: 'ten' },
  ...names.map((id, at) => ({
    id,
    type: 'function',
    z: 'tab',
    func: 'return msg;',
    outputs: id === 'end' ? 0 : 1,
    wires: id === 'end' ? [] : [[names[at + 1]]],
    ...code[id],
  })),
];
mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, 'flows.json'), JSON.stringify(flow));

const server = createServer((request, response) => RED.httpAdmin(request, response));
RED.init(server, {
  userDir: folder,
  flowFile: 'flows.json',
  httpAdminRoot: '/',
  httpNodeRoot: false,
  functionGlobalContext: { bench },
  telemetry: { enabled: false },
  logging: { console: { level: 'fatal', metrics: false, audit: false } },
});
const started = new Promise((resolve) => RED.events.once('flows:started', resolve));
await RED.start();
await started;
await new Promise((resolve) => server.listen(Number(port), '127.0.0.1', resolve));

serve(
  {
    flows: ({ count, inFlight }) =>
      closedLoop(count, inFlight, async () => {
        const ticket = RED.util.generateId();
        const came = new Promise((resolve) => bench.once(ticket, resolve));
        bench.emit('start', { ticket, payload: { ...payload } });
        if ((await came).order !== payload.order) throw new Error('Node-RED lost the payload');
      }),
    page: () => page(`http://127.0.0.1:${port}/`),
  },
  () => RED.stop(),
);
