import type { Store } from './client';
import { uuidSince } from './cursor';

/** How long the executions of a flow are kept. */
export interface Retention {
  readonly flowId: string;
  readonly days: number | null;
  readonly count: number | null;
}

/** The flows whose executions are not kept for ever. */
export async function retentions({ pool }: Store): Promise<readonly Retention[]> {
  const { rows } = await pool.query<Retention>(
    `SELECT id AS "flowId", (settings->>'retentionDays')::int AS days, (settings->>'retentionCount')::int AS count
     FROM flow WHERE settings->>'retentionDays' IS NOT NULL OR settings->>'retentionCount' IS NOT NULL`,
  );
  return rows;
}

/**
 * Executions of a flow that are kept no longer, the oldest first, above `after` and at most `limit`: those that ended before
 * `endedBefore` (milliseconds since 1970), and those of which `count` newer ones have ended. None that runs, and none whose
 * parent runs. Ids are ordered by start, so each list is read from its own end of the index by flow, status and id.
 */
export async function expired(
  { pool }: Store,
  { flowId, endedBefore, count }: { flowId: string; endedBefore: number | null; count: number | null },
  { after, limit }: { readonly after: string | null; readonly limit: number },
): Promise<readonly string[]> {
  const { rows } = await pool.query<{ id: string }>({
    name: 'expired executions',
    text: `WITH ended(status) AS (SELECT unnest(array_remove(enum_range(NULL::execution_status), 'running'))),
      oldest AS (SELECT nth.id FROM ended s, LATERAL (
          SELECT e.id FROM execution e WHERE e.flow_id = $1 AND e.status = s.status ORDER BY e.id DESC
          LIMIT coalesce($4::bigint, 0)) AS nth
        ORDER BY nth.id DESC OFFSET coalesce($4::bigint, 1) - 1 LIMIT 1)
      SELECT found.id FROM ended s, LATERAL (
        SELECT e.id FROM execution e WHERE e.flow_id = $1 AND e.status = s.status AND e.id > $5::uuid
          AND ((e.id < $2::uuid AND e.ended_at < to_timestamp($3::float8 / 1000)) OR e.id < (SELECT id FROM oldest))
          AND NOT EXISTS (SELECT FROM execution parent WHERE parent.id = e.parent_id AND parent.status = 'running')
        ORDER BY e.id LIMIT $6) AS found
      ORDER BY found.id LIMIT $6`,
    values: [
      flowId,
      uuidSince(endedBefore ?? 0),
      endedBefore ?? 0,
      count,
      after ?? '00000000-0000-0000-0000-000000000000',
      limit,
    ],
  });
  return rows.map(({ id }) => id);
}
