import type { Store } from './client';

/** Which view is meant: of which execution, folded for which version of its flow, and in which format. */
export interface OutlineOf {
  readonly executionId: string;
  readonly version: number;
  /** Only who wrote this format reads it. */
  readonly format: number;
}

/** The view of a long history as it was after `lastEvent`. */
export interface Outline extends OutlineOf {
  readonly lastEvent: number;
  readonly view: string;
}

/** The view that is kept of an execution; undefined where there is none, or one of another version or format. */
export async function findOutline(
  { pool }: Store,
  { executionId, version, format }: OutlineOf,
): Promise<string | undefined> {
  const { rows } = await pool.query<{ view: string }>({
    name: 'outline',
    text: 'SELECT view FROM execution_outline WHERE execution_id = $1 AND version = $2 AND format = $3',
    values: [executionId, version, format],
  });
  return rows[0]?.view;
}

/**
 * Keeps a view in place of the one before, unless that is newer. Nothing is written of an execution that is gone: the lock lets who
 * deletes it either see the row and take it along, or be waited for. The engine's commits do not wait for it.
 */
export async function keepOutline(
  { pool }: Store,
  { executionId, version, format, lastEvent, view }: Outline,
): Promise<void> {
  await pool.query({
    name: 'keep outline',
    text: `INSERT INTO execution_outline AS kept (execution_id, last_event, version, format, view)
      SELECT id, $2::int, $3::int, $4::int, $5::text FROM execution WHERE id = $1 FOR KEY SHARE
      ON CONFLICT (execution_id) DO UPDATE SET last_event = excluded.last_event, version = excluded.version,
        format = excluded.format, view = excluded.view
      WHERE (kept.version, kept.format) <> (excluded.version, excluded.format) OR kept.last_event < excluded.last_event`,
    values: [executionId, lastEvent, version, format, view],
  });
}
