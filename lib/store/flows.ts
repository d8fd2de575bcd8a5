import { randomUUID } from 'node:crypto';
import type { Json, JsonObject } from '@/lib/expression/json';
import type { ExecutionStatus } from '@/lib/runner/ports';
import type { Store } from './client';
import { readCursor, uuidSince, writeCursor } from './cursor';
import { isUniqueViolation, isViolation } from './violation';

export interface FlowRow {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly settings: Json;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  /** 0 where nothing was saved yet. */
  readonly latestVersion: number;
  /** Executions since `since` by status; statuses that none is in are absent. */
  readonly counts: Partial<Record<ExecutionStatus, number>>;
  readonly lastId: string | null;
  readonly lastStatus: ExecutionStatus | null;
  readonly lastStartedAt: Date | null;
}

export interface FlowFilter {
  /** Part of a name or description, whatever the case. */
  readonly search?: string | undefined;
  readonly cursor?: string | undefined;
  readonly limit: number;
  /** Milliseconds since 1970: older executions are not counted. */
  readonly since: number;
}

/** How far executions are counted, so that a list costs the same however many there are. */
export const countLimit = 10_000;

/** A page of flows, last changed first; a cursor that is none begins at the first. */
export async function listFlows({ pool }: Store, filter: FlowFilter) {
  const after = filter.cursor === undefined ? undefined : readCursor(filter.cursor);
  const { rows } = await pool.query<FlowRow>(
    `${selectFlows}
     WHERE ($2::text IS NULL OR strpos(lower(f.name || ' ' || f.description), lower($2)) > 0)
       AND ($3::timestamptz IS NULL OR (f.updated_at, f.id) < ($3, $4::uuid))
     ORDER BY f.updated_at DESC, f.id DESC LIMIT $5`,
    [uuidSince(filter.since), filter.search || null, after?.at ?? null, after?.id ?? null, filter.limit + 1],
  );
  const items = rows.slice(0, filter.limit);
  const last = items.at(-1);
  const more = rows.length > items.length && last !== undefined;
  return { items, nextCursor: more ? writeCursor({ at: last.updatedAt, id: last.id }) : null };
}

/** One flow, its executions counted since `since` (milliseconds since 1970). */
export async function findFlow({ pool }: Store, flowId: string, since: number): Promise<FlowRow | undefined> {
  const { rows } = await pool.query<FlowRow>(`${selectFlows} WHERE f.id = $2`, [uuidSince(since), flowId]);
  return rows[0];
}

/** Counting per status uses the index on flow, status and id, and stops early: Prisma would count all. */
const selectFlows = `
  SELECT f.id, f.name, f.description, f.settings, f.created_at AS "createdAt", f.updated_at AS "updatedAt",
    coalesce((SELECT max(v.number) FROM flow_version v WHERE v.flow_id = f.id), 0) AS "latestVersion",
    (SELECT coalesce(json_object_agg(counted.status, counted.number), '{}') FROM (
       SELECT s.status, (SELECT count(*) FROM (
         SELECT FROM execution e WHERE e.flow_id = f.id AND e.status = s.status AND e.id >= $1::uuid
         LIMIT ${countLimit}) AS capped) AS number
       FROM unnest(enum_range(NULL::execution_status)) AS s(status)) AS counted) AS counts,
    last.id AS "lastId", last.status AS "lastStatus", last.started_at AS "lastStartedAt"
  FROM flow f LEFT JOIN LATERAL (
    SELECT newest.* FROM unnest(enum_range(NULL::execution_status)) AS s(status), LATERAL (
      SELECT e.id, e.status, e.started_at FROM execution e
      WHERE e.flow_id = f.id AND e.status = s.status ORDER BY e.id DESC LIMIT 1) AS newest
    ORDER BY newest.id DESC LIMIT 1) AS last ON true`;

export interface FlowText {
  readonly name?: string | undefined;
  readonly description?: string | undefined;
}

export interface FlowChange extends FlowText {
  /** Replaces the settings that it names. */
  readonly settings?: JsonObject | undefined;
}

/** The new flow's id; `taken` where another flow has the name. */
export async function createFlow(
  { prisma }: Store,
  text: FlowText & { name: string },
): Promise<string | 'taken'> {
  const id = randomUUID();
  try {
    await prisma.flow.create({ data: { id, name: text.name, description: text.description ?? '' } });
    return id;
  } catch (error) {
    if (isViolation(error, 'unique')) return 'taken';
    throw error;
  }
}

/** One statement, since only PostgreSQL's `||` lets two who change different settings at once not undo each other's. */
export async function updateFlow(
  { pool }: Store,
  flowId: string,
  { name, description, settings }: FlowChange,
): Promise<'done' | 'unknown' | 'taken'> {
  try {
    const { rowCount } = await pool.query(
      `UPDATE flow SET name = coalesce($2, name), description = coalesce($3, description),
         settings = settings || coalesce($4::jsonb, '{}'), updated_at = now() WHERE id = $1`,
      [flowId, name ?? null, description ?? null, settings === undefined ? null : JSON.stringify(settings)],
    );
    return rowCount === 0 ? 'unknown' : 'done';
  } catch (error) {
    if (isUniqueViolation(error)) return 'taken';
    throw error;
  }
}

/**
 * Deletes a flow with its versions and ended executions. `running`: one of its executions has not ended, and nothing was
 * deleted. The flow's row is locked first, so no execution can begin between the question and the deletion.
 */
export async function deleteFlow({ prisma }: Store, flowId: string): Promise<'done' | 'unknown' | 'running'> {
  return prisma.$transaction(
    async (transaction) => {
      const locked = await transaction.$queryRaw<unknown[]>`
        SELECT id FROM flow WHERE id = ${flowId}::uuid FOR UPDATE`;
      if (locked.length === 0) return 'unknown';
      const running = await transaction.execution.findFirst({ where: { flowId, status: 'running' } });
      if (running !== null) return 'running';
      await transaction.flow.delete({ where: { id: flowId } });
      return 'done';
    },
    { timeout: 30_000 },
  );
}
