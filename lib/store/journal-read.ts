import type { Pool } from 'pg';
import type { Event } from '@/lib/engine/event';
import type { Snapshot } from '@/lib/runner/journal-port';
import { decodeChunk, type ParsedChunk, parseChunk } from './chunk';

/** Rows fetched at a time: enough to be quick, little enough to hold whole in memory. */
const pageRows = 2_000;

interface ChunkRow {
  readonly execution_id: string;
  readonly last_event: number;
  readonly events: string;
}

/** Events of one history with an id above `after`, in order, at most `limit`. */
export async function readEvents(
  pool: Pool,
  executionId: string,
  after: number,
  limit: number,
): Promise<readonly Event[]> {
  const [found] = await decode(pool, await chunksAfter(pool, executionId, after, limit));
  return found?.events.filter((event) => event.id > after && event.id <= after + limit) ?? [];
}

/** The histories of these executions, a page at a time: ordered by execution, and by event within one. */
export async function* readHistories(pool: Pool, executionIds: readonly string[]) {
  let position: ChunkRow = {
    execution_id: '00000000-0000-0000-0000-000000000000',
    last_event: 0,
    events: '',
  };
  for (;;) {
    const rows = await chunksOf(pool, executionIds, position);
    yield* await decode(pool, rows);
    const last = rows.at(-1);
    if (!last || rows.length < pageRows) return;
    position = last;
  }
}

export async function readSnapshots(
  pool: Pool,
  executionIds: readonly string[],
  format: number,
): Promise<ReadonlyMap<string, Snapshot>> {
  const { rows } = await pool.query<{ id: string; last_event: number; version_id: string; state: string }>({
    name: 'snapshots',
    text: `SELECT execution_id AS id, last_event, version_id, state FROM execution_snapshot
      WHERE execution_id = ANY($1::uuid[]) AND format = $2`,
    values: [executionIds, format],
  });
  return new Map(
    rows.map(({ id, last_event: lastEvent, version_id: versionId, state }) => [
      id,
      { lastEvent, versionId, format, state },
    ]),
  );
}

/** The rows that hold the `limit` events after `after`: up to the first one that reaches so far. */
async function chunksAfter(
  pool: Pool,
  executionId: string,
  after: number,
  limit: number,
): Promise<ChunkRow[]> {
  const result = await pool.query<ChunkRow>({
    name: 'chunks after',
    text: `SELECT execution_id, last_event, events FROM journal
      WHERE execution_id = $1 AND last_event > $2 AND last_event <= coalesce(
        (SELECT min(last_event) FROM journal WHERE execution_id = $1 AND last_event >= $2::bigint + $3), 2147483647)
      ORDER BY last_event`,
    values: [executionId, after, limit],
  });
  return result.rows;
}

async function chunksOf(
  pool: Pool,
  executionIds: readonly string[],
  position: ChunkRow,
): Promise<ChunkRow[]> {
  const result = await pool.query<ChunkRow>({
    name: 'chunks of',
    text: `SELECT execution_id, last_event, events FROM journal
      WHERE execution_id = ANY($1::uuid[]) AND (execution_id, last_event) > ($2::uuid, $3::int)
      ORDER BY execution_id, last_event LIMIT $4`,
    values: [executionIds, position.execution_id, position.last_event, pageRows],
  });
  return result.rows;
}

/** The events of these rows, one entry per run of rows of the same execution; big values are fetched in one go. */
async function decode(
  pool: Pool,
  rows: readonly ChunkRow[],
): Promise<{ readonly executionId: string; readonly events: Event[] }[]> {
  const chunks = rows.map((row) => ({
    executionId: row.execution_id,
    chunk: parseChunk(row.last_event, row.events),
  }));
  const stored = await storedValues(pool, chunks);
  const found: { executionId: string; events: Event[] }[] = [];
  for (const { executionId, chunk } of chunks) {
    const events = decodeChunk(executionId, chunk, stored.get(executionId) ?? new Map());
    const last = found.at(-1);
    if (last?.executionId === executionId) for (const event of events) last.events.push(event);
    else found.push({ executionId, events });
  }
  return found;
}

async function storedValues(
  pool: Pool,
  chunks: readonly { readonly executionId: string; readonly chunk: ParsedChunk }[],
): Promise<Map<string, Map<string, string>>> {
  const wanted = new Map<string, string>();
  for (const { executionId, chunk } of chunks)
    for (const hash of chunk.h ?? []) wanted.set(`${executionId} ${hash}`, executionId);
  const byExecution = new Map<string, Map<string, string>>();
  if (wanted.size === 0) return byExecution;
  const { rows } = await pool.query<{ execution_id: string; hash: string; json: string }>({
    name: 'stored values',
    text: `SELECT execution_id, hash, json FROM journal_value
      WHERE (execution_id, hash) IN (SELECT * FROM unnest($1::uuid[], $2::text[]))`,
    values: [[...wanted.values()], [...wanted.keys()].map((key) => key.slice(key.indexOf(' ') + 1))],
  });
  for (const row of rows) {
    const values = byExecution.get(row.execution_id) ?? new Map<string, string>();
    values.set(row.hash, row.json);
    byExecution.set(row.execution_id, values);
  }
  return byExecution;
}
