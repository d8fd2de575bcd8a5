import type { Json, JsonObject } from '@/lib/expression/json';

/**
 * What the shell must now do, after the events that came with it are committed. Each id is unique in its execution and
 * stable over crashes, so performing a command twice is harmless or detected (E5). A task's idempotency key is
 * `executionId/step/attempt`.
 */
export type Command =
  | {
      readonly type: 'callTask';
      /** `task:STEP.ATTEMPT` */
      readonly id: string;
      readonly step: number;
      readonly attempt: number;
      readonly state: string;
      readonly resource: string;
      readonly parameters: Json;
      /** The task ends by a callback with this token rather than by its own answer. */
      readonly token?: string;
      /** The task waits for its turn: deliver `taskStarted` when it has come, and only then call it. */
      readonly queued?: true;
    }
  /** The answer of the task is no longer wanted: abort the request, kill the function, stop the child. */
  | { readonly type: 'cancelTask'; readonly id: string; readonly step: number; readonly attempt: number }
  /** Read the items of a distributed Map and deliver `itemsRead`, a page at a time, or `mapTaskFailed`. */
  | {
      readonly type: 'readItems';
      /** `read:STEP.ATTEMPT.PAGE` */
      readonly id: string;
      readonly step: number;
      readonly attempt: number;
      readonly resource: string;
      readonly parameters: Json;
      /** The evaluated ReaderConfig: InputType, CSVHeaderLocation, MaxItems, … */
      readonly config: JsonObject;
      /** Where the last page ended; absent for the first. */
      readonly from?: string;
    }
  /** Write the results of a distributed Map and deliver `resultsWritten` or `mapTaskFailed`. */
  | {
      readonly type: 'writeResults';
      /** `write:STEP.ATTEMPT.PART` */
      readonly id: string;
      readonly step: number;
      readonly attempt: number;
      readonly resource: string;
      readonly parameters: Json;
      readonly config: JsonObject;
      /** 0, 1, … */
      readonly part: number;
      /** All items are done; their failures come in this part. */
      readonly last: boolean;
      /** What `resultsWritten` said of the parts before; with the last part only. */
      readonly parts: readonly Json[];
      readonly results: readonly MapResult[];
    }
  /** Deliver `{ type: 'timer', timer: id }` once `at` has come. Setting the same id again moves it. */
  | { readonly type: 'setTimer'; readonly id: string; readonly at: number }
  | { readonly type: 'cancelTimer'; readonly id: string }
  /** Deliver `begin` once the flow has room for another execution. */
  | { readonly type: 'awaitRoom'; readonly id: 'room' }
  /** The turn was cut short to let others run: deliver `{ type: 'timer', timer: id }` at once, after the commit. */
  | { readonly type: 'continue'; readonly id: string };

/** How one item (or batch) of a distributed Map ended. */
export type MapResult =
  | { readonly status: 'SUCCEEDED'; readonly input: Json; readonly output: Json }
  | { readonly status: 'FAILED'; readonly input: Json; readonly error?: string; readonly cause?: string };
