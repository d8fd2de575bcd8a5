import type { Json } from '@/lib/expression/json';
import type { Identity, Operator, Options, Parent } from './event';
import type { Program } from './program';
import type { Reached } from './reached';

/**
 * What the world says to an execution. `at` is the only clock the engine has (milliseconds since 1970). An arrival that
 * is not awaited (late, double, out of place) changes nothing (E3).
 */
export type Arrival = ArrivalHead & News;

interface ArrivalHead {
  readonly at: number;
  /** Resources whose calls are limited: a task of them waits for its turn, which `taskStarted` brings. */
  readonly limited?: ReadonlySet<string>;
  /** The flow has no room: an execution that would begin to run with this arrival waits for `begin`. */
  readonly full?: boolean;
}

export type News =
  | {
      readonly type: 'start';
      readonly executionId: string;
      readonly executionName: string;
      readonly flowId: string;
      readonly flowName: string;
      readonly version: number;
      readonly input: Json;
      readonly seed: string;
      readonly parent?: Parent;
      readonly options?: Options;
      readonly identity?: Identity;
      readonly alias?: string;
    }
  /** The flow has room: an execution that waits for that begins. */
  | { readonly type: 'begin' }
  /** The turn of a task has come that waited for it. */
  | { readonly type: 'taskStarted'; readonly step: number; readonly attempt: number }
  | { readonly type: 'taskSucceeded'; readonly step: number; readonly attempt: number; readonly output: Json }
  | {
      readonly type: 'taskFailed';
      readonly step: number;
      readonly attempt: number;
      readonly error?: string;
      readonly cause?: string;
    }
  /** The call was accepted and the step now waits for its callback. */
  | { readonly type: 'taskSubmitted'; readonly step: number; readonly attempt: number; readonly output: Json }
  | { readonly type: 'taskHeartbeat'; readonly step: number; readonly attempt: number }
  /** A page of what an ItemReader reads. `next`: where the following page begins; absent on the last one. */
  | {
      readonly type: 'itemsRead';
      readonly step: number;
      readonly attempt: number;
      readonly items: readonly Json[];
      /** The page that was asked for: the command's `from`. */
      readonly from?: string;
      readonly next?: string;
    }
  /** The ItemReader or the ResultWriter of a Map could not do its work. */
  | {
      readonly type: 'mapTaskFailed';
      readonly step: number;
      readonly attempt: number;
      readonly error?: string;
      readonly cause?: string;
    }
  /** A part of the results is written; the `output` of the last part becomes the Map's result. */
  | {
      readonly type: 'resultsWritten';
      readonly step: number;
      readonly attempt: number;
      /** The command's part; 0 where it is absent. */
      readonly part?: number;
      readonly output: Json;
    }
  /** A timer that a command asked for is due. Early ones are ignored: the engine compares `at` itself. */
  | { readonly type: 'timer'; readonly timer: string }
  | ({ readonly type: 'stop'; readonly error?: string; readonly cause?: string } & Wishing)
  /** Try one failed (or parked) step again, in the same execution. */
  | ({ readonly type: 'retryStep'; readonly step: number; readonly input?: Json } & Wishing)
  /** Try everything again that failed or was aborted; what succeeded is kept. With another definition, where one is given. */
  | ({ readonly type: 'redrive'; readonly replacement?: Replacement } & Wishing)
  /** Undo what was reached at a step and after it, and enter its state anew. */
  | ({ readonly type: 'restart'; readonly reached: Reached; readonly input?: Json } & Wishing)
  | ({ readonly type: 'skipStep'; readonly step: number; readonly output: Json } & Wishing)
  | ({ readonly type: 'failStep'; readonly step: number } & Wishing)
  | ({ readonly type: 'pause' } & Wishing)
  | ({ readonly type: 'resume' } & Wishing);

/** An operator's wish. It is refused where the plan that it follows was made at another event. */
interface Wishing extends Operator {
  readonly lastEvent?: number;
}

/** Another version of the execution's flow. */
export interface Replacement {
  readonly version: number;
  readonly versionId: string;
  readonly program: Program;
}
