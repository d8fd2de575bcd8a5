import { Pool } from 'pg';
import type { Committed, Journal, Turn } from '@/lib/runner/journal-port';
import {
  awakeExecutions,
  childrenOf,
  endedChildren,
  findExecutions,
  namedExecution,
  orphanedChildren,
  queuedExecutions,
  removeExecutions,
  runningOf,
  sleepersDue,
} from './execution-rows';
import { commitStatement } from './journal-commit';
import { JournalConnection } from './journal-connection';
import { readEvents, readHistories, readSnapshots } from './journal-read';

/** The journal in PostgreSQL; nothing is connected before `connect`. */
export function postgresJournal(connectionString: string): Journal {
  const writer = new JournalConnection(connectionString);
  const pool = new Pool({ connectionString, max: 4, application_name: 'millrace reader', keepAlive: true });
  // A reader's connection that breaks while it is idle is replaced by the pool; whoever uses one is told by its query.
  pool.on('error', () => {});
  return {
    commit: (turns) => commit(writer, turns),
    connected: () => writer.connected(),
    connect: () => writer.open(),
    onLost: (listener) => writer.onLost(listener),
    read: (executionId, after, limit) => readEvents(pool, executionId, after, limit),
    histories: (ids) => readHistories(pool, ids),
    snapshots: (ids, format) => readSnapshots(pool, ids, format),
    find: (ids) => findExecutions(pool, ids),
    named: (flowId, name) => namedExecution(pool, flowId, name),
    awake: (after, limit) => awakeExecutions(pool, after, limit),
    sleepers: (from, to) => sleepersDue(pool, from, to),
    children: (parent) => childrenOf(pool, parent),
    endedChildren: (after, limit) => endedChildren(pool, after, limit),
    orphans: () => orphanedChildren(pool),
    queued: () => queuedExecutions(pool),
    running: (flowIds) => runningOf(pool, flowIds),
    remove: (ids) => removeExecutions(pool, ids),
    close: async () => {
      await writer.close();
      await pool.end();
    },
  };
}

async function commit(writer: JournalConnection, turns: readonly Turn[]): Promise<Committed> {
  const { name, text, values, fresh, rows: expected } = commitStatement(writer.owner(), turns);
  const { rows, rowCount } = await writer.query<{ owners: number; refused?: string[] }>({
    name,
    text,
    values: [...values],
  });
  const row = rows[0];
  const owned = expected === undefined ? row?.owners === 1 : rowCount === expected;
  if (!owned) {
    writer.drop();
    throw new Error('another process owns the executions of this database now; nothing was written');
  }
  for (const { executionId, value } of fresh) value.storedFor = executionId;
  return { refused: row?.refused ?? [] };
}
