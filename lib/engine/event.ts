// biome-ignore-all lint/style/noExcessiveLinesPerFile: the union of all events is one list, which must be read as one
import type { Json, JsonObject } from '@/lib/expression/json';
import type { StateType } from '@/lib/flow/model';

/**
 * The history of an execution is events and nothing else: an arrival that was accepted, or what was concluded from it.
 * Names and order follow AWS Step Functions' history where it has them; what it has no name for is ours and says so.
 * A **step** is one visit to a state; its id is the id of its StateEntered event. Steps of branches and iterations
 * name their `parent` step and their `index` in it.
 */
export type Event = EventHead & Happening;

interface EventHead {
  /** 1, 2, 3 … without gaps, per execution. */
  readonly id: number;
  /** The event that led to this one (0 for the first); not always the one before it. */
  readonly previous: number;
  /** Milliseconds since 1970, UTC. */
  readonly at: number;
}

export interface Failure {
  readonly error?: string;
  readonly cause?: string;
}

/** A retry that the language granted: the attempt that failed is followed by another at `at`. */
export interface Retrying {
  /** Milliseconds since 1970: when the next attempt begins. */
  readonly at: number;
  /** Which entry of `Retry` granted it. */
  readonly retrier: number;
}

/** How an execution is run, settled when it starts and kept in its history. */
export interface Options {
  /** What a step does that has failed for good: `fail` (default) fails what is around it, `park` waits for an operator. */
  readonly onFailure?: 'fail' | 'park';
  /** Greatest size of an input, output or result, in bytes of UTF-8 JSON text; 262,144 unless set. */
  readonly payloadLimit?: number;
  /** The execution fails when its history has so many events; no limit unless set (AWS: 25,000). */
  readonly historyLimit?: number;
  /** Which waiting executions and tasks begin first: the higher, the sooner; 0 unless set. */
  readonly priority?: number;
  /** `express`: the whole run is in memory and committed when it ends; it may take five minutes. */
  readonly profile?: 'express';
  /** Express: which share of the executions that succeed keep their whole history, 0 to 1; all unless set. */
  readonly historyShare?: number;
}

/** The execution is to wait until its flow has room for another one: `begin` lets it go on. */
interface Queueing {
  readonly queued?: true;
}

/** What the context object (`$$`) calls things; each is our own id or name unless given. */
export interface Identity {
  readonly executionId?: string;
  readonly stateMachineId?: string;
  readonly stateMachineName?: string;
  readonly roleArn?: string;
}

/** The step of another execution that started this one. */
export interface Parent {
  readonly executionId: string;
  readonly step: number;
  readonly attempt: number;
  /** It is told of the whole execution as AWS describes one, with the output as JSON or as text, instead of the bare output. */
  readonly told?: 'json' | 'text';
}

/** What an ItemReader or ResultWriter is asked to do, evaluated. */
export interface MapTask {
  readonly resource: string;
  readonly parameters: Json;
  readonly config: JsonObject;
}

/** How items are put together into batches, evaluated. */
export interface Batching {
  readonly maxItems?: number;
  readonly maxBytes?: number;
  readonly input?: Json;
}

/** Who asked for a change by hand, and why. */
export interface Operator {
  readonly by?: string;
  readonly why?: string;
}

export type Happening =
  | ({
      readonly type: 'ExecutionStarted';
      readonly input: Json;
      /** What all randomness of the execution is drawn from (UUIDs, jitter, task tokens). Secret: never shown. */
      readonly seed: string;
      readonly executionName: string;
      readonly flowId: string;
      readonly flowName: string;
      readonly version: number;
      readonly executionId: string;
      readonly parent?: Parent;
      readonly options?: Options;
      readonly identity?: Identity;
      /** Milliseconds since 1970, where the definition has TimeoutSeconds; of one that waits to begin, moved when it does. */
      readonly timeoutAt?: number;
      /** The alias it was started by; which version that stood for was drawn then. */
      readonly alias?: string;
    } & Queueing)
  | {
      readonly type: 'ExecutionSucceeded';
      readonly output: Json;
      /** Express: how many events lie between the start and this one that were not kept. */
      readonly omitted?: number;
    }
  | ({ readonly type: 'ExecutionFailed' } & Failure)
  | ({ readonly type: 'ExecutionTimedOut' } & Failure)
  | ({ readonly type: 'ExecutionAborted' } & Failure & Operator)
  | {
      readonly type: 'StateEntered';
      readonly state: string;
      readonly stateType: StateType;
      readonly input: Json;
      /** The Parallel or Map step that this step is inside of, and which branch or iteration; absent at top level. */
      readonly parent?: number;
      readonly index?: number;
      /** Wait states: when the step goes on, milliseconds since 1970. */
      readonly until?: number;
    }
  | {
      readonly type: 'StateExited';
      readonly step: number;
      readonly state: string;
      readonly stateType: StateType;
      readonly output: Json;
      readonly assigned?: JsonObject;
      /** Where the flow goes on; absent where the machine ends. */
      readonly next?: string;
      /** The step had failed and a Catcher took over. */
      readonly caught?: Failure;
    }
  | {
      readonly type: 'TaskScheduled';
      readonly step: number;
      /** 1 for the first try. */
      readonly attempt: number;
      readonly resource: string;
      readonly parameters: Json;
      /** Milliseconds since 1970, where the state has TimeoutSeconds. */
      readonly timeoutAt?: number;
      readonly timeoutSeconds?: number;
      readonly heartbeatSeconds?: number;
      /** Evaluated Credentials, where the state has them. */
      readonly credentials?: JsonObject;
      /** The handle for a callback, where the task waits for one. Shown only to who may complete it. */
      readonly token?: string;
      /** Calls of this kind are limited: the task waits for its turn, and its time counts from `TaskStarted`. */
      readonly queued?: true;
    }
  | {
      readonly type: 'TaskStarted';
      readonly step: number;
      readonly attempt: number;
      /** Of a task that had waited for its turn, where the state has TimeoutSeconds. */
      readonly timeoutAt?: number;
    }
  /** The task was handed over and now waits for its callback. */
  | { readonly type: 'TaskSubmitted'; readonly step: number; readonly attempt: number; readonly output: Json }
  | { readonly type: 'TaskHeartbeat'; readonly step: number; readonly attempt: number }
  | { readonly type: 'TaskSucceeded'; readonly step: number; readonly attempt: number; readonly output: Json }
  | ({
      readonly type: 'TaskFailed';
      readonly step: number;
      readonly attempt: number;
      readonly retry?: Retrying;
    } & Failure)
  | ({
      readonly type: 'TaskTimedOut';
      readonly step: number;
      readonly attempt: number;
      readonly retry?: Retrying;
    } & Failure)
  | ({
      readonly type: 'EvaluationFailed';
      readonly step: number;
      readonly location?: string;
      readonly retry?: Retrying;
    } & Failure)
  | {
      readonly type: 'ParallelStateStarted';
      readonly step: number;
      /** What each branch begins with, where it is not the step's own input. */
      readonly input?: Json;
    }
  | { readonly type: 'ParallelStateSucceeded'; readonly step: number }
  | ({
      readonly type: 'ParallelStateFailed';
      readonly step: number;
      /** The branch whose failure it is. */
      readonly branch: number;
      readonly retry?: Retrying;
    } & Failure)
  | {
      readonly type: 'MapStateStarted';
      readonly step: number;
      /** How many items; 0 where an ItemReader will tell. */
      readonly length: number;
      readonly concurrency: number;
      /** The items are at this path of the step's input; or, where they were computed, in `items`. */
      readonly itemsPath?: string;
      readonly items?: readonly Json[];
      /** The items' keys, where the Map iterates over an object. */
      readonly keys?: readonly string[];
    }
  | {
      readonly type: 'MapIterationStarted';
      readonly step: number;
      readonly index: number;
      /** What the iteration begins with, where it is not the item itself. */
      readonly input?: Json;
      /** How many items the iteration takes, where they are batched; else one. */
      readonly items?: number;
    }
  | { readonly type: 'MapIterationSucceeded'; readonly step: number; readonly index: number }
  | ({
      readonly type: 'MapIterationFailed';
      readonly step: number;
      readonly index: number;
      readonly retry?: Retrying;
    } & Failure)
  | { readonly type: 'MapIterationAborted'; readonly step: number; readonly index: number }
  | { readonly type: 'MapStateSucceeded'; readonly step: number }
  | ({ readonly type: 'MapStateFailed'; readonly step: number; readonly retry?: Retrying } & Failure)
  | {
      readonly type: 'MapRunStarted';
      readonly step: number;
      /** What is tolerated before the run fails. */
      readonly toleratedCount?: number;
      readonly toleratedPercentage?: number;
      readonly reader?: MapTask;
      readonly writer?: MapTask;
      readonly batch?: Batching;
    }
  | { readonly type: 'MapRunSucceeded'; readonly step: number }
  | ({ readonly type: 'MapRunFailed'; readonly step: number; readonly retry?: Retrying } & Failure)
  /** The step was given up because something around it failed, was caught, or was stopped. */
  | {
      readonly type: 'StateAborted';
      readonly step: number;
      readonly state: string;
      readonly stateType: StateType;
    }
  // ---- ours: what a distributed Map read and wrote ----
  | {
      readonly type: 'MapItemsRead';
      readonly step: number;
      readonly items: readonly Json[];
      /** Where the next page begins; absent after the last one. */
      readonly next?: string;
    }
  /** Results are being written: those of the items that were done since the part before. */
  | {
      readonly type: 'MapResultsScheduled';
      readonly step: number;
      /** 0 where it is absent. */
      readonly part?: number;
      /** Others follow. The last part, with the failures, is written when all items are done. */
      readonly more?: true;
    }
  | { readonly type: 'MapResultsWritten'; readonly step: number; readonly output: Json }
  // ---- ours: what a person did, and what waits for one ----
  /** The failed execution goes on: the steps named are tried again, everything that succeeded is kept. */
  | ({ readonly type: 'ExecutionRedriven'; readonly steps: readonly number[] } & Queueing & Operator)
  /** One failed or parked step is tried again by hand, with its own or an edited input. */
  | ({
      readonly type: 'StepRetried';
      readonly step: number;
      readonly input?: Json;
      /** The input that the edited one replaces. */
      readonly before?: Json;
      /** Steps that had been given up because of this one's failure and go on with it. */
      readonly resumed?: readonly number[];
    } & Queueing &
      Operator)
  | ({
      readonly type: 'StepSkipped';
      readonly step: number;
      readonly output: Json;
      readonly resumed?: readonly number[];
    } & Queueing &
      Operator)
  /** What was reached at a step and after it is undone, and its state is entered anew. */
  | ({
      readonly type: 'StepRestarted';
      /** The visit that is taken back; the new one is another step. */
      readonly step: number;
      readonly state: string;
      readonly input: Json;
      /** The input that the step had, where it is an edited one now. */
      readonly before?: Json;
      /** The machines that are put back to an earlier point, as `restored.ts` writes them. */
      readonly restored: Json;
      /** Steps that had been given up and go on with it. */
      readonly resumed?: readonly number[];
    } & Queueing &
      Operator)
  /** From here on the execution runs another version of its flow. */
  | ({
      readonly type: 'DefinitionReplaced';
      readonly version: number;
      readonly versionId: string;
      /** The version that it ran before. */
      readonly before: number;
    } & Operator)
  /** An operator let a parked step fail: what is around it takes over. */
  | ({ readonly type: 'StepFailed'; readonly step: number } & Operator)
  /** The step has failed for good and waits for an operator (`onFailure: park`). */
  | ({ readonly type: 'StepParked'; readonly step: number } & Failure)
  // ---- ours: what waits for its turn ----
  /** An execution that had waited for its flow to have room begins. */
  | { readonly type: 'ExecutionBegun' }
  | ({ readonly type: 'ExecutionPaused' } & Operator)
  | ({ readonly type: 'ExecutionResumed' } & Operator);

export type EventType = Happening['type'];
