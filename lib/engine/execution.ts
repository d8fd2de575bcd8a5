import type { Json, JsonObject } from '@/lib/expression/json';
import type { StateType } from '@/lib/flow/model';
import type { MapResult } from './command';
import type { Batching, Failure, Happening, MapTask } from './event';

export type ExecutionStatus = 'running' | 'succeeded' | 'failed' | 'timedOut' | 'stopped';

/**
 * One execution as its events made it. Only `apply` writes to it, in place; `advance` owns the execution it was given, and the
 * caller goes on with the one that comes back. The first five fields are for everybody, the rest is the engine's own.
 */
export interface Execution {
  readonly id: string;
  status: ExecutionStatus;
  /** Id of the newest event. */
  lastEvent: number;
  /** Once it has succeeded. */
  output?: Json;
  /** Once it has failed, timed out or was stopped. */
  failure?: Failure;

  /** The ExecutionStarted event: input, seed, names, options. */
  readonly start: Extract<Happening, { type: 'ExecutionStarted' }>;
  readonly startedAt: number;
  /** The version of the flow that it runs now. */
  version: number;
  paused: boolean;
  /** It waits for its flow to have room, and begins nothing before. */
  queued: boolean;
  redrives: number;
  redrivenAt: number | null;
  /** Events so far that AWS' history of this execution would not show: its numbers are ours less these. */
  quiet: number;
  /** Steps that are not finished, by id; failed and aborted ones stay for repair. */
  readonly steps: Map<number, Step>;
  readonly top: Scope;
  readonly timers: Timers;
}

/** A machine in progress: the whole, a branch, or an iteration. */
export interface Scope {
  /** Step id of the Parallel or Map it belongs to; 0 at the top. */
  readonly parent: number;
  readonly index: number;
  /** Key of its machine in the program. */
  readonly machine: string;
  /** What it began with. */
  readonly input: Json;
  variables: JsonObject;
  /** The step it is at; 0 between two steps. */
  step: number;
  /** The state to enter next. */
  next: Next | null;
  /** `stalled`: the step it is at has failed or was given up. */
  status: 'running' | 'stalled';
  /** An item of a distributed Map: it sees no variables from outside. */
  readonly isolated: boolean;
  /** Anywhere inside a distributed Map, whose children have histories of their own in AWS. */
  readonly hidden: boolean;
  /** The item of a distributed Map, which keeps no items that were begun. */
  readonly item?: Json;
}

export interface Next {
  readonly state: string;
  readonly input: Json;
  /** The event that leads there. */
  readonly previous: number;
}

/**
 * `ready` to be run (again) · `working`: its task is called · `waiting` for a time · `retrying`: for the next attempt's time ·
 * `inside`: its branches or iterations run · `failed` for good · `aborted` because of another · `parked` for an operator.
 */
type StepStatus = 'ready' | 'working' | 'waiting' | 'retrying' | 'inside' | 'failed' | 'aborted' | 'parked';

export interface Step {
  readonly id: number;
  readonly state: string;
  readonly type: StateType;
  /** Where its scope is. */
  readonly parent: number;
  readonly index: number;
  readonly hidden: boolean;
  input: Json;
  readonly enteredAt: number;
  /** The event that led here. */
  readonly previous: number;
  /** Its id as AWS would number it. */
  readonly number: number;
  status: StepStatus;
  /** Newest event of this step. */
  last: number;
  /** How often it was begun: task calls, or starts of its branches or items. */
  attempt: number;
  /** How often each entry of Retry was used. */
  retries: number[];
  /** Wait: when it goes on. */
  until: number | null;
  task: Calling | null;
  container: Container | null;
  failure: Failure | null;
}

/** A task that was called and has not answered. */
interface Calling {
  readonly resource: string;
  readonly parameters: Json;
  readonly token: string | null;
  readonly timeoutSeconds: number | null;
  readonly heartbeatSeconds: number | null;
  /** It waits for its turn and was not called yet. */
  queued: boolean;
  submitted: boolean;
}

/** The branches of a Parallel or the iterations of a Map. */
export interface Container {
  /** How many branches there are; 0 for a Map. */
  readonly length: number;
  /** Those in progress, or stalled. */
  readonly scopes: Map<number, Scope>;
  /** Outputs of those that are done; null for the others. */
  readonly outputs: Json[];
  /** The next one to be started. */
  started: number;
  /** Scopes that are not stalled. */
  running: number;
  done: number;
  /** Event that the next iteration follows from. */
  last: number;
  readonly map: MapProgress | null;
}

export interface MapProgress {
  /** The items from `first` on: a distributed Map drops those that were begun. */
  readonly items: Json[];
  /** How many items were dropped. */
  first: number;
  readonly keys: readonly string[] | null;
  readonly concurrency: number;
  /** How many of the items belong to iterations that were started. */
  taken: number;
  run: MapRun | null;
}

/** What only a distributed Map has. */
export interface MapRun {
  readonly toleratedCount: number | null;
  readonly toleratedPercentage: number | null;
  readonly reader: MapTask | null;
  readonly writer: MapTask | null;
  readonly batch: Batching | null;
  /** The next page to be read, asked for once few items are left; null when all is read. */
  reading: { page: number; from: string | null; asked: boolean } | null;
  /** What the ResultWriter is writing. */
  writing: { readonly part: number; readonly last: boolean; readonly results: readonly MapResult[] } | null;
  /** Successes that a ResultWriter is still to write. */
  results: MapResult[];
  /** What the ResultWriter said of each part that it has written. */
  readonly parts: Json[];
  /** Bytes of the outputs that are kept, as there is no ResultWriter. */
  kept: number;
  /** Items (or batches) that have failed, by index. */
  readonly failures: Map<number, Failure>;
  written: Json | null;
}

/** When which timer is due, and a heap over them whose top is always one that is still set. */
export interface Timers {
  readonly due: Map<string, number>;
  readonly heap: { at: number; id: string }[];
}
