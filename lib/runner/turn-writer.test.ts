import { setImmediate as turnOfLoop } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { advance } from '@/lib/engine/advance';
import { compile } from '@/lib/engine/compile';
import type { Committed, Turn } from './journal-port';
import { type Live, live as newLive, type OpenTurn, turnOf } from './live';
import { noSnapshot } from './snapshots';
import { TurnWriter } from './turn-writer';

/** W1–W4 are those of turn-writer.ts. */
const program = compile({ StartAt: 'Pay', States: { Pay: { Type: 'Wait', Seconds: 60, End: true } } });
const at = 1_790_000_000_000;

/** An execution that has just begun and whose first turn is open. */
function begun(id: string): Live {
  const { execution, events, commands } = advance(program, undefined, {
    type: 'start',
    executionId: id,
    executionName: id,
    flowId: 'f',
    flowName: 'pay',
    version: 1,
    input: {},
    seed: '00',
    at,
  });
  const created = { name: id, flowId: 'f', versionId: 'v', startedAt: at, priority: 0 };
  const live = newLive({
    ...{
      id,
      parent: undefined,
      program,
      execution,
      held: undefined,
      versionIds: ['v'],
      snapshot: noSnapshot,
    },
    ...{ status: 'running', wakeAt: null, redrives: 0, queued: false },
  });
  live.open = { ...turnOf(live, created), events: [...events], commands: [...commands] };
  return live;
}

interface Begun {
  readonly ids: readonly string[];
  readonly written: () => void;
  readonly failed: () => void;
}

/** A writer whose commits end when the test says so. */
function opened() {
  const commits: Begun[] = [];
  const committed: string[] = [];
  const failures: unknown[] = [];
  const commit = (turns: readonly Turn[]) =>
    new Promise<Committed>((resolve, reject) => {
      const ids = turns.map((turn) => turn.executionId);
      commits.push({
        ids,
        written: () => resolve({ refused: [] }),
        failed: () => reject(new Error('no disk')),
      });
    });
  const writer = new TurnWriter({
    journal: { commit },
    now: () => at,
    committed: (turns: readonly OpenTurn[]) => committed.push(...turns.map(({ live }) => live.id)),
    failed: (error) => failures.push(error),
  });
  return { writer, commits, committed, failures };
}

function names(from: number, count: number): string[] {
  return Array.from({ length: count }, (_, n) => `e${from + n}`);
}

/** Until what is scheduled has been done. */
async function settled(): Promise<void> {
  for (let n = 0; n < 5; n += 1) await turnOfLoop();
}

it('[W1] turns that are ready together are committed together, and those of meanwhile after them', async () => {
  const { writer, commits, committed } = opened();
  for (const id of names(0, 3)) writer.add(begun(id));
  await settled();
  writer.add(begun('e3'));
  await settled();
  for (const id of names(4, 2)) writer.add(begun(id));
  await settled();
  expect(commits.map(({ ids }) => ids)).toEqual([names(0, 3), ['e3']]);
  commits[0]?.written();
  await settled();
  expect(committed).toEqual(names(0, 3));
  expect(commits[2]?.ids).toEqual(names(4, 2));
});

it('[W2] what an execution produces while its turn is under way waits for that', async () => {
  const { writer, commits } = opened();
  const live = begun('e0');
  writer.add(live);
  await settled();
  live.open = { ...turnOf(live, undefined), events: live.sent?.events ?? [] };
  await settled();
  expect(commits).toHaveLength(1);
  commits[0]?.written();
  await settled();
  expect(commits.map(({ ids }) => ids)).toEqual([['e0'], ['e0']]);
});

it('[W3] after a commit that failed nothing is written and nothing is heard until it is resumed', async () => {
  const { writer, commits, committed, failures } = opened();
  writer.add(begun('e0'));
  await settled();
  writer.add(begun('e1'));
  await settled();
  commits[0]?.failed();
  commits[1]?.written();
  await settled();
  writer.add(begun('e2'));
  await settled();
  expect({ failures: failures.length, committed, commits: commits.length }).toEqual({
    ...{ failures: 1, committed: [], commits: 2 },
  });
  writer.resume();
  await settled();
  expect(commits[2]?.ids).toEqual(['e2']);
});

it('[W3] what comes after it is written once the commits in doubt have made room', async () => {
  const { writer, commits, committed } = opened();
  for (const id of names(0, 10)) writer.add(begun(id));
  await settled();
  expect(commits).toHaveLength(2);
  writer.stop();
  writer.resume();
  writer.add(begun('late'));
  await settled();
  expect(commits).toHaveLength(2);
  commits[0]?.failed();
  await settled();
  expect(commits[2]?.ids).toEqual(['late']);
  expect(committed).toEqual([]);
});

it('[W4] of many turns one half is written while the other one waits its turn', async () => {
  const { writer, commits } = opened();
  for (const id of names(0, 40)) writer.add(begun(id));
  await settled();
  expect(commits.map(({ ids }) => ids)).toEqual([names(0, 20), names(20, 20)]);
});

it('[W4] halves that have become unequal become equal again', async () => {
  const { writer, commits } = opened();
  for (const id of names(0, 8)) writer.add(begun(id));
  await settled();
  for (const id of names(8, 12)) writer.add(begun(id));
  await settled();
  expect(commits.map(({ ids }) => ids.length)).toEqual([4, 4]);
  commits[0]?.written();
  await settled();
  expect(commits[2]?.ids).toEqual(names(8, 8));
});
