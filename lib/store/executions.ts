import type { Json } from '@/lib/expression/json';
import type { ExecutionStatus } from '@/lib/runner/ports';
import type { Store } from './client';
import { isUuid } from './cursor';
import { countLimit } from './flows';

export interface ExecutionRow {
  readonly id: string;
  readonly name: string;
  readonly flowId: string;
  readonly flowName: string;
  readonly version: number;
  readonly formerVersions: readonly number[];
  readonly status: ExecutionStatus;
  readonly startedAt: Date;
  readonly endedAt: Date | null;
  readonly error: string | null;
  readonly cause: string | null;
  readonly redrives: number;
  readonly queued: boolean;
  readonly priority: number;
  readonly alias: string | null;
  readonly parentId: string | null;
  readonly parentStep: number | null;
}

export interface DefinedExecutionRow extends ExecutionRow {
  readonly versionId: string;
  readonly definition: Json;
  readonly layout: Json;
}

export interface ExecutionFilter {
  readonly flowId?: string | undefined;
  readonly statuses?: readonly ExecutionStatus[] | undefined;
  /** Part of a name, whatever the case, or an id from its beginning. */
  readonly search?: string | undefined;
}

const columns = `e.id, e.name, e.flow_id AS "flowId", f.name AS "flowName", v.number AS version, e.status,
  ARRAY(SELECT w.number FROM unnest(e.former_version_ids) WITH ORDINALITY AS former(id, place)
    JOIN flow_version w ON w.id = former.id ORDER BY former.place) AS "formerVersions",
  e.started_at AS "startedAt", e.ended_at AS "endedAt", e.error, e.cause, e.redrives, e.queued, e.priority, e.alias,
  e.parent_id AS "parentId", e.parent_step AS "parentStep"`;
const joined = 'execution e JOIN flow f ON f.id = e.flow_id JOIN flow_version v ON v.id = e.version_id';

/**
 * A page of executions, newest first: ids are ordered by start. Each status is read from its own index and the lists are
 * merged, so that a rare status of a flow among millions is found as quickly as a common one.
 */
export async function listExecutions(
  { pool }: Store,
  filter: ExecutionFilter,
  { before, limit }: { readonly before: string | undefined; readonly limit: number },
): Promise<{ readonly items: readonly ExecutionRow[]; readonly nextCursor: string | null }> {
  const cursor = before !== undefined && isUuid(before) ? before : null;
  const { rows } = await pool.query<ExecutionRow>(
    `SELECT ${columns} FROM (
       SELECT found.id FROM unnest(coalesce($1::execution_status[], enum_range(NULL::execution_status))) AS s(status),
       LATERAL (SELECT x.id FROM execution x WHERE x.status = s.status AND ${restrictions}
         AND ($5::uuid IS NULL OR x.id < $5) ORDER BY x.id DESC LIMIT $6) AS found
       ORDER BY found.id DESC LIMIT $6) AS listed JOIN ${joined} ON e.id = listed.id ORDER BY e.id DESC`,
    [...restricted(filter), cursor, limit + 1],
  );
  const items = rows.slice(0, limit);
  return { items, nextCursor: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
}

/** How many executions are in each status, whatever statuses the filter asks for, each counted up to `countLimit`. */
export async function countExecutions(
  { pool }: Store,
  filter: ExecutionFilter,
): Promise<Partial<Record<ExecutionStatus, number>>> {
  const { rows } = await pool.query<{ status: ExecutionStatus; number: number }>(
    `SELECT s.status, (SELECT count(*)::int FROM (
       SELECT FROM execution x WHERE x.status = s.status AND ${restrictions} LIMIT ${countLimit}) AS counted) AS number
     FROM unnest(coalesce($1::execution_status[], enum_range(NULL::execution_status))) AS s(status)`,
    restricted({ ...filter, statuses: undefined }),
  );
  return Object.fromEntries(rows.map(({ status, number }) => [status, number]));
}

const restrictions = `($2::uuid IS NULL OR x.flow_id = $2)
  AND ($3::text IS NULL OR strpos(lower(x.name), $3) > 0 OR left(x.id::text, length($4)) = $4)`;

/** The values of $1 to $4. */
function restricted({ flowId, statuses, search }: ExecutionFilter): unknown[] {
  const text = search?.trim().toLowerCase() || null;
  return [statuses ?? null, flowId ?? null, text, text];
}

/** One execution with the definition that it runs. */
export async function findExecution(
  { pool }: Store,
  executionId: string,
): Promise<DefinedExecutionRow | undefined> {
  const { rows } = await pool.query<DefinedExecutionRow>({
    name: 'execution with definition',
    text: `SELECT ${columns}, v.id AS "versionId", v.definition, v.layout FROM ${joined} WHERE e.id = $1`,
    values: [executionId],
  });
  return rows[0];
}

export async function findExecutionSummary(
  { pool }: Store,
  executionId: string,
): Promise<ExecutionRow | undefined> {
  const { rows } = await pool.query<ExecutionRow>({
    name: 'execution summary',
    text: `SELECT ${columns} FROM ${joined} WHERE e.id = $1`,
    values: [executionId],
  });
  return rows[0];
}

/** The status of an execution; undefined where there is none. */
export async function findStatus({ pool }: Store, executionId: string): Promise<ExecutionStatus | undefined> {
  const { rows } = await pool.query<{ status: ExecutionStatus }>({
    name: 'execution status',
    text: 'SELECT status FROM execution WHERE id = $1',
    values: [executionId],
  });
  return rows[0]?.status;
}

/** The id of an execution's newest event; 0 where it has none. */
export async function lastEventId({ pool }: Store, executionId: string): Promise<number> {
  const { rows } = await pool.query<{ last: number }>({
    name: 'last event',
    text: 'SELECT coalesce(max(last_event), 0)::int AS last FROM journal WHERE execution_id = $1',
    values: [executionId],
  });
  return rows[0]?.last ?? 0;
}

/** The running executions of a flow, at most `limit`. */
export async function runningExecutions(
  { prisma }: Store,
  flowId: string,
  limit: number,
): Promise<readonly string[]> {
  const rows = await prisma.execution.findMany({
    where: { flowId, status: 'running' },
    select: { id: true },
    take: limit,
  });
  return rows.map(({ id }) => id);
}
