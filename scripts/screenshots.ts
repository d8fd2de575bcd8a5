/**
 * `npm run screenshots`: starts Millrace on a data folder of its own, runs real flows on it, and saves what the pages look
 * like in docs/pictures. CHROMIUM names the browser where it is not found.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium } from '@playwright/test';
import { runFlows } from './screenshots/flows';
import { type Picture, pictures } from './screenshots/pictures';
import { launchOptions } from './test/chromium';
import { Millrace } from './test/millrace';

const projectFolder = fileURLToPath(new URL('..', import.meta.url));
const pictureFolder = join(projectFolder, 'docs', 'pictures');
/** Bytes of a picture: what is in the repository is there for ever. */
const largest = 250_000;

const millrace = await Millrace.start();
try {
  const shown = await runFlows(millrace.client);
  await mkdir(pictureFolder, { recursive: true });
  const browser = await chromium.launch(launchOptions());
  for (const picture of pictures(shown)) await save(browser, picture);
  await browser.close();
} finally {
  await millrace.close();
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
    await page.goto(millrace.origin + path);
    await arrange(page);
    const image = await page.screenshot();
    await context.close();
    if (image.length > largest && deviceScaleFactor > 1) continue;
    await writeFile(join(pictureFolder, `${name}.png`), image);
    console.log(`docs/pictures/${name}.png`, `${Math.round(image.length / 1000)} kB`);
    return;
  }
}
