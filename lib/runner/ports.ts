import type { News } from '@/lib/engine/arrival';
import type { MapResult } from '@/lib/engine/command';
import type { Event, Operator, Options, Parent } from '@/lib/engine/event';
import type { Execution } from '@/lib/engine/execution';
import type { Plan } from '@/lib/engine/plan';
import type { Json, JsonObject } from '@/lib/expression/json';
import type { Definition } from '@/lib/flow/model';
import type { Journal } from './journal-port';
import type { FlowLimit } from './rooms';
import type { TaskLimit } from './turns';

/**
 * What the loop around the engine needs from the world, and what it gives. lib/store and lib/tasks implement it; tests may do so
 * too. The journal's own contract is in journal-port.ts.
 */

export type ExecutionStatus = Execution['status'];

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
  /** How urgent the execution is; 0 is usual. */
  readonly priority: number;
  /** False in an express execution: the call must come to a result, `pending` fails it. */
  readonly mayWait: boolean;
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

/** What an ItemReader reads and a ResultWriter writes; a rejection fails the Map with its message as cause. */
export interface MapStorage {
  /** The page that begins at `from` (the first where it is absent); `next` says where the following one begins. */
  read(job: {
    /** The run of the Map: stable over crashes, another one with another attempt. */
    readonly run: string;
    readonly resource: string;
    readonly parameters: Json;
    readonly config: JsonObject;
    readonly from?: string;
  }): Promise<{ readonly items: readonly Json[]; readonly next?: string }>;
  /**
   * Writes a part of the results; a part that is written again (after a crash, or a retry) takes the place of the first. Resolves with
   * what the last call is to be told of it in `parts`; the last call resolves with what becomes the Map's result.
   */
  write(job: {
    readonly run: string;
    readonly resource: string;
    readonly parameters: Json;
    readonly config: JsonObject;
    /** 0, 1, … */
    readonly part: number;
    readonly last: boolean;
    readonly parts: readonly Json[];
    readonly results: readonly MapResult[];
  }): Promise<Json>;
}

/** What may run at once, as it is set now. */
export interface Limits {
  read(): Promise<{ readonly flows: readonly FlowLimit[]; readonly tasks: readonly TaskLimit[] }>;
}

export interface StartRequest {
  readonly versionId: string;
  readonly flowId: string;
  readonly flowName: string;
  readonly version: number;
  /** Unique per flow; made up where it is absent. */
  readonly name?: string;
  readonly input: Json;
  readonly parent?: Parent;
  readonly options?: Options;
  /** The alias that the version was drawn for. */
  readonly alias?: string;
  /** The state of the flow that this was decided on: where it is another one by then, nothing is started (NotCreated). */
  readonly asOf?: string;
}

/** What has come of a start. */
export interface Started {
  readonly executionId: string;
  /** The same start had been asked for before. */
  readonly existed: boolean;
  /** Of one that is new and has not ended with its first commit. `startedAt` in milliseconds since 1970. */
  readonly begun?: {
    readonly name: string;
    readonly startedAt: number;
    readonly queued: boolean;
    readonly priority: number;
  };
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

/** Nothing was written of a start: its flow has changed since it was decided on, or the name was taken at the same time. */
export class NotCreated extends Error {
  override readonly name = 'NotCreated';

  constructor() {
    super('The flow was changed while the execution was started. Try again.');
  }
}

/**
 * The engine cannot record anything now (the database is away, or it is starting). What was asked for may have been recorded
 * or not where it was asked before the connection was lost; asking again does no harm.
 */
export class EngineUnavailable extends Error {
  override readonly name = 'EngineUnavailable';
}

/**
 * What a command to an execution came to. `reason` says why nothing was changed; `unknown`: there is no such execution; `stale`:
 * the plan that it follows was made before the execution went on.
 */
export type Delivered =
  | { readonly ok: true; readonly lastEvent: number }
  | { readonly ok: false; readonly reason: string; readonly unknown?: true; readonly stale?: true };

/** What an operator may do to an execution that has gone wrong. */
export type Repair =
  /** One failed or parked step is tried again, with its own or an edited input. */
  | { readonly type: 'retry'; readonly step: number; readonly input?: Json }
  /** Everything that has failed is tried again; with another version of the flow, where one is named. */
  | {
      readonly type: 'redrive';
      readonly replacement?: { readonly version: number; readonly versionId: string };
    }
  /** What was reached at a step and after it is undone, and its state is entered anew. */
  | { readonly type: 'restart'; readonly step: number; readonly input?: Json }
  /** A failed or parked step counts as done, with this output. */
  | { readonly type: 'skip'; readonly step: number; readonly output: Json }
  /** A parked step fails for good. */
  | { readonly type: 'fail'; readonly step: number };

/** Who repairs, why, and by which plan: the repair is refused where the execution has gone on since that was made. */
export interface RepairOrder extends Operator {
  readonly lastEvent?: number;
}

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
  /** What distributed Maps read from and write to; without it they fail. */
  readonly mapStorage?: MapStorage;
  /** Without it nothing is limited. */
  readonly limits?: Limits;
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
  start(request: StartRequest): Promise<Started>;
  /** Hands an arrival to its execution; resolves after the commit of what it caused. Rejects with EngineUnavailable. */
  deliver(executionId: string, news: News): Promise<Delivered>;
  /** What a repair would come to; undefined where there is no such execution. Rejects with EngineUnavailable. */
  plan(executionId: string, repair: Repair): Promise<Plan | undefined>;
  /** Does it; resolves after the commit of what it caused. Rejects with EngineUnavailable. */
  repair(executionId: string, repair: Repair, order: RepairOrder): Promise<Delivered>;
  /** Completes, fails or prolongs the step that holds the token. */
  callback(token: string, outcome: CallbackOutcome): Promise<Delivered>;
  /** Limits were changed: reads them again and lets go what may go now. Rejects with EngineUnavailable. */
  limitsChanged(): Promise<void>;
  /**
   * Deletes executions that have ended, with their histories; one that runs, or whose parent runs, is left. Returns the deleted
   * ones. Rejects with EngineUnavailable.
   */
  remove(executionIds: readonly string[]): Promise<readonly string[]>;
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
