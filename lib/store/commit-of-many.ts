import type { Snapshot, Standing, Turn } from '@/lib/runner/journal-port';
import { plainArray, textArray } from './array-parameter';
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
import type { ValueText } from './value-text';

/** What a busy engine commits: the turns of many executions, as lists. */
export function commitOfMany(
  fence: number,
  turns: readonly Turn[],
  chunks: readonly Chunk[],
): CommitStatement {
  const isPlain =
    chunks.every((chunk) => chunk.fresh.length === 0) &&
    turns.every((turn) => !turn.standing && !turn.created && !turn.snapshot);
  return isPlain ? manyRows(fence, chunks) : everything(fence, turns, chunks);
}

function manyRows(fence: number, chunks: readonly Chunk[]): CommitStatement {
  return {
    name: 'commit many',
    text: `INSERT INTO journal (execution_id, last_event, events)
      SELECT ${chunkColumns(2)} FROM journal_owner WHERE fence = $1`,
    values: [fence, ...chunkValues(chunks)],
    fresh: [],
    rows: chunks.length,
  };
}

interface Part {
  readonly letter: string;
  /** `first` is the number of the part's first parameter. */
  readonly sql: (first: number) => string;
  readonly values: readonly Value[];
}

/** Most commits of a busy engine: among many executions some begin or end. */
function everything(fence: number, turns: readonly Turn[], chunks: readonly Chunk[]): CommitStatement {
  const fresh = chunks.flatMap(({ executionId, fresh: values }) =>
    values.map((value) => ({ executionId, value })),
  );
  const created = turns.filter(isFirst);
  const begun = new Set(created.map((turn) => turn.executionId));
  const first = chunks.filter(({ executionId }) => begun.has(executionId));
  const later = chunks.filter(({ executionId }) => !begun.has(executionId));
  const changed = turns.filter((turn) => turn.standing && !turn.created);
  const snapshots = turns.filter(hasSnapshot);
  const parts = [
    ...(created.length > 0 ? [creations(created), firstRows(first)] : []),
    ...(later.length > 0 ? [laterRows(later)] : []),
    ...(changed.length > 0 ? [changes(changed)] : []),
    ...(fresh.length > 0 ? [storedValues(fresh, created.length > 0)] : []),
    ...(snapshots.length > 0 ? [snapshotRows(snapshots, created.length > 0)] : []),
  ];
  const values: Value[] = [fence];
  let text = ownerCheck;
  for (const part of parts) {
    text += `, ${part.sql(values.length + 1)}`;
    values.push(...part.values);
  }
  text += ` SELECT (SELECT count(*)::int FROM owner) AS owners`;
  if (created.length > 0) text += `, ARRAY(SELECT id::text FROM refused) AS refused`;
  return { name: `commit ${parts.map((part) => part.letter).join('')}`, text, values, fresh };
}

/** Rows of executions that exist: nothing is asked for each of them. */
function laterRows(chunks: readonly Chunk[]): Part {
  return {
    letter: 'j',
    sql: (n) => `later AS (
      INSERT INTO journal (execution_id, last_event, events) SELECT ${chunkColumns(n)} FROM owner)`,
    values: chunkValues(chunks),
  };
}

function firstRows(chunks: readonly Chunk[]): Part {
  return {
    letter: 'b',
    sql: (n) => `first AS (
      INSERT INTO journal (execution_id, last_event, events)
      SELECT c.* FROM (SELECT ${chunkColumns(n)} FROM owner) AS c(id, last_event, events) ${notRefused(true)})`,
    values: chunkValues(chunks),
  };
}

/** Side by side in the list of columns, which is cheaper than a table of them that is made first. */
function chunkColumns(n: number): string {
  return `unnest($${n}::uuid[]), unnest($${n + 1}::int[]), unnest($${n + 2}::text[])`;
}

function chunkValues(chunks: readonly Chunk[]): Value[] {
  return [
    plainArray(chunks.map((chunk) => chunk.executionId)),
    plainArray(chunks.map((chunk) => chunk.lastEvent)),
    textArray(chunks.map((chunk) => chunk.text)),
  ];
}

function storedValues(
  fresh: readonly { readonly executionId: string; readonly value: ValueText }[],
  withCreated: boolean,
): Part {
  return {
    letter: 'v',
    sql: (n) => `big AS (
      INSERT INTO journal_value (execution_id, hash, json)
      SELECT c.id, c.hash, c.json FROM owner, unnest($${n}::uuid[], $${n + 1}::text[], $${n + 2}::text[]) AS c(id, hash, json)
      ${notRefused(withCreated)}
      ON CONFLICT DO NOTHING)`,
    values: [
      plainArray(fresh.map(({ executionId }) => executionId)),
      textArray(fresh.map(({ value }) => value.hash ?? '')),
      textArray(fresh.map(({ value }) => value.json)),
    ],
  };
}

type TurnWithSnapshot = Turn & { readonly snapshot: Snapshot };

function hasSnapshot(turn: Turn): turn is TurnWithSnapshot {
  return turn.snapshot !== undefined;
}

function snapshotRows(turns: readonly TurnWithSnapshot[], withCreated: boolean): Part {
  return {
    letter: 'f',
    sql: (n) => `snapshots AS (
      INSERT INTO execution_snapshot (execution_id, last_event, version_id, format, state)
      SELECT c.id, c.last_event, c.version_id, c.format, c.state FROM owner,
        unnest($${n}::uuid[], $${n + 1}::int[], $${n + 2}::uuid[], $${n + 3}::int[], $${n + 4}::text[])
          AS c(id, last_event, version_id, format, state)
      ${notRefused(withCreated)}
      ON CONFLICT (execution_id) DO UPDATE SET last_event = excluded.last_event, version_id = excluded.version_id,
        format = excluded.format, state = excluded.state)`,
    values: [
      plainArray(turns.map((turn) => turn.executionId)),
      plainArray(turns.map(({ snapshot }) => snapshot.lastEvent)),
      plainArray(turns.map(({ snapshot }) => snapshot.versionId)),
      plainArray(turns.map(({ snapshot }) => snapshot.format)),
      textArray(turns.map(({ snapshot }) => snapshot.state)),
    ],
  };
}

function notRefused(withCreated: boolean): string {
  return withCreated ? 'WHERE c.id NOT IN (SELECT id FROM refused)' : '';
}

/** What cannot be created (J6) is left out and told, so that it does not keep the other turns from being written. */
function creations(turns: readonly FirstTurn[]): Part {
  const standings = turns.map((turn) => turn.standing ?? running);
  return {
    letter: 'c',
    sql: (n) => `fresh AS (
      SELECT f.* FROM owner, unnest($${n}::uuid[], $${n + 1}::uuid[], $${n + 2}::uuid[], $${n + 3}::text[],
        $${n + 4}::float8[], $${n + 5}::int[], $${n + 6}::uuid[], $${n + 7}::int[], $${n + 8}::int[], $${n + 9}::int[],
        $${n + 10}::text[], $${n + 11}::text[], ${standingTypes(n + 12)})
        AS f(id, flow_id, version_id, name, started_at, shard, parent_id, parent_step, parent_attempt, priority, alias,
          as_of, ${standingNames})
    ), created AS (
      INSERT INTO execution (id, flow_id, version_id, name, started_at, shard, parent_id, parent_step, parent_attempt,
        priority, alias, status, ended_at, wake_at, error, cause, queued)
      SELECT id, flow_id, version_id, name, to_timestamp(started_at / 1000), shard, parent_id, parent_step, parent_attempt,
        priority, alias, status, to_timestamp(ended_at / 1000), to_timestamp(wake_at / 1000), error, cause,
        queued FROM fresh WHERE ${isAsItWas('fresh.flow_id', 'fresh.as_of')}
      ON CONFLICT (flow_id, name) DO NOTHING RETURNING id
    ), refused AS (SELECT id FROM fresh WHERE id NOT IN (SELECT id FROM created))`,
    values: [
      plainArray(turns.map((turn) => turn.executionId)),
      plainArray(turns.map(({ created }) => created.flowId)),
      plainArray(turns.map(({ created }) => created.versionId)),
      textArray(turns.map(({ created }) => storable(created.name))),
      plainArray(turns.map(({ created }) => created.startedAt)),
      plainArray(turns.map((turn) => shardOf(turn.executionId))),
      plainArray(turns.map(({ created }) => created.parent?.executionId)),
      plainArray(turns.map(({ created }) => created.parent?.step)),
      plainArray(turns.map(({ created }) => created.parent?.attempt)),
      plainArray(turns.map(({ created }) => created.priority)),
      textArray(turns.map(({ created }) => textOrNull(created.alias))),
      plainArray(turns.map(({ created }) => created.asOf)),
      ...standingValues(standings),
    ],
  };
}

function changes(turns: readonly Turn[]): Part {
  const standings = turns.map((turn) => turn.standing ?? running);
  const replaced = standings.some(({ versionIds }) => versionIds !== undefined);
  return {
    letter: replaced ? 'r' : 's',
    sql: (n) => `changed AS (
      UPDATE execution SET status = c.status, ended_at = to_timestamp(c.ended_at / 1000),
        wake_at = to_timestamp(c.wake_at / 1000), error = c.error, cause = c.cause,
        queued = c.queued, redrives = c.redrives${replaced ? versionsChanged : ''}
      FROM owner, unnest($${n}::uuid[], $${n + 1}::int[], ${standingTypes(n + 2)}${replaced ? versionTypes(n + 8) : ''})
        AS c(id, redrives, ${standingNames}${replaced ? ', version_id, former' : ''})
      WHERE execution.id = c.id)`,
    values: [
      plainArray(turns.map((turn) => turn.executionId)),
      plainArray(standings.map((standing) => standing.redrives)),
      ...standingValues(standings),
      ...(replaced ? versionValues(standings) : []),
    ],
  };
}

/** Few executions ever go over to another version: the statement says so only where one does. */
const versionsChanged = `, version_id = coalesce(c.version_id, execution.version_id),
        former_version_ids = coalesce(string_to_array(c.former, ',')::uuid[], execution.former_version_ids)`;

function versionTypes(n: number): string {
  return `, $${n}::uuid[], $${n + 1}::text[]`;
}

function versionValues(standings: readonly Standing[]): Value[] {
  return [
    plainArray(standings.map(({ versionIds }) => versionIds?.at(-1))),
    textArray(standings.map(({ versionIds }) => versionIds?.slice(0, -1).join(',') || null)),
  ];
}

const standingNames = 'status, ended_at, wake_at, error, cause, queued';

function standingTypes(n: number): string {
  return `$${n}::execution_status[], $${n + 1}::float8[], $${n + 2}::float8[], $${n + 3}::text[], $${n + 4}::text[], $${n + 5}::bool[]`;
}

function standingValues(standings: readonly Standing[]): Value[] {
  return [
    plainArray(standings.map((standing) => standing.status)),
    plainArray(standings.map((standing) => standing.endedAt)),
    plainArray(standings.map((standing) => standing.wakeAt)),
    textArray(standings.map((standing) => textOrNull(standing.error))),
    textArray(standings.map((standing) => textOrNull(standing.cause))),
    plainArray(standings.map((standing) => standing.queued)),
  ];
}
