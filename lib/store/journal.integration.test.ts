import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Event } from '@/lib/engine/event';
import type { Journal, Turn } from '@/lib/runner/journal-port';
import { OwnedElsewhere } from '@/lib/runner/journal-port';
import { timeOrderedUuid } from '@/lib/runner/random';
import { postgresJournal } from './journal';
import { openTestDatabase, saveTestFlow, type TestDatabase } from './test-database';

/**
 * What the journal promises, on a real PostgreSQL.
 *
 * J5 A commit holds many executions and is written whole or not at all. J6 A name that the flow already has refuses its own
 * turn only, and so does a flow that is not in the state that a start was decided on. J7 A big value is stored once per execution. J8 Histories are read by cursor, in order, without gaps. J9 Lists and
 * recovery see an execution's standing as of its last commit. J10 A deleted execution takes its history along. J11 A turn
 * leaves the same rows whether it is committed alone or with others.
 * O1–O3 are those of journal-connection.ts.
 */
let database: TestDatabase;
let journal: Journal;
let flow: { flowId: string; versionId: string };
const at = 1_790_000_000_000;

beforeAll(async () => {
  database = await openTestDatabase();
  flow = await saveTestFlow(database, 'pay', {
    StartAt: 'Pay',
    States: { Pay: { Type: 'Pass', End: true } },
  });
  journal = postgresJournal(database.url);
  await journal.connect();
});
afterAll(async () => {
  await journal?.close();
  await database?.close();
});

function events(from: number, count: number, input: unknown = { n: 1 }): Event[] {
  return Array.from({ length: count }, (_, index) => ({
    id: from + index,
    previous: from + index - 1,
    at,
    type: 'StateEntered',
    state: 'Pay',
    stateType: 'Pass',
    input: JSON.parse(JSON.stringify(input)),
  }));
}

function firstTurn(name?: string): Turn {
  const executionId = timeOrderedUuid(Date.now());
  return {
    executionId,
    events: events(1, 2),
    created: { name: name ?? executionId, startedAt: at, priority: 0, ...flow },
  };
}

async function ids(executionId: string): Promise<number[]> {
  return (await journal.read(executionId, 0, 1_000)).map((event) => event.id);
}

describe('the journal', () => {
  it('[J5] many executions are committed together', async () => {
    const turns = Array.from({ length: 50 }, () => firstTurn());
    expect(await journal.commit(turns)).toEqual({ refused: [] });
    expect(await Promise.all(turns.map((turn) => ids(turn.executionId)))).toEqual(turns.map(() => [1, 2]));
  });

  it('[J5] one turn that cannot be written keeps all from being written', async () => {
    const good = firstTurn();
    const known = firstTurn();
    await journal.commit([known]);
    await expect(
      journal.commit([good, { executionId: known.executionId, events: events(1, 2) }]),
    ).rejects.toThrow('duplicate key');
    expect(await ids(good.executionId)).toEqual([]);
    expect(await journal.find([good.executionId])).toEqual([]);
    expect(await ids(known.executionId)).toEqual([1, 2]);
  });

  it('[J6] a name that is taken refuses its own turn and no other', async () => {
    const [first, second, other] = [firstTurn('order-1'), firstTurn('order-1'), firstTurn('order-2')];
    await journal.commit([first]);
    expect(await journal.commit([second, other])).toEqual({ refused: [second.executionId] });
    expect(await ids(second.executionId)).toEqual([]);
    expect(await ids(other.executionId)).toEqual([1, 2]);
    expect((await journal.named(flow.flowId, 'order-1'))?.executionId).toBe(first.executionId);
  });

  it('[J6] a name that is taken refuses a turn that is committed alone', async () => {
    const [first, second] = [firstTurn('alone'), firstTurn('alone')];
    expect(await journal.commit([first])).toEqual({ refused: [] });
    expect(await journal.commit([second])).toEqual({ refused: [second.executionId] });
    expect(await ids(second.executionId)).toEqual([]);
  });

  it('[J6] a flow that has changed since refuses what was decided before, alone and among others', async () => {
    const other = await saveTestFlow(database, 'changing', {
      StartAt: 'Pay',
      States: { Pay: { Type: 'Pass', End: true } },
    });
    const stateOf = async () => {
      const [row] = await database.sql<{ as_of: string }>(
        'SELECT xmin::text AS as_of FROM flow WHERE id = $1',
        [other.flowId],
      );
      return row?.as_of ?? '';
    };
    const before = await stateOf();
    const decided = (asOf: string): Turn => {
      const turn = firstTurn();
      return { ...turn, created: { name: turn.executionId, startedAt: at, priority: 0, ...other, asOf } };
    };
    expect(await journal.commit([decided(before)])).toEqual({ refused: [] });
    expect(await journal.commit([decided(before), firstTurn()])).toEqual({ refused: [] });
    await database.sql('UPDATE flow SET description = $1 WHERE id = $2', ['changed', other.flowId]);
    const [alone, among, fresh] = [decided(before), decided(before), decided(await stateOf())];
    expect(await journal.commit([alone])).toEqual({ refused: [alone.executionId] });
    expect(await journal.commit([among, fresh])).toEqual({ refused: [among.executionId] });
    expect(await ids(fresh.executionId)).toEqual([1, 2]);
    await database.sql('DELETE FROM flow WHERE id = $1', [other.flowId]);
    const late = decided(before);
    expect(await journal.commit([late, firstTurn()])).toEqual({ refused: [late.executionId] });
  });

  it('[J11] a turn leaves the same rows whether it is committed alone or with others', async () => {
    const parent = { executionId: timeOrderedUuid(at), step: 3, attempt: 2 };
    const standings = [
      { status: 'running', endedAt: null, wakeAt: Number.POSITIVE_INFINITY, redrives: 0, queued: false },
      { status: 'running', endedAt: null, wakeAt: null, redrives: 0, queued: true },
      {
        status: 'failed',
        endedAt: at + 5,
        wakeAt: null,
        redrives: 2,
        queued: false,
        error: 'a\0',
        cause: '',
      },
      { status: 'succeeded', endedAt: at + 7, wakeAt: null, redrives: 0, queued: false },
    ] as const;
    const lives = () =>
      standings.map((standing): [Turn, Turn] => {
        const { executionId, events: first } = firstTurn();
        const name = `${executionId}\0`;
        const created = { name, startedAt: at, priority: 7, alias: 'live\x1e\0', parent, ...flow };
        return [
          { executionId, events: first, created },
          { executionId, events: events(3, 1), standing },
        ];
      });
    const rows = async (ids: readonly string[]) =>
      (
        await database.sql<{ id: string; name: string }>(
          `SELECT execution.*, (SELECT json_agg(json_build_array(last_event, events) ORDER BY last_event) FROM journal
             WHERE execution_id = id) AS journal FROM execution WHERE id = ANY($1) ORDER BY array_position($1, id)`,
          [ids],
        )
      ).map(({ id, ...row }) => ({ ...row, shard: 0, name: row.name.replace(id, '') }));
    const [alone, together] = [lives(), lives()];
    for (const turn of alone.flat()) await journal.commit([turn]);
    for (const n of [0, 1]) await journal.commit(together.flatMap((life) => life[n] ?? []));
    const written = await rows(alone.map(([{ executionId }]) => executionId));
    expect(written).toHaveLength(standings.length);
    expect(written[2]).toMatchObject({
      name: '\u{fffd}',
      alias: 'live\x1e\u{fffd}',
      error: 'a\u{fffd}',
      cause: null,
    });
    expect(written).toEqual(await rows(together.map(([{ executionId }]) => executionId)));
  });

  it('[J7] a value of 100 KB is stored once, however many events hold it', async () => {
    const turn = firstTurn();
    const big = { text: 'x'.repeat(100_000) };
    await journal.commit([{ ...turn, events: events(1, 3, big) }]);
    await journal.commit([{ executionId: turn.executionId, events: events(4, 3, big) }]);
    const rows = await database.sql('SELECT hash FROM journal_value WHERE execution_id = $1', [
      turn.executionId,
    ]);
    expect(rows).toHaveLength(1);
    expect(await journal.read(turn.executionId, 0, 10)).toEqual(events(1, 6, big));
  });

  it('[J8] a history is read from any event on, and whole histories a page at a time', async () => {
    const turns = [firstTurn(), firstTurn()];
    await journal.commit(turns);
    for (let from = 3; from < 30; from += 3)
      await journal.commit(turns.map(({ executionId }) => ({ executionId, events: events(from, 3) })));
    const [id = ''] = turns.map((turn) => turn.executionId);
    expect((await journal.read(id, 7, 5)).map((event) => event.id)).toEqual([8, 9, 10, 11, 12]);
    const read = new Map<string, number[]>();
    for await (const page of journal.histories(turns.map((turn) => turn.executionId)))
      read.set(page.executionId, [
        ...(read.get(page.executionId) ?? []),
        ...page.events.map((event) => event.id),
      ]);
    const all = Array.from({ length: 29 }, (_, index) => index + 1);
    expect(read).toEqual(new Map(turns.map((turn) => [turn.executionId, all])));
  });

  it('[J9] sleepers are found by their time, and are not awake', async () => {
    const [sleeper, awake] = [firstTurn(), firstTurn()];
    await journal.commit([sleeper, awake]);
    const wakeAt = Date.now() + 3_600_000;
    const standing = { status: 'running', endedAt: null, wakeAt, redrives: 0, queued: false } as const;
    await journal.commit([{ executionId: sleeper.executionId, events: events(3, 1), standing }]);
    expect(await journal.sleepers(wakeAt - 1, wakeAt + 1)).toEqual([
      { executionId: sleeper.executionId, wakeAt },
    ]);
    const running = (await journal.awake(null, 10_000)).map((row) => row.executionId);
    expect(running).toContain(awake.executionId);
    expect(running).not.toContain(sleeper.executionId);
  });

  it('[J9] an end is seen with its error and cause', async () => {
    const turn = firstTurn();
    await journal.commit([turn]);
    const standing = {
      status: 'failed',
      endedAt: at + 5,
      wakeAt: null,
      redrives: 1,
      queued: false,
      error: 'Card\x1eDeclined',
      cause: 'a "cause" with \0 and ü',
    } as const;
    await journal.commit([{ executionId: turn.executionId, events: events(3, 1), standing }]);
    expect(
      await database.sql('SELECT status, error, cause, redrives FROM execution WHERE id = $1', [
        turn.executionId,
      ]),
    ).toEqual([
      {
        status: 'failed',
        error: 'Card\x1eDeclined',
        cause: 'a "cause" with \u{fffd} and ü',
        redrives: 1,
      },
    ]);
  });

  it('[J10] a deleted execution takes its history along', async () => {
    const turn = { ...firstTurn(), events: events(1, 2, { text: 'z'.repeat(2_000) }) };
    await journal.commit([turn]);
    await database.sql('DELETE FROM execution WHERE id = $1', [turn.executionId]);
    expect(await ids(turn.executionId)).toEqual([]);
    expect(
      await database.sql('SELECT FROM journal_value WHERE execution_id = $1', [turn.executionId]),
    ).toEqual([]);
  });

  it('[O1] a second process is told who owns the executions', async () => {
    const second = postgresJournal(database.url);
    await expect(second.connect()).rejects.toThrow(OwnedElsewhere);
    await second.close();
  });

  it('[O2] who was replaced cannot write', async () => {
    const turn = firstTurn();
    await database.sql('DELETE FROM journal_owner');
    await expect(journal.commit([turn])).rejects.toThrow('another process owns');
    expect(await journal.find([turn.executionId])).toEqual([]);
    expect(await journal.connect()).toBe('taken');
    await journal.commit([turn]);
  });

  it('[O3] after its connection was cut the owner goes on as the same owner', async () => {
    await database.sql(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE 'millrace journal %'`,
    );
    const turn = firstTurn();
    await expect(journal.commit([turn])).rejects.toThrow();
    expect(await journal.connect()).toBe('kept');
    await journal.commit([turn]);
    expect(await ids(turn.executionId)).toEqual([1, 2]);
  });
});
