import type { Execution } from '@/lib/engine/execution';
import { freezeText, snapshotFormat } from '@/lib/engine/snapshot';
import type { Snapshot } from './journal-port';
import type { ExecutionStatus } from './ports';

/** Where the newest snapshot of an execution stands, and how many characters it has. */
export interface SnapshotPlace {
  readonly lastEvent: number;
  readonly length: number;
}

/** What is asked of an execution in memory. */
interface Frozen {
  readonly execution: Execution;
  readonly status: ExecutionStatus;
  readonly wakeAt: number | null;
  readonly held: unknown;
  readonly versionIds: readonly string[];
  snapshot: SnapshotPlace;
}

/** Of an execution that has no snapshot. */
export const noSnapshot: SnapshotPlace = { lastEvent: 0, length: 0 };

/** So many events are folded in a few milliseconds: of an execution that leaves memory, and of one that a crash takes from there. */
const restingEvents = 500;
const runningEvents = 10_000;

/** A snapshot may take as much room as the events since the last one, about: their shortest text has so many characters. */
const charactersPerEvent = 50;

/**
 * The snapshot to be written with the turn that is sent now; undefined where the last one does.
 *
 * R5 An execution is taken up from its newest snapshot and the events after it. That is never ahead of the journal, as it is
 *    committed with the events that it follows from, and however long a history is, few of it are read again.
 */
export function dueSnapshot(live: Frozen): Snapshot | undefined {
  const { execution, snapshot } = live;
  const rests = live.status !== 'running' || live.wakeAt !== null;
  const since = execution.lastEvent - snapshot.lastEvent;
  if (since < (rests ? restingEvents : runningEvents)) return undefined;
  if (since * charactersPerEvent < snapshot.length) return undefined;
  const versionId = live.versionIds.at(-1);
  if (versionId === undefined || live.held) return undefined;
  const state = freezeText(execution);
  live.snapshot = { lastEvent: execution.lastEvent, length: state.length };
  return { lastEvent: execution.lastEvent, versionId, format: snapshotFormat, state };
}
