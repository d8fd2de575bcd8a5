import { setTimeout as pause } from 'node:timers/promises';
import { getHosted } from '@/lib/server/hosted';
import { endTypescript } from '../typescript.mjs';
import type { Listening } from './listen';
import type { Options } from './options';

interface Serving {
  /** Closes the engine first, then the pages. */
  readonly close: () => Promise<void>;
  /** Resolves once executions can be started; tells what is waited for where that takes long. Rejects on `signal`. */
  readonly untilReady: (tell: (text: string) => void, signal: AbortSignal) => Promise<void>;
}

const patience = 3_000;

// This is the last file of ours to be loaded.
endTypescript();
const { default: next } = await import('next');

/**
 * Opens Next in this process and lets it answer; the event streams are answered beside it by a plain handler, which costs a
 * quarter of what a route handler costs.
 */
export async function serve(
  projectFolder: string,
  { host, dev }: Options,
  listening: Listening,
): Promise<Serving> {
  const { server, port } = listening;
  const app = next({ dev, dir: projectFolder, hostname: host, port, httpServer: server });
  await app.prepare();
  const page = app.getRequestHandler();
  listening.answerWith(async (request, response) => {
    if (await getHosted()?.answerBeforeNext(request, response)) return;
    await page(request, response);
  });
  return {
    untilReady,
    close: async () => {
      await getHosted()?.close();
      await app.close();
    },
  };
}

async function untilReady(tell: (text: string) => void, signal: AbortSignal): Promise<void> {
  const began = performance.now();
  for (let told = ''; ; await pause(10, undefined, { signal })) {
    const hosted = getHosted();
    // Next opens the server while it gets ready, and does not wait for that.
    const waitsFor = hosted === undefined ? 'Millrace is starting.' : hosted.waitsFor();
    if (waitsFor === undefined) return;
    if (waitsFor === told || performance.now() - began < patience) continue;
    tell(waitsFor);
    told = waitsFor;
  }
}
