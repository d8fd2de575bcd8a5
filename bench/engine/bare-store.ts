import type { Turn } from '@/lib/runner/journal-port';
import { timeOrderedUuid } from '@/lib/runner/random';
import { decodeChunk, parseChunk } from '@/lib/store/chunk';
import { postgresJournal } from '@/lib/store/journal';
import { openTestDatabase, saveTestFlow, type TestDatabase } from '@/lib/store/test-database';
import { flows } from './flows';

/** As the engine writes: so many commits under way, each with at most so many turns. */
const underWay = 2;
const turnsPerCommit = 64;

/** The events of one execution, a list for each commit that had some of them. */
export type Shape = readonly Turn['events'][];

/** That of an execution of ten steps which the engine has run. */
export async function shapeOfOne(database: Pick<TestDatabase, 'sql'>): Promise<Shape> {
  const rows = await database.sql<{ last_event: number; events: string }>(
    `SELECT last_event, events FROM journal
     WHERE execution_id = (SELECT max(id::text)::uuid FROM execution WHERE status = 'succeeded') ORDER BY last_event`,
  );
  return rows.map(({ last_event, events }) => decodeChunk('', parseChunk(last_event, events), new Map()));
}

interface Closed {
  readonly count: number;
  readonly inFlight: number;
}

/**
 * What no engine can be faster than on this store: it is given the turns of executions as an engine has decided them, those of one
 * execution one after the other. Nothing is decided, called or looked up. Executions a second.
 */
export async function storeAlone(shape: Shape, { count, inFlight }: Closed): Promise<number> {
  const database = await openTestDatabase();
  const journal = postgresJournal(database.url);
  try {
    const flow = await saveTestFlow(database, 'tenSteps', flows.tenSteps);
    await journal.connect();
    const executions = new Executions(() => turnsOf(shape, flow), { count, inFlight });
    const lane = async () => {
      for (let turns = executions.next(); turns.length > 0; turns = executions.next()) {
        await journal.commit(turns);
        executions.committed(turns);
      }
    };
    const at = performance.now();
    await Promise.all(Array.from({ length: underWay }, lane));
    return (count * 1000) / (performance.now() - at);
  } finally {
    await journal.close();
    await database.close();
  }
}

/** Those that wait to be committed; where one has come to its end another one begins, until there were enough. */
class Executions {
  private readonly begin: () => Turn[];
  private readonly atOnce: number;
  private readonly ready: Turn[][];
  private readonly left = new Map<string, Turn[]>();
  private toBegin: number;

  constructor(begin: () => Turn[], { count, inFlight }: Closed) {
    this.begin = begin;
    this.atOnce = Math.min(turnsPerCommit, Math.ceil(inFlight / underWay));
    this.ready = Array.from({ length: inFlight }, begin);
    this.toBegin = count - inFlight;
  }

  /** The next turns of some; none where nothing is left. */
  next(): readonly Turn[] {
    return this.ready.splice(0, this.atOnce).flatMap(([turn, ...others]) => {
      if (turn === undefined) return [];
      this.left.set(turn.executionId, others);
      return [turn];
    });
  }

  committed(turns: readonly Turn[]): void {
    for (const { executionId } of turns) {
      const others = this.left.get(executionId) ?? [];
      this.left.delete(executionId);
      if (others.length > 0) this.ready.push(others);
      else if (this.toBegin > 0) {
        this.toBegin -= 1;
        this.ready.push(this.begin());
      }
    }
  }
}

/** The turns of a new execution. */
function turnsOf(shape: Shape, flow: { readonly flowId: string; readonly versionId: string }): Turn[] {
  const at = Date.now();
  const executionId = timeOrderedUuid(at);
  return shape.map((events, place) => ({
    executionId,
    events,
    ...(place === 0 && { created: { ...flow, name: executionId, startedAt: at, priority: 0 } }),
    ...(place === shape.length - 1 && {
      standing: { status: 'succeeded', endedAt: at, wakeAt: null, redrives: 0, queued: false },
    }),
  }));
}
