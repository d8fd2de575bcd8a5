import type { News } from '@/lib/engine/arrival';
import type { Event, Options } from '@/lib/engine/event';
import type { Json } from '@/lib/expression/json';
import type { Definition } from '@/lib/flow/model';

/** What the loop around the engine needs from the world. lib/store and lib/tasks implement it; tests may do so too. */

export type ExecutionStatus = 'running' | 'succeeded' | 'failed' | 'timedOut' | 'stopped';

/** What one execution produced in one go; committed whole or not at all. */
export interface Turn {
  readonly executionId: string;
  /** In order; the first id is one more than the last one committed. */
  readonly events: readonly Event[];
  /** How the execution stands after it; absent where that is as it was. */
  readonly standing?: Standing;
  /** Present with the first turn only: the row to create. */
  readonly created?: NewExecution;
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
}

/** The step of another execution that waits for this one. */
export interface ParentStep {
  readonly executionId: string;
  readonly step: number;
  readonly attempt: number;
}

export interface NewExecution {
  readonly name: string;
  readonly flowId: string;
  readonly versionId: string;
  readonly startedAt: number;
  readonly parent?: ParentStep;
}

/** An execution as its row says. */
export interface StoredExecution {
  readonly executionId: string;
  readonly flowId: string;
  readonly versionId: string;
  readonly status: ExecutionStatus;
  readonly wakeAt: number | null;
  readonly redrives: number;
  readonly parent?: ParentStep;
}

/** What a commit that was written came to. */
export interface Committed {
  /** New executions whose name their flow already has: of these turns nothing was written. */
  readonly duplicates: readonly string[];
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
  /** Events with an id above `after`, in order, at most `limit`. */
  read(executionId: string, after: number, limit: number): Promise<readonly Event[]>;
  /** Whole histories, a page at a time; the events of one execution come in order. */
  histories(
    executionIds: readonly string[],
  ): AsyncIterable<{ readonly executionId: string; readonly events: readonly Event[] }>;
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
  children(parent: ParentStep): Promise<readonly StoredExecution[]>;
  /** Ended children whose parents still run: one of them may not have been told. By id above `after`, at most `limit`. */
  endedChildren(after: string | null, limit: number): Promise<readonly StoredExecution[]>;
  /** Running children whose parents have ended. */
  orphans(): Promise<readonly StoredExecution[]>;
  /** Gives up the ownership and closes the connections. */
  close(): Promise<void>;
}

/** The definitions that executions run. */
export interface Versions {
  definition(versionId: string): Promise<Definition>;
}

/** A line that a task said while it ran. Not part of the history: losing the last ones in a crash is allowed. */
export interface LogLine {
  readonly step: number;
  readonly attempt: number;
  readonly at: number;
  readonly level: 'debug' | 'info' | 'warn' | 'error';
  readonly text: string;
}

/** A line as it was stored; ids grow per execution. */
export interface StoredLogLine extends LogLine {
  readonly id: number;
}

export interface Logs {
  /** Takes lines to be written soon; drops some, and says so in their place, when there are more than can be written. */
  write(executionId: string, lines: readonly LogLine[]): void;
  /** Calls the listener with lines once they are stored. One listener: the runner. */
  onStored(listener: (executionId: string, lines: readonly StoredLogLine[]) => void): void;
  /** Writes what is left. */
  close(): Promise<void>;
}

/** One call of a task, as its kind sees it. */
export interface TaskCall {
  readonly executionId: string;
  readonly executionName: string;
  readonly flowId: string;
  readonly state: string;
  readonly step: number;
  readonly attempt: number;
  /** Stable over crashes and over repeated deliveries of this attempt; changes with the attempt. */
  readonly idempotencyKey: string;
  /** Already parsed with the kind's own schema. */
  readonly parameters: unknown;
  /** Set where the step ends by a callback. */
  readonly token?: string;
  /** Aborted when the answer is no longer wanted. */
  readonly signal: AbortSignal;
  readonly log: (level: LogLine['level'], text: string) => void;
}

/** How a task ended. `pending`: it was handed over, and a callback or a child execution will tell the rest. */
export type TaskResult =
  | { readonly kind: 'succeeded'; readonly output: Json }
  | { readonly kind: 'failed'; readonly error: string; readonly cause: string }
  | { readonly kind: 'pending'; readonly output?: Json };

/** Something a Task state can call; one file in lib/tasks, one entry in its registry. */
export interface TaskKind {
  /** The Task state's Resource: `millrace:http`. */
  readonly resource: string;
  /** Other resources that mean the same, such as AWS's `arn:aws:states:::http:invoke`. */
  readonly aliases?: readonly string[];
  /** Never throws for what the outside does: that is a failed result. A throw is a defect and fails the step. */
  readonly call: (call: TaskCall) => Promise<TaskResult>;
  /** Turns the state's evaluated parameters into `TaskCall.parameters`, or says what is wrong with them. */
  readonly parse: (parameters: Json) => { ok: true; value: unknown } | { ok: false; problem: string };
}

export interface StartRequest {
  readonly versionId: string;
  readonly flowId: string;
  readonly flowName: string;
  readonly version: number;
  /** Unique per flow; made up where it is absent. */
  readonly name?: string;
  readonly input: Json;
  readonly parent?: ParentStep;
  readonly options?: Options;
}

/** The name belongs to an execution of the flow that was started with another input or version. */
export class DuplicateExecution extends Error {
  override readonly name = 'DuplicateExecution';
  readonly executionId: string;

  constructor(executionName: string, executionId: string) {
    super(
      `The flow already has an execution named "${executionName}" that was started differently; choose another name.`,
    );
    this.executionId = executionId;
  }
}

/** Inside the runner: the name was taken between the look and the commit. */
export class NameTaken extends Error {}

/**
 * The engine cannot record anything now (the database is away, or it is starting). What was asked for may have been recorded
 * or not where it was asked before the connection was lost; asking again does no harm.
 */
export class EngineUnavailable extends Error {
  override readonly name = 'EngineUnavailable';
}

/**
 * Starts an execution for a step of another one. Whoever knows the flows implements it on top of `Runner.start`, which
 * tells the parent's step when the child has ended (taskSucceeded with the child's output, or taskFailed) and stops the
 * child when the parent's step is cancelled.
 */
export interface Children {
  start(request: ChildRequest): Promise<ChildStarted>;
}

export interface ChildRequest {
  /** Name or id of the flow. */
  readonly flow: string;
  /** The newest one where it is absent. */
  readonly version?: number;
  /** Unique per flow. The same name, input and parent again is the same execution. */
  readonly name: string;
  readonly input: Json;
  /** The step that waits for the child; absent where nobody waits. */
  readonly parent?: ParentStep;
}

export type ChildStarted =
  | { readonly ok: true; readonly executionId: string; readonly name: string; readonly version: number }
  /** `error` is the step's error name, such as `StateMachineDoesNotExist`. */
  | { readonly ok: false; readonly error: string; readonly cause: string };

/** What a command to an execution came to. `reason` says why nothing was changed; `unknown`: there is no such execution. */
export type Delivered =
  | { readonly ok: true; readonly lastEvent: number }
  | { readonly ok: false; readonly reason: string; readonly unknown?: true };

/** Something new in an execution, told after its commit. */
export type Announcement =
  | {
      readonly type: 'events';
      readonly executionId: string;
      readonly events: readonly Event[];
      readonly status: ExecutionStatus;
    }
  | { readonly type: 'logs'; readonly executionId: string; readonly lines: readonly StoredLogLine[] };

/** How the engine is; `since` in milliseconds since 1970. */
export type Health =
  | { readonly state: 'ok' }
  /** Recovery is under way. */
  | { readonly state: 'starting'; readonly since: number }
  /** The database is away or refuses to write; everything waits and goes on by itself. */
  | { readonly state: 'waitingForDatabase'; readonly since: number; readonly reason: string }
  /** Another process runs the executions of this database. */
  | { readonly state: 'waitingForOwner'; readonly since: number; readonly reason: string }
  | { readonly state: 'closed' };

/** What a runner needs from the world. */
export interface RunnerPorts {
  readonly journal: Journal;
  readonly versions: Versions;
  readonly tasks: { find(resource: string): TaskKind | undefined };
  readonly logs: Logs;
  /** Told of defects of ours; the execution that one concerns stands still until the next start. */
  readonly onDefect: (executionId: string, defect: Error) => void;
}

/** The running engine, as the rest of the server sees it. */
export interface Runner {
  /** True once recovery is done and executions can be started. */
  ready(): boolean;
  health(): Health;
  /**
   * Resolves after the first commit: from then on the execution cannot be lost. Same name and input again: the same execution.
   * Rejects with DuplicateExecution or EngineUnavailable.
   */
  start(request: StartRequest): Promise<{ executionId: string; existed: boolean }>;
  /** Hands an arrival to its execution; resolves after the commit of what it caused. Rejects with EngineUnavailable. */
  deliver(executionId: string, news: News): Promise<Delivered>;
  /** Completes, fails or prolongs the step that holds the token. */
  callback(token: string, outcome: CallbackOutcome): Promise<Delivered>;
  /** Calls the listener for each commit of one execution (or of all, for `'*'`) until the returned function is called. */
  subscribe(executionId: string, listener: (announcement: Announcement) => void): () => void;
  /** Resolves when the execution has ended. */
  ended(executionId: string, signal?: AbortSignal): Promise<ExecutionStatus>;
  /** Stops taking work, waits for the commit in flight, and lets tasks in flight be repeated by the next start. */
  close(): Promise<void>;
}

export type CallbackOutcome =
  | { readonly type: 'success'; readonly output: Json }
  | { readonly type: 'failure'; readonly error?: string; readonly cause?: string }
  | { readonly type: 'heartbeat' };
