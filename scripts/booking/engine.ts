import { tmpdir } from 'node:os';
import { argv } from 'node:process';
import { setTimeout as pause } from 'node:timers/promises';
import type { Json } from '@/lib/expression/json';
import { EngineUnavailable } from '@/lib/runner/ports';
import { openWorldOnce } from '@/lib/server/world';

/**
 * The process that the booking test kills: the server's own engine, without its pages. It starts its orders by name, so that one
 * that comes after it asks for the same ones again.
 */
const [, , url = '', flowId = '', versionId = '', orders = '[]'] = argv;
const { runner, close } = openWorldOnce({ databaseUrl: url, dataFolder: tmpdir() });

async function run(order: { order: string }): Promise<void> {
  for (;;)
    try {
      // What was written as JSON on the command line is JSON.
      const input = order as unknown as Json;
      const started = { flowId, versionId, flowName: 'booking', version: 1, name: order.order, input };
      const { executionId } = await runner.start(started);
      await runner.ended(executionId);
      return;
    } catch (error) {
      if (!(error instanceof EngineUnavailable)) throw error;
      await pause(20);
    }
}

await Promise.all(JSON.parse(orders).map(run));
await close();
