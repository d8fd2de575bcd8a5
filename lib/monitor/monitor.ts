import type { Failure } from '@/lib/engine/event';
import type { ExecutionStatus } from '@/lib/engine/execution';
import type { Json } from '@/lib/expression/json';
import type { StateOverlay } from './overlay';
import { type Container, newScope, type Scope } from './scope';
import type { StepStatus } from './status';
import type { Act, Step, Trigger } from './step';

/**
 * The view of one execution while its history is folded into it. It is changed in place, one event at a time at a cost
 * that does not depend on its size (M4); steps inside it are replaced when they change. Readers look through `view.ts`.
 */
export interface Monitor {
  readonly definition: Json;
  summary: Summary;
  readonly steps: Map<number, Step>;
  /** Step ids in the order in which they were entered. */
  readonly order: number[];
  /** What is known of each state that was reached, by its pointer. */
  readonly states: Map<string, StateRecord>;
  /** Branches and iterations, by the id of their Parallel or Map step. */
  readonly containers: Map<number, Container>;
  readonly top: Scope;
  /** Steps that still move. */
  readonly open: Set<number>;
  /** Steps that have failed and that nobody caught. */
  readonly failing: Set<number>;
  /** Who asked for the next attempt of a step. */
  readonly asked: Map<number, Trigger>;
  readonly acts: Act[];
  /** Present in the view of a long history, which keeps few of the iterations that went well (M14). */
  readonly lean: Lean | undefined;
  /** What the events since the last look have changed. */
  changes: Changes;
}

export interface Summary {
  readonly status: ExecutionStatus;
  readonly startedAt: number;
  readonly endedAt?: number;
  readonly input: Json;
  readonly output?: Json;
  readonly failure?: Failure;
  readonly paused: boolean;
  /** It waits until its flow has room for another execution. */
  readonly queued: boolean;
  /** How many events of an express execution were not kept; absent where all were. */
  readonly omitted?: number;
  /** Number of the newest event that is folded in; 0 before the first. */
  readonly lastEvent: number;
}

export interface StateRecord {
  /** The newest visits of this state in all branches, iterations and rounds, by status. */
  readonly counts: { [Status in StepStatus]?: number };
  /** The step that was entered last. */
  newest: number;
  /** The states that it went on to, and those that Catchers led to. */
  readonly taken: Set<string>;
  readonly caughtBy: Set<string>;
  /** Made when somebody looks, dropped when something changes. */
  overlay?: StateOverlay | undefined;
}

/** What the view of a long history keeps in order to drop what is done. */
interface Lean {
  /** All visits in each branch or iteration, by `placeName`. */
  readonly visits: Map<string, number[]>;
  /** Visits that were dropped since the list of steps was last tidied. */
  dropped: number;
}

export interface Changes {
  readonly steps: Set<number>;
  readonly states: Set<string>;
}

/** A view with nothing in it yet, of an execution of this definition; lean for a long history. */
export function newMonitor(definition: Json, how: { readonly isLean?: boolean } = {}): Monitor {
  return {
    definition,
    summary: { status: 'running', startedAt: 0, input: null, paused: false, queued: false, lastEvent: 0 },
    steps: new Map(),
    order: [],
    states: new Map(),
    containers: new Map(),
    top: newScope(),
    open: new Set(),
    failing: new Set(),
    asked: new Map(),
    acts: [],
    lean: how.isLean === true ? { visits: new Map(), dropped: 0 } : undefined,
    changes: { steps: new Set(), states: new Set() },
  };
}
