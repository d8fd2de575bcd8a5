import { gzipSync } from 'node:zlib';
import { type Browser, chromium, type Response } from '@playwright/test';
import { launchOptions } from '@/scripts/test/chromium';
import { Millrace } from '@/scripts/test/millrace';

/** What a page loads, in kilobytes (1,000 bytes) of compressed scripts. */
interface Weight {
  /** Until what the page is for is drawn: what stands between the reader and the page. */
  readonly first: number;
  /** Six seconds later, with what it fetches ahead of its use. */
  readonly later: number;
  /** Of the layout worker, which is in neither of them. */
  readonly worker: number;
}

const ahead = 6000;
/** What only the layout worker's script holds; its name changes with each build. */
const worker = 'org.eclipse.elk.alg.layered';

/** How heavy each page is, opened with an empty cache on a Millrace of its own. */
export async function measurePages(): Promise<Record<string, Weight>> {
  const millrace = await Millrace.start();
  try {
    const { items } = await millrace.client.listTemplates({});
    const [template] = items;
    if (template === undefined) throw new Error('there is no template to make a flow of');
    const flow = await millrace.client.createFlow({ body: { template: template.id } });
    const input = template.inputs[0]?.input ?? {};
    const { id } = await millrace.client.startExecution({ params: { flowId: flow.id }, body: { input } });
    const pages = {
      flows: { path: '/', drawn: 'main table a' },
      executions: { path: '/executions', drawn: 'main a[href^="/executions/"]' },
      templates: { path: '/templates', drawn: 'main article' },
      designer: { path: `/flows/${flow.id}`, drawn: '.react-flow__node' },
      execution: { path: `/executions/${id}`, drawn: '.react-flow__node' },
    };
    const browser = await chromium.launch(launchOptions());
    const weights: Record<string, Weight> = {};
    for (const [name, { path, drawn }] of Object.entries(pages))
      weights[name] = await weigh(browser, millrace.origin + path, drawn);
    await browser.close();
    return weights;
  } finally {
    await millrace.close();
  }
}

async function weigh(browser: Browser, url: string, drawn: string): Promise<Weight> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  const scripts = new Map<string, Response>();
  page.on('response', (response) => {
    if (new URL(response.url()).pathname.endsWith('.js')) scripts.set(response.url(), response);
  });
  await page.goto(url);
  await page.locator(drawn).first().waitFor();
  const soon = [...scripts.values()];
  await page.waitForTimeout(ahead);
  const all = [...scripts.values()];
  const bodies = new Map<Response, Buffer>();
  for (const response of all) bodies.set(response, await response.body());
  await context.close();
  const kilobytes = (responses: readonly Response[], ofWorker: boolean) => {
    const wanted = responses.flatMap((response) => bodies.get(response) ?? []);
    const bytes = wanted
      .filter((body) => body.includes(worker) === ofWorker)
      .reduce((sum, body) => sum + gzipSync(body).length, 0);
    return Math.round(bytes / 100) / 10;
  };
  return { first: kilobytes(soon, false), later: kilobytes(all, false), worker: kilobytes(all, true) };
}
