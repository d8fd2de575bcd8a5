import type { Standing, Turn } from '@/lib/runner/journal-port';
import {
  type Chunk,
  type CommitStatement,
  type FirstTurn,
  isAsItWas,
  isFirst,
  ownerCheck,
  running,
  storable,
  textOrNull,
  type Value,
} from './commit-statement';
import { shardOf } from './shard';

/**
 * What a quiet engine commits: one turn of one execution, with one row of the journal. The statements for lists take a tenth
 * of a millisecond and more above these. Undefined for what they cannot do.
 */
export function commitOfOne(fence: number, turn: Turn, chunk: Chunk): CommitStatement | undefined {
  if (chunk.fresh.length > 0 || turn.snapshot) return undefined;
  if (isFirst(turn)) return firstTurn(fence, turn, chunk);
  if (!turn.standing) return eventsOnly(fence, chunk);
  return turn.standing.versionIds ? undefined : change(fence, turn.standing, chunk);
}

function eventsOnly(fence: number, { executionId, lastEvent, text }: Chunk): CommitStatement {
  return {
    name: 'commit one',
    text: insertChunk,
    values: [fence, executionId, lastEvent, text],
    fresh: [],
    rows: 1,
  };
}

const insertChunk = `INSERT INTO journal (execution_id, last_event, events)
  SELECT $2::uuid, $3::int, $4 FROM journal_owner WHERE fence = $1`;

/** Where the flow already has the name, or is not as it was: nothing is written, and that is told. */
function firstTurn(fence: number, turn: FirstTurn, { executionId, lastEvent, text }: Chunk): CommitStatement {
  const { created, standing = running } = turn;
  const { flowId, versionId, name, startedAt, parent, priority, alias, asOf } = created;
  return {
    name: 'commit first',
    text: `${ownerCheck}, created AS (
      INSERT INTO execution (status, ended_at, wake_at, error, cause, queued, id, flow_id, version_id, name, started_at,
        shard, parent_id, parent_step, parent_attempt, priority, alias)
      SELECT ${standingColumns}, $2::uuid, $11::uuid, $12::uuid, $13, to_timestamp($14::float8 / 1000),
        $15::int, $16::uuid, $17::int, $18::int, $19::int, $20 FROM owner WHERE ${isAsItWas('$11::uuid', '$21')}
      ON CONFLICT (flow_id, name) DO NOTHING RETURNING id
    ), chunks AS (
      INSERT INTO journal (execution_id, last_event, events) SELECT id, $3::int, $4 FROM created)
    SELECT (SELECT count(*)::int FROM owner) AS owners,
      ARRAY(SELECT $2::uuid::text WHERE NOT EXISTS (SELECT FROM created)) AS refused`,
    values: [
      ...[fence, executionId, lastEvent, text, ...standingValues(standing)],
      ...[flowId, versionId, storable(name), startedAt],
      ...[shardOf(executionId), parent?.executionId ?? null, parent?.step ?? null, parent?.attempt ?? null],
      ...[priority, textOrNull(alias), asOf ?? null],
    ],
    fresh: [],
  };
}

function change(fence: number, standing: Standing, { executionId, lastEvent, text }: Chunk): CommitStatement {
  return {
    name: 'commit change',
    text: `WITH changed AS (
      UPDATE execution SET (status, ended_at, wake_at, error, cause, queued, redrives) = ROW(${standingColumns}, $11::int)
      FROM journal_owner WHERE fence = $1 AND id = $2::uuid)
    ${insertChunk}`,
    values: [fence, executionId, lastEvent, text, ...standingValues(standing), standing.redrives],
    fresh: [],
    rows: 1,
  };
}

/** Parameters 5 to 10 of both. */
const standingColumns = `$5::execution_status, to_timestamp($6::float8 / 1000), to_timestamp($7::float8 / 1000), $8, $9, $10::bool`;

function standingValues({ status, endedAt, wakeAt, error, cause, queued }: Standing): Value[] {
  return [status, endedAt, wakeAt, textOrNull(error), textOrNull(cause), queued];
}
