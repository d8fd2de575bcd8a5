import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { figureOf } from './figure';
import { root, Served } from './served';
import type { Session } from './session';

/** W7: starts on a data folder that was used before; beside it, one with an empty folder. */
export async function warmStart(): Promise<Session> {
  const data = mkdtempSync(join(tmpdir(), 'millrace-bench-'));
  const close = async () => rmSync(data, { recursive: true, force: true });
  try {
    console.error(`first start: ${figureOf(await oneStart(data))} ms`);
  } catch (error) {
    await close();
    throw error;
  }
  return { measure: () => oneStart(data), beside: besideStarts, close };
}

async function besideStarts() {
  const coldMs = figureOf(await coldStart());
  const megabytes = Math.round(installedKilobytes() / 1_000);
  console.error(`  with an empty data folder ${coldMs} ms; ${megabytes} MB installed and built`);
  return { coldMs, megabytes };
}

async function oneStart(data: string): Promise<number> {
  const served = await Served.start(data);
  await served.stop();
  return served.tookMs;
}

/** With what is installed and built, but no database yet. */
async function coldStart(): Promise<number> {
  const data = mkdtempSync(join(tmpdir(), 'millrace-bench-'));
  try {
    return await oneStart(data);
  } finally {
    rmSync(data, { recursive: true, force: true });
  }
}

/** Of all packages, those for development too, and of the built pages. */
function installedKilobytes(): number {
  const { stdout } = spawnSync('du', ['-skc', 'node_modules', '.next'], { cwd: root, encoding: 'utf8' });
  return Number(/(\d+)\s+total/.exec(stdout)?.[1]);
}
