import { randomUUID } from 'node:crypto';
import type { Json } from '@/lib/expression/json';
import type { Definition } from '@/lib/flow/model';
import type { Versions } from '@/lib/runner/ports';
import type { Store } from './client';

export interface VersionSummaryRow {
  readonly id: string;
  readonly flowId: string;
  readonly number: number;
  readonly format: 'json' | 'yaml';
  readonly note: string;
  readonly createdAt: Date;
}

export interface VersionRow extends VersionSummaryRow {
  readonly source: string;
  readonly definition: Json;
  readonly layout: Json;
}

export interface NewVersion {
  readonly source: string;
  readonly format: 'json' | 'yaml';
  readonly definition: Definition;
  readonly layout: Json;
  readonly note: string;
}

const summary = `v.id, v.flow_id AS "flowId", v.number, v.format, v.note, v.created_at AS "createdAt"`;
const whole = `${summary}, v.source, v.definition, v.layout`;

/**
 * Saves a version with the next number; undefined where the flow does not exist. One statement: it locks the flow's row
 * first, so that two who save at once get two numbers.
 */
export async function saveVersion(
  { pool }: Store,
  flowId: string,
  version: NewVersion,
): Promise<VersionRow | undefined> {
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    const { rowCount } = await client.query('UPDATE flow SET updated_at = now() WHERE id = $1', [flowId]);
    const { rows } = await client.query<VersionRow>(
      `INSERT INTO flow_version AS v (id, flow_id, number, source, format, definition, layout, note)
       SELECT $1, f.id, coalesce((SELECT max(number) FROM flow_version WHERE flow_id = f.id), 0) + 1, $3, $4, $5, $6, $7
       FROM flow f WHERE f.id = $2 RETURNING ${whole}`,
      [
        randomUUID(),
        flowId,
        version.source,
        version.format,
        JSON.stringify(version.definition),
        JSON.stringify(version.layout),
        version.note,
      ],
    );
    await client.query('COMMIT');
    return rowCount === 0 ? undefined : rows[0];
  } catch (error) {
    await client.query('ROLLBACK').catch(() => {});
    throw error;
  } finally {
    client.release();
  }
}

/** A page of a flow's versions, newest first; `before` is the number of the last one seen. */
export async function listVersions(
  { pool }: Store,
  flowId: string,
  { before, limit }: { readonly before: number | null; readonly limit: number },
): Promise<{ readonly items: readonly VersionSummaryRow[]; readonly more: boolean }> {
  const { rows } = await pool.query<VersionSummaryRow>(
    `SELECT ${summary} FROM flow_version v WHERE v.flow_id = $1 AND ($2::int IS NULL OR v.number < $2)
     ORDER BY v.number DESC LIMIT $3`,
    [flowId, before, limit + 1],
  );
  return { items: rows.slice(0, limit), more: rows.length > limit };
}

/** One version of a flow; without a number the newest one. */
export async function findVersion(
  { pool }: Store,
  flowId: string,
  number: number | 'latest',
): Promise<VersionRow | undefined> {
  const { rows } = await pool.query<VersionRow>(
    `SELECT ${whole} FROM flow_version v WHERE v.flow_id = $1 AND ($2::int IS NULL OR v.number = $2)
     ORDER BY v.number DESC LIMIT 1`,
    [flowId, number === 'latest' ? null : number],
  );
  return rows[0];
}

export interface Startable {
  readonly flowId: string;
  readonly flowName: string;
  /** The flow's, as they are stored. */
  readonly settings: Json;
  /** Null where the flow has no such version. */
  readonly versionId: string | null;
  readonly version: number | null;
  /** Another text after each change of the flow, its settings or versions (PostgreSQL's xmin of its row, which they all write). */
  readonly asOf: string;
}

/**
 * What is needed to start an execution: the flow by id (or by name), and a version, the newest where none is named. One
 * prepared statement, as every start asks for it; undefined where there is no such flow.
 */
export async function findStartable(
  { pool }: Store,
  flow: { readonly id: string } | { readonly name: string },
  number: number | undefined,
): Promise<Startable | undefined> {
  const byId = 'id' in flow;
  const { rows } = await pool.query<Startable>({
    name: byId ? 'startable by id' : 'startable by name',
    text: `SELECT f.id AS "flowId", f.name AS "flowName", f.settings, v.id AS "versionId", v.number AS version,
        f.xmin::text AS "asOf"
      FROM flow f LEFT JOIN LATERAL (
        SELECT id, number FROM flow_version WHERE flow_id = f.id AND ($2::int IS NULL OR number = $2)
        ORDER BY number DESC LIMIT 1) AS v ON true
      WHERE ${byId ? 'f.id' : 'f.name'} = $1`,
    values: [byId ? flow.id : flow.name, number ?? null],
  });
  return rows[0];
}

/** The definitions for the runner, which keeps what it has compiled. */
export function storedVersions({ prisma }: Store): Versions {
  return {
    definition: async (versionId) => {
      const { definition } = await prisma.flowVersion.findUniqueOrThrow({
        where: { id: versionId },
        select: { definition: true },
      });
      // Only a definition that `parse` and `check` let through was saved.
      return definition as unknown as Definition;
    },
  };
}
