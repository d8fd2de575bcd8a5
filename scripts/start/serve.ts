import { getHosted } from '@/lib/server/hosted';
import type { Listening } from './listen';
import type { Options } from './options';

/**
 * Opens Next in this process and lets it answer; the event streams are answered beside it by a plain handler, which costs a
 * quarter of what a route handler costs. Returns what closes both: first the engine, then the pages.
 */
export async function serve(
  projectFolder: string,
  { host, dev }: Options,
  listening: Listening,
): Promise<() => Promise<void>> {
  const { default: next } = await import('next');
  const { server, port } = listening;
  const app = next({ dev, dir: projectFolder, hostname: host, port, httpServer: server });
  await app.prepare();
  const page = app.getRequestHandler();
  listening.answerWith(async (request, response) => {
    if (await getHosted()?.handleStream(request, response)) return;
    await page(request, response);
  });
  return async () => {
    await getHosted()?.close();
    await app.close();
  };
}
