/**
 * `npm run screenshots`: starts Millrace on a data folder of its own, runs real flows on it, and saves what the pages look
 * like in docs/pictures. CHROMIUM names the browser where it is not found.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium } from '@playwright/test';
import { type Client, openClient } from '@/lib/api/client';
import { runFlows } from './screenshots/flows';
import { type Picture, pictures } from './screenshots/pictures';
import { launchOptions } from './test/chromium';

const projectFolder = fileURLToPath(new URL('..', import.meta.url));
const pictureFolder = join(projectFolder, 'docs', 'pictures');
/** Bytes of a picture: what is in the repository is there for ever. */
const largest = 250_000;

const data = await mkdtemp(join(tmpdir(), 'millrace-screenshots-'));
const port = await freePort();
const origin = `http://127.0.0.1:${port}`;
const server = startServer(port, data);
try {
  const client = openClient({ origin });
  await untilReady(client, server);
  const shown = await runFlows(client);
  await mkdir(pictureFolder, { recursive: true });
  const browser = await chromium.launch(launchOptions());
  for (const picture of pictures(shown)) await save(browser, picture);
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
  return spawn(process.execPath, ['--import', './scripts/typescript.mjs', 'scripts/start.ts'], {
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

/** Saves a picture as sharp as its size allows. */
async function save(browser: Browser, { name, theme, path, arrange }: Picture): Promise<void> {
  for (const deviceScaleFactor of [2, 1.5, 1]) {
    const context = await browser.newContext({
      viewport: { width: 1440, height: 900 },
      deviceScaleFactor,
      colorScheme: theme,
      reducedMotion: 'reduce',
    });
    const page = await context.newPage();
    await page.goto(origin + path);
    await arrange(page);
    const image = await page.screenshot();
    await context.close();
    if (image.length > largest && deviceScaleFactor > 1) continue;
    await writeFile(join(pictureFolder, `${name}.png`), image);
    console.log(`docs/pictures/${name}.png`, `${Math.round(image.length / 1000)} kB`);
    return;
  }
}
