import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Client } from 'pg';
import type { Definition } from '@/lib/flow/model';
import { timeOrderedUuid } from '@/lib/runner/random';
import { openEmbeddedPostgres } from './embedded';
import { migrate } from './migrate';
import { codeOf } from './unstartable';

/** A PostgreSQL of a test's own, with our schema; nothing of it stays behind. */
export interface TestDatabase {
  readonly url: string;
  /** Kills PostgreSQL as a power cut would; it is started again by itself. */
  readonly crash: () => void;
  readonly sql: <Row>(text: string, values?: unknown[]) => Promise<Row[]>;
  readonly close: () => Promise<void>;
}

const migrations = fileURLToPath(new URL('../../prisma/migrations', import.meta.url));

export async function openTestDatabase(): Promise<TestDatabase> {
  const folder = mkdtempSync(join(tmpdir(), 'millrace-test-'));
  // PostgreSQL may have to run as another user.
  chmodSync(folder, 0o755);
  const postgres = await openEmbeddedPostgres(folder);
  await migrate(postgres.url, migrations);
  return {
    url: postgres.url,
    crash: () => {
      // None: it has been killed already and is being started again.
      const pid = postgres.pid();
      if (pid === undefined) return;
      // Its processes too: alone, they would serve what they were asked last, which a power cut does not.
      for (const each of [pid, ...childrenOf(pid)]) kill(each);
    },
    sql: (text, values = []) => onceItIsBack(() => sqlOn(postgres.url, text, values)),
    close: async () => {
      await postgres.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A process that is gone already has no children and needs no killing. */
function childrenOf(pid: number): number[] {
  const { stdout } = spawnSync('pgrep', ['-P', String(pid)], { encoding: 'utf8' });
  return (stdout ?? '').split('\n').filter(Boolean).map(Number);
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if (codeOf(error) !== 'ESRCH') throw error;
  }
}

/** What cannot be connected to is being started again after a crash; a statement that was refused was not run. */
async function onceItIsBack<Result>(ask: () => Promise<Result>, within = 30_000): Promise<Result> {
  for (const deadline = Date.now() + within; ; await pause(20)) {
    try {
      return await ask();
    } catch (error) {
      const away = ['ECONNREFUSED', 'ENOENT', '57P03'].includes(codeOf(error));
      if (!away || Date.now() > deadline) throw error;
    }
  }
}

/** A flow with one version. */
export async function saveTestFlow(
  database: Pick<TestDatabase, 'sql'>,
  name: string,
  definition: Definition,
): Promise<{ flowId: string; versionId: string }> {
  const flowId = timeOrderedUuid(Date.now());
  const versionId = timeOrderedUuid(Date.now());
  const text = JSON.stringify(definition);
  await database.sql('INSERT INTO flow (id, name) VALUES ($1, $2)', [flowId, name]);
  await database.sql(
    `INSERT INTO flow_version (id, flow_id, number, source, format, definition) VALUES ($1, $2, 1, $3::text, 'json', $3::text::json)`,
    [versionId, flowId, text],
  );
  return { flowId, versionId };
}

/** One statement on a connection of its own. */
export async function sqlOn<Row>(url: string, text: string, values: unknown[] = []): Promise<Row[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query(text, values);
    // The test that asks knows what it selected.
    return rows as Row[];
  } finally {
    await client.end();
  }
}
