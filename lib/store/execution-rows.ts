import type { Pool } from 'pg';
import type { Parent } from '@/lib/engine/event';
import type { StoredExecution } from '@/lib/runner/journal-port';
import type { ExecutionStatus } from '@/lib/runner/ports';
import type { Queued } from '@/lib/runner/rooms';

/** What the runner asks about executions. Plain SQL: each of these is asked for thousands of executions at once, or at start. */
interface Row {
  readonly id: string;
  readonly flow_id: string;
  readonly version_id: string;
  readonly former_version_ids: readonly string[];
  readonly status: ExecutionStatus;
  readonly wake_at: number | null;
  readonly redrives: number;
  readonly queued: boolean;
  readonly parent_id: string | null;
  readonly parent_step: number | null;
  readonly parent_attempt: number | null;
}

const columns = `e.id, e.flow_id, e.version_id, e.former_version_ids, e.status, extract(epoch FROM e.wake_at)::float8 * 1000 AS wake_at, e.redrives, e.queued,
  e.parent_id, e.parent_step, e.parent_attempt`;
const none = '00000000-0000-0000-0000-000000000000';

export function findExecutions(pool: Pool, ids: readonly string[]): Promise<StoredExecution[]> {
  return ask(pool, 'find', `SELECT ${columns} FROM execution e WHERE e.id = ANY($1::uuid[])`, [ids]);
}

export async function namedExecution(
  pool: Pool,
  flowId: string,
  name: string,
): Promise<StoredExecution | undefined> {
  const text = `SELECT ${columns} FROM execution e WHERE e.flow_id = $1 AND e.name = $2`;
  return (await ask(pool, 'named', text, [flowId, name]))[0];
}

/** Running executions that do not sleep, in order of id. */
export function awakeExecutions(pool: Pool, after: string | null, limit: number): Promise<StoredExecution[]> {
  const text = `SELECT ${columns} FROM execution e
    WHERE e.status = 'running' AND e.wake_at IS NULL AND e.id > $1 ORDER BY e.id LIMIT $2`;
  return ask(pool, 'awake', text, [after ?? none, limit]);
}

/** Sleepers whose timer is due from `from` (inclusive) to `to` (exclusive). */
export async function sleepersDue(
  pool: Pool,
  from: number,
  to: number,
): Promise<{ executionId: string; wakeAt: number }[]> {
  const { rows } = await pool.query<{ id: string; wake_at: number }>({
    name: 'sleepers',
    text: `SELECT id, extract(epoch FROM wake_at)::float8 * 1000 AS wake_at FROM execution
      WHERE wake_at >= to_timestamp($1::float8 / 1000) AND wake_at < to_timestamp($2::float8 / 1000) AND status = 'running'`,
    values: [from, to],
  });
  return rows.map((row) => ({ executionId: row.id, wakeAt: row.wake_at }));
}

/** Running executions that one attempt of a step started and waits for. */
export function childrenOf(pool: Pool, parent: Parent): Promise<StoredExecution[]> {
  const text = `SELECT ${columns} FROM execution e
    WHERE e.parent_id = $1 AND e.parent_step = $2 AND e.parent_attempt = $3 AND e.status = 'running'`;
  return ask(pool, 'children', text, [parent.executionId, parent.step, parent.attempt]);
}

/** Ended children whose parents run: what recovery tells the parents again, as a crash may have come in between. */
export function endedChildren(pool: Pool, after: string | null, limit: number): Promise<StoredExecution[]> {
  const text = `SELECT ${columns} FROM execution e JOIN execution parent ON parent.id = e.parent_id
    WHERE parent.status = 'running' AND e.status <> 'running' AND e.id > $1 ORDER BY e.id LIMIT $2`;
  return ask(pool, 'ended children', text, [after ?? none, limit]);
}

/** Running children whose parents have ended: a crash came before they were stopped. */
export function orphanedChildren(pool: Pool): Promise<StoredExecution[]> {
  const text = `SELECT ${columns} FROM execution e JOIN execution parent ON parent.id = e.parent_id
    WHERE parent.status <> 'running' AND e.status = 'running' LIMIT 10000`;
  return ask(pool, 'orphans', text, []);
}

/** Executions that wait for their flow to have room, in the order in which they came: ids are ordered by start. */
export async function queuedExecutions(pool: Pool): Promise<Queued[]> {
  const { rows } = await pool.query<Queued>({
    name: 'executions queued',
    text: `SELECT id AS "executionId", flow_id AS "flowId", priority FROM execution
      WHERE queued AND status = 'running' ORDER BY id`,
  });
  return rows;
}

/** Executions of these flows that run and do not wait for room. */
export async function runningOf(
  pool: Pool,
  flowIds: readonly string[],
): Promise<{ executionId: string; flowId: string }[]> {
  const { rows } = await pool.query<{ executionId: string; flowId: string }>({
    name: 'executions running of',
    text: `SELECT id AS "executionId", flow_id AS "flowId" FROM execution
      WHERE flow_id = ANY($1::uuid[]) AND status = 'running' AND NOT queued`,
    values: [flowIds],
  });
  return rows;
}

/**
 * Deletes executions; a trigger takes their histories along. Those that run are left, and those whose parents run: a parent that
 * was not told yet, because of a crash, learns from the row how its child ended.
 */
export async function removeExecutions(pool: Pool, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return [];
  const { rows } = await pool.query<{ id: string }>({
    name: 'executions remove',
    text: `DELETE FROM execution e WHERE e.id = ANY($1::uuid[]) AND e.status <> 'running' AND NOT EXISTS (
        SELECT FROM execution parent WHERE parent.id = e.parent_id AND parent.status = 'running')
      RETURNING e.id`,
    values: [ids],
  });
  return rows.map(({ id }) => id);
}

async function ask(pool: Pool, name: string, text: string, values: unknown[]): Promise<StoredExecution[]> {
  const { rows } = await pool.query<Row>({ name: `executions ${name}`, text, values });
  return rows.map((row) => ({
    executionId: row.id,
    flowId: row.flow_id,
    versionIds: versionsOf(row),
    status: row.status,
    wakeAt: row.wake_at,
    redrives: row.redrives,
    queued: row.queued,
    ...parentOf(row),
  }));
}

function versionsOf(row: Row): readonly [string, ...string[]] {
  const [first, ...others] = row.former_version_ids;
  return first === undefined ? [row.version_id] : [first, ...others, row.version_id];
}

function parentOf(row: Row): { parent: Parent } | undefined {
  if (row.parent_id === null || row.parent_step === null || row.parent_attempt === null) return undefined;
  return { parent: { executionId: row.parent_id, step: row.parent_step, attempt: row.parent_attempt } };
}
