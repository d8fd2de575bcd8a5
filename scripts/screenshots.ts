/**
 * `npm run screenshots`: starts Millrace on a data folder of its own, makes flows from the templates and runs them, and
 * saves what the pages look like, light and dark, in docs/images. CHROMIUM names the browser where it is not found.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium, type Page } from '@playwright/test';
import { type Client, openClient } from '@/lib/api/client';
import type { Execution, FlowSummary } from '@/lib/api/resources';
import { launchOptions } from './test/chromium';

const projectFolder = fileURLToPath(new URL('..', import.meta.url));
const imageFolder = join(projectFolder, 'docs', 'images');

const data = await mkdtemp(join(tmpdir(), 'millrace-screenshots-'));
const port = await freePort();
const origin = `http://127.0.0.1:${port}`;
const server = startServer(port, data);
const client = openClient({ origin });
try {
  await untilReady(client, server);
  const shown = await runTemplates(client);
  await mkdir(imageFolder, { recursive: true });
  const browser = await chromium.launch(launchOptions());
  for (const theme of ['light', 'dark'] as const) await photograph(browser, theme, shown);
  await browser.close();
} finally {
  await stopServer(server);
  await rm(data, { recursive: true, force: true });
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  if (address === null || typeof address === 'string') throw new Error('the system gave no port');
  return address.port;
}

function startServer(on: number, folder: string): ChildProcess {
  return spawn(process.execPath, ['--import', 'tsx', 'scripts/start.ts'], {
    cwd: projectFolder,
    stdio: 'inherit',
    env: { ...process.env, PORT: String(on), HOST: '127.0.0.1', MILLRACE_DATA: folder },
  });
}

async function stopServer(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  await exited;
}

/** Resolves once executions can be started; throws when the server has ended. */
async function untilReady(api: Client, child: ChildProcess): Promise<void> {
  for (;;) {
    if (child.exitCode !== null) throw new Error(`the server ended with ${child.exitCode}`);
    const isReady = await api.getHealth({}).then(
      () => true,
      () => false,
    );
    if (isReady) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

interface Shown {
  readonly flow: FlowSummary;
  readonly execution: Execution;
}

/** Makes a flow of each template, runs it on all its inputs, and picks the execution that has most to show: a failed one. */
async function runTemplates(api: Client): Promise<Shown> {
  const { items } = await api.listTemplates({});
  const ran: { flow: FlowSummary; execution: Execution }[] = [];
  for (const template of items) {
    const flow = await api.createFlow({ body: { template: template.id } });
    for (const { input } of template.inputs) {
      const { id } = await api.startExecution({ params: { flowId: flow.id }, body: { input } });
      ran.push({ flow, execution: await settled(api, id) });
    }
  }
  const chosen = ran.find(({ execution }) => execution.status === 'failed') ?? ran[0];
  if (chosen === undefined) throw new Error('there is no template with an input to run');
  return chosen;
}

/** The execution once it has ended, or after a few seconds (some wait for a person). */
async function settled(api: Client, executionId: string): Promise<Execution> {
  const patience = Date.now() + 8000;
  for (;;) {
    const execution = await api.getExecution({ params: { executionId } });
    if (execution.status !== 'running' || Date.now() > patience) return execution;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}

async function photograph(
  browser: Browser,
  theme: 'light' | 'dark',
  { flow, execution }: Shown,
): Promise<void> {
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    deviceScaleFactor: 2,
    colorScheme: theme,
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  const save = (name: string) => page.screenshot({ path: join(imageFolder, `${name}-${theme}.png`) });

  await page.goto(`${origin}/`);
  await page.getByRole('link', { name: flow.name, exact: true }).waitFor();
  await save('flows');

  await page.goto(`${origin}/flows/${flow.id}`);
  await untilDrawn(page);
  await save('designer');

  await page.goto(`${origin}/executions/${execution.id}`);
  await untilDrawn(page);
  await page.getByRole('list', { name: 'Steps' }).waitFor();
  await save('execution');
  await context.close();
}

/** The layout worker has placed the states, and the view has come to rest. */
async function untilDrawn(page: Page): Promise<void> {
  await page.locator('.react-flow__node').first().waitFor();
  await page.waitForFunction(
    () => {
      const viewport = document.querySelector<HTMLElement>('.react-flow__viewport');
      const now = viewport?.style.transform;
      const before = viewport?.dataset.before;
      if (viewport !== null && now !== undefined) viewport.dataset.before = now;
      return now !== undefined && now === before;
    },
    undefined,
    { polling: 500 },
  );
}
