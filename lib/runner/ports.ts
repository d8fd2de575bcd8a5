import type { Json } from '@/lib/expression/json';
import type { News } from '@/lib/engine/arrival';
import type { Event } from '@/lib/engine/event';
import type { Definition } from '@/lib/flow/model';

/** What the loop around the engine needs from the world. lib/store and lib/tasks implement it; tests may do so too. */

export type ExecutionStatus = 'running' | 'succeeded' | 'failed' | 'timedOut' | 'stopped';

/** What one execution produced in one go; committed whole or not at all. */
export interface Turn {
  readonly executionId: string;
  /** In order; the first id is one more than the last one committed. */
  readonly events: readonly Event[];
  readonly status: ExecutionStatus;
  /** Milliseconds since 1970: the earliest timer, so that a sleeping execution can leave memory; null for none. */
  readonly wakeAt: number | null;
  /** Present with the first turn only: the row to create. */
  readonly created?: NewExecution;
}

export interface NewExecution {
  readonly name: string;
  readonly flowId: string;
  readonly versionId: string;
  readonly input: Json;
  readonly startedAt: number;
  readonly parent?: { readonly executionId: string; readonly step: number; readonly attempt: number };
}

/** The append-only histories. One writer per process; `commit` is one transaction, synchronous and durable. */
export interface Journal {
  /** Rejects, and has written nothing, when any part cannot be written. A duplicate execution name is a `DuplicateExecution`. */
  commit(turns: readonly Turn[]): Promise<void>;
  /** Events with an id above `after`, in order, at most `limit`. */
  read(executionId: string, after: number, limit: number): Promise<readonly Event[]>;
  /** Executions that are not ended, with the time of their next timer; for recovery, a page at a time. */
  running(after: string | null, limit: number): Promise<readonly { executionId: string; versionId: string; wakeAt: number | null }[]>;
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

export interface Logs {
  write(executionId: string, lines: readonly LogLine[]): void;
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
  readonly parent?: { readonly executionId: string; readonly step: number; readonly attempt: number };
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
  readonly parent?: { readonly executionId: string; readonly step: number; readonly attempt: number };
}

export type ChildStarted =
  | { readonly ok: true; readonly executionId: string; readonly name: string; readonly version: number }
  /** `error` is the step's error name, such as `StateMachineDoesNotExist`. */
  | { readonly ok: false; readonly error: string; readonly cause: string };

/** What a command to an execution came to. `refused` says why nothing was changed. */
export type Delivered = { readonly ok: true; readonly lastEvent: number } | { readonly ok: false; readonly reason: string };

/** Something new in an execution, told after its commit. */
export type Announcement =
  | { readonly type: 'events'; readonly executionId: string; readonly events: readonly Event[]; readonly status: ExecutionStatus }
  | { readonly type: 'logs'; readonly executionId: string; readonly lines: readonly LogLine[] };

/** The running engine, as the rest of the server sees it. */
export interface Runner {
  /** True once recovery is done and executions can be started. */
  ready(): boolean;
  /** Resolves after the first commit: from then on the execution cannot be lost. Same name and input again: the same execution. */
  start(request: StartRequest): Promise<{ executionId: string; existed: boolean }>;
  /** Hands an arrival to its execution; resolves after the commit of what it caused. `at` is set by the runner. */
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
