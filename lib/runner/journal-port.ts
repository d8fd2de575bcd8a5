import type { Event, Parent } from '@/lib/engine/event';
import type { ExecutionStatus } from '@/lib/engine/execution';
import type { Queued } from './rooms';

/** What one execution produced in one go; committed whole or not at all. */
export interface Turn {
  readonly executionId: string;
  /** In order; the first id is one more than the last one committed. */
  readonly events: readonly Event[];
  /** How the execution stands after it; absent where that is as it was. */
  readonly standing?: Standing;
  /** Present with the first turn only: the row to create. */
  readonly created?: NewExecution;
  /** How the execution stands after the last of these events; takes the place of the one before. */
  readonly snapshot?: Snapshot;
}

/** What an execution is taken up from, without the events up to `lastEvent`. */
export interface Snapshot {
  readonly lastEvent: number;
  /** Id of the version that it ran then. */
  readonly versionId: string;
  /** Only who wrote this format reads it. */
  readonly format: number;
  readonly state: string;
}

/** What lists show of an execution, and what recovery asks. */
export interface Standing {
  readonly status: ExecutionStatus;
  /** Milliseconds since 1970; null while it runs. */
  readonly endedAt: number | null;
  readonly error?: string;
  readonly cause?: string;
  /**
   * Milliseconds since 1970: when the next timer of an execution is due that sleeps outside of memory, Infinity where it has
   * none. Null for all others: a process that starts takes them up at once.
   */
  readonly wakeAt: number | null;
  /** How often it was continued by hand after a failure. */
  readonly redrives: number;
  /** It waits for its flow to have room. */
  readonly queued: boolean;
  /** Ids of the versions that it has run, the present one last; present where they have changed. */
  readonly versionIds?: readonly string[];
}

export interface NewExecution {
  readonly name: string;
  readonly flowId: string;
  readonly versionId: string;
  readonly startedAt: number;
  readonly parent?: Parent;
  /** 0 where it has none. */
  readonly priority: number;
  /** The alias that it was started by. */
  readonly alias?: string;
  /** Created only where the flow is still in this state. */
  readonly asOf?: string;
}

/** An execution as its row says. */
export interface StoredExecution {
  readonly executionId: string;
  readonly flowId: string;
  /** Ids of the versions that it has run, in order: the present one is the last. */
  readonly versionIds: readonly [string, ...string[]];
  readonly status: ExecutionStatus;
  readonly wakeAt: number | null;
  readonly redrives: number;
  readonly queued: boolean;
  readonly parent?: Parent;
}

/** What a commit that was written came to. */
export interface Committed {
  /** New executions whose name their flow already has, or whose flow is not as it was: of these turns nothing was written. */
  readonly refused: readonly string[];
}

/** Another living process owns the executions of this database. */
export class OwnedElsewhere extends Error {
  override readonly name = 'OwnedElsewhere';
}

/** The append-only histories. One writer per process; `commit` is one transaction, synchronous and durable. */
export interface Journal {
  /** Rejects when it is not known to be written: it may be or not, but never in part. Call `connect` then. */
  commit(turns: readonly Turn[]): Promise<Committed>;
  /** False until `connect`, and once the connection is known to be lost. */
  connected(): boolean;
  /**
   * Opens the connection, for the first time or again; afterwards no earlier commit is undecided. `kept`: nobody else has written since; `taken`: the
   * ownership was lost in between, so whatever is in memory may be old. Rejects while the database cannot be reached, and with OwnedElsewhere.
   */
  connect(): Promise<'kept' | 'taken'>;
  /** Calls the listener whenever the connection that `connect` opened breaks, also while nothing is committed. */
  onLost(listener: (reason: Error) => void): void;
  /** Events with an id above `after`, in order, at most `limit`. */
  read(executionId: string, after: number, limit: number): Promise<readonly Event[]>;
  /** Whole histories, a page at a time; the events of one execution come in order. */
  histories(
    executionIds: readonly string[],
  ): AsyncIterable<{ readonly executionId: string; readonly events: readonly Event[] }>;
  /** The snapshots of these executions that have one of this format. */
  snapshots(executionIds: readonly string[], format: number): Promise<ReadonlyMap<string, Snapshot>>;
  /** The rows of these executions; unknown ones are left out. */
  find(executionIds: readonly string[]): Promise<readonly StoredExecution[]>;
  named(flowId: string, name: string): Promise<StoredExecution | undefined>;
  /** Running executions that do not sleep, by id above `after`, at most `limit`. */
  awake(after: string | null, limit: number): Promise<readonly StoredExecution[]>;
  /** Sleepers whose timer is due from `from` (inclusive) to `to` (exclusive), milliseconds since 1970. */
  sleepers(
    from: number,
    to: number,
  ): Promise<readonly { readonly executionId: string; readonly wakeAt: number }[]>;
  /** Running children of one step; with `attempt` absent, of all its attempts. */
  children(parent: Parent): Promise<readonly StoredExecution[]>;
  /** Ended children whose parents still run: one of them may not have been told. By id above `after`, at most `limit`. */
  endedChildren(after: string | null, limit: number): Promise<readonly StoredExecution[]>;
  /** Running children whose parents have ended. */
  orphans(): Promise<readonly StoredExecution[]>;
  /** All that wait for their flow to have room, in the order in which they came. */
  queued(): Promise<readonly Queued[]>;
  /** The executions of these flows that run and do not wait for room. */
  running(
    flowIds: readonly string[],
  ): Promise<readonly { readonly executionId: string; readonly flowId: string }[]>;
  /**
   * Deletes executions with their histories; those that run, or whose parents run, are left. Returns the deleted ones. The caller
   * sees to it that nothing is written of them meanwhile.
   */
  remove(executionIds: readonly string[]): Promise<readonly string[]>;
  /** Gives up the ownership and closes the connections. */
  close(): Promise<void>;
}
