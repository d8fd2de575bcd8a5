import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Definition } from '@/lib/flow/model';
import { openRunner } from '@/lib/runner/runner';
import { type EmbeddedPostgres, openEmbeddedPostgres } from '@/lib/store/embedded';
import { postgresJournal } from '@/lib/store/journal';
import { LogLines } from '@/lib/store/log-lines';
import { migrate } from '@/lib/store/migrate';
import { saveTestFlow, sqlOn } from '@/lib/store/test-database';
import { saidBy, startMillrace } from './started';

const patience = 180_000;
const migrations = fileURLToPath(new URL('../../prisma/migrations', import.meta.url));
const definition: Definition = { StartAt: 'Pass', States: { Pass: { Type: 'Pass', End: true } } };

let disk = '';

/** A disk of its own can be made by root only, and not in every container. */
const canMount = (() => {
  const folder = mkdtempSync(join(tmpdir(), 'millrace-mount-'));
  const { status } = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', folder]);
  if (status === 0) execFileSync('umount', [folder]);
  rmSync(folder, { recursive: true });
  return status === 0;
})();

describe.skipIf(!canMount)('a full disk', { timeout: patience }, () => {
  beforeEach(() => {
    disk = mkdtempSync(join(tmpdir(), 'millrace-disk-'));
  });

  afterEach(() => {
    execFileSync('umount', [disk]);
    rmSync(disk, { recursive: true });
  });

  function mount(megabytes: number): void {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m,mode=755`, 'tmpfs', disk]);
  }

  it.for([1, 20])('[S7] with %i MiB the first start says that there is no space', async (megabytes) => {
    mount(megabytes);
    const started = startMillrace({ dataFolder: join(disk, 'data') });
    expect(await started.exited).toBe(1);
    expect(saidBy(started).at(-1)).toBe(
      `There is no space left on the disk for ${join(disk, 'data', 'postgres')}. Make room, or set MILLRACE_DATA to a folder on another disk, then start again.`,
    );
  });

  it('[S7] while it is full nothing is acknowledged, and afterwards nothing is lost', async () => {
    mount(160);
    const postgres = await openEmbeddedPostgres(disk);
    await migrate(postgres.url, migrations);
    const { acknowledged, refused } = await fillWhileStarting(postgres);
    const rows = await sqlOn<{ name: string; status: string }>(
      postgres.url,
      'SELECT name, status FROM execution',
    );
    await postgres.stop();

    const ended = new Set(rows.filter((row) => row.status === 'succeeded').map((row) => row.name));
    expect(refused).toBeGreaterThan(0);
    expect(acknowledged.length).toBeGreaterThan(0);
    expect(acknowledged.filter((name) => !ended.has(name))).toEqual([]);
  });
});

/** Starts executions one after the other over a disk that fills up and is freed again. */
async function fillWhileStarting({
  url,
}: EmbeddedPostgres): Promise<{ acknowledged: string[]; refused: number }> {
  const sql = <Row>(text: string, values: unknown[] = []) => sqlOn<Row>(url, text, values);
  const { flowId, versionId } = await saveTestFlow({ sql }, 'full', definition);
  const logs = new LogLines(url);
  const runner = openRunner({
    journal: postgresJournal(url),
    versions: { definition: async () => definition },
    tasks: { find: () => undefined },
    logs,
    onDefect: (_id, defect) => {
      throw defect;
    },
  });
  const acknowledged: string[] = [];
  let refused = 0;
  const flow = { flowId, versionId, flowName: 'full', version: 1 };
  const start = async (number: number) => {
    const name = `order-${number}`;
    try {
      await runner.start({ ...flow, name, input: { text: `${number} `.repeat(20_000) } });
      acknowledged.push(name);
    } catch {
      refused += 1;
      await pause(20);
    }
  };
  while (!runner.ready()) await pause(10);
  let number = 0;
  for (; number < 20; number += 1) await start(number);
  const filler = join(disk, 'filler');
  fill(filler);
  while (runner.ready()) await start(number++);
  const whileFull = acknowledged.length;
  for (const until = number + 50; number < until; number += 1) await start(number);
  expect(acknowledged.length).toBe(whileFull);
  rmSync(filler);
  while (!runner.ready()) await pause(10);
  for (const until = number + 20; number < until; number += 1) await start(number);
  for (const name of acknowledged) await ended(url, name);
  await runner.close();
  await logs.close();
  return { acknowledged, refused };
}

function fill(file: string): void {
  const { bavail, bsize } = statfsSync(disk);
  writeFileSync(file, Buffer.alloc(Math.max(0, bavail * bsize - 256 * 1024)));
  chmodSync(file, 0o644);
}

/** Resolves once the execution has ended, as its row says. */
async function ended(url: string, name: string): Promise<void> {
  for (;;) {
    const [row] = await sqlOn<{ status: string }>(url, 'SELECT status FROM execution WHERE name = $1', [
      name,
    ]);
    if (row === undefined) throw new Error(`${name} was acknowledged and is lost`);
    if (row.status !== 'running') return;
    await pause(20);
  }
}
