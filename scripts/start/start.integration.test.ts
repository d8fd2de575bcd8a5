import { chmodSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { isRunning } from '@/lib/store/running';
import { processesOf, type Started, type StartOptions, saidBy, startMillrace, untilNoneOf } from './started';

/** The first start builds the pages where they are not. */
const patience = 600_000;

let folder = '';
let running: Started[] = [];

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'millrace-start-'));
  chmodSync(folder, 0o755);
});

afterEach(async () => {
  const still = running;
  running = [];
  for (const { interrupt, npm } of still)
    if (npm.exitCode === null && npm.signalCode === null) await interrupt();
}, patience);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function start(options: StartOptions): Started {
  const started = startMillrace(options);
  running.push(started);
  return started;
}

/** What it says before it gives up. */
async function refusal(options: StartOptions): Promise<{ code: number | null; said: string[] }> {
  const started = start(options);
  const code = await started.exited;
  return { code, said: saidBy(started) };
}

async function healthOf(url: string): Promise<number> {
  return (await fetch(`${url}/api/v1/health`)).status;
}

async function untilHealthy(url: string): Promise<void> {
  while ((await healthOf(url)) !== 200) await pause(20);
}

/** Milliseconds of processor that a process has used. */
function processorTime(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

/** The server's own process id: npm and its shell are not it. */
function serverOf(dataFolder: string): number {
  const found = processesOf(dataFolder).find((line) => /^\d+ \S*node .*scripts\/start\.ts/.test(line));
  return Number(found?.split(' ')[0]);
}

function postgresOf(dataFolder: string): number {
  const found = processesOf(dataFolder).find((line) => /^\d+ \S*\/bin\/postgres -D/.test(line));
  return Number(found?.split(' ')[0]);
}

describe('npm start', { timeout: patience }, () => {
  it('[S1] says once where it is ready, and then executions can be started', async () => {
    const started = start({ dataFolder: join(folder, 'one') });
    const url = await started.url;
    expect(await healthOf(url)).toBe(200);
    expect(saidBy(started).filter((line) => line.includes('is ready'))).toEqual([
      `Millrace is ready on ${url} (Ctrl-C stops it)`,
    ]);
  });

  it('[S2] ends on Ctrl-C with nothing left behind, and gives the port back', async () => {
    const dataFolder = join(folder, 'one');
    const started = start({ dataFolder });
    const { port } = new URL(await started.url);
    expect(processesOf(dataFolder).length).toBeGreaterThanOrEqual(4);
    await started.interrupt();
    await untilNoneOf(dataFolder);
    await new Promise<void>((resolve, reject) => {
      const probe = createServer().once('error', reject);
      probe.listen(Number(port), '127.0.0.1', () => probe.close(() => resolve()));
    });
  });

  it('[S2] ends when npm alone is told to', async () => {
    const dataFolder = join(folder, 'one');
    const started = start({ dataFolder });
    await started.url;
    started.npm.kill('SIGTERM');
    await started.exited;
    await untilNoneOf(dataFolder);
  });

  it.for([300, 900, 1500, 2100, 3000])(
    '[S2] ends when it is interrupted %i ms after its first start began',
    async (ms) => {
      const dataFolder = join(folder, `early-${ms}`);
      const started = start({ dataFolder });
      await pause(ms);
      await started.interrupt();
      await untilNoneOf(dataFolder);
      expect(started.printed()).not.toMatch(/Error|could not/);

      await start({ dataFolder }).url;
    },
  );

  it('[S2] goes on, idle, when nobody reads what it prints any more', async () => {
    const dataFolder = join(folder, 'one');
    const started = start({ dataFolder });
    const url = await started.url;
    started.npm.stdout?.destroy();
    started.npm.stderr?.destroy();
    // A lost PostgreSQL is something to print.
    process.kill(postgresOf(dataFolder), 'SIGKILL');
    while (!(postgresOf(dataFolder) > 0)) await pause(20);
    await untilHealthy(url);
    const before = processorTime(serverOf(dataFolder));
    await pause(3_000);
    expect(processorTime(serverOf(dataFolder)) - before).toBeLessThan(1_000);
    await started.interrupt();
    await untilNoneOf(dataFolder);
  });

  it('[S3] a server that was killed takes PostgreSQL along, and the next start goes on', async () => {
    const dataFolder = join(folder, 'one');
    const started = start({ dataFolder });
    await started.url;
    process.kill(serverOf(dataFolder), 'SIGKILL');
    await untilNoneOf(dataFolder);
    expect(await healthOf(await start({ dataFolder }).url)).toBe(200);
  });

  it('[S3] a PostgreSQL that lost its server and its watcher is ended by the next start', async () => {
    const dataFolder = join(folder, 'one');
    await start({ dataFolder }).url;
    const postgres = postgresOf(dataFolder);
    const watcher = processesOf(dataFolder).find((line) => line.includes('millrace-watch'));
    process.kill(Number(watcher?.split(' ')[0]), 'SIGKILL');
    process.kill(serverOf(dataFolder), 'SIGKILL');
    expect(isRunning(postgres)).toBe(true);

    expect(await healthOf(await start({ dataFolder }).url)).toBe(200);
    expect(isRunning(postgres)).toBe(false);
  });

  it('[S4] a second one on the same data folder is refused, and the first goes on', async () => {
    const dataFolder = join(folder, 'one');
    const url = await start({ dataFolder }).url;
    expect(await refusal({ dataFolder })).toEqual({
      code: 1,
      said: [
        `Millrace is already running on the data folder ${dataFolder} (process ${serverOf(dataFolder)}). Stop it first, or set MILLRACE_DATA to another folder and PORT to another port.`,
      ],
    });
    expect(await healthOf(url)).toBe(200);
  });

  it('[S4] the data folder may be moved', async () => {
    const dataFolder = join(folder, 'moved');
    renameSync(join(folder, 'one'), dataFolder);
    expect(await healthOf(await start({ dataFolder }).url)).toBe(200);
    await running[0]?.interrupt();
    renameSync(dataFolder, join(folder, 'one'));
  });

  it('[S4] a lock that names nobody, or another program, holds nothing', async () => {
    const dataFolder = join(folder, 'one');
    for (const lock of ['', '{"pid":', JSON.stringify({ pid: process.pid, start: '1' })]) {
      writeFileSync(join(dataFolder, 'server.pid'), lock);
      const started = start({ dataFolder });
      await started.url;
      await started.interrupt();
    }
  });
});
