import type { Failure, Retrying } from '@/lib/engine/event';
import type { Json, JsonObject } from '@/lib/expression/json';
import type { StateType } from '@/lib/flow/model';
import type { StepStatus } from './status';

/** One visit of the execution to a state. Replaced, never edited: a step that did not change keeps its reference (M4). */
export interface Step {
  /** The id of its StateEntered event. */
  readonly id: number;
  readonly state: string;
  readonly stateType: StateType;
  /** JSON Pointer of the state in the definition. */
  readonly pointer: string;
  /** The Parallel or Map step it is inside of, and which branch or iteration; absent at top level. */
  readonly parent?: number;
  readonly index?: number;
  readonly status: StepStatus;
  readonly input: Json;
  readonly output?: Json;
  readonly assigned?: JsonObject;
  /** Milliseconds since 1970, like all times here. */
  readonly enteredAt: number;
  readonly endedAt?: number;
  /** Wait states: when the step goes on. */
  readonly until?: number;
  readonly attempts: readonly Attempt[];
  readonly failure?: StepFailure;
  /** A Catcher took over after `failure`. */
  readonly caught: boolean;
  /** The state that the flow went on to. */
  readonly next?: string;
  /** A restart from an earlier step took the visit back. */
  readonly undone?: true;
}

export interface StepFailure extends Failure {
  /** The field whose expression failed, such as `Output/result`. */
  readonly location?: string;
}

/** One try of a step: a call of its task, or one run of its branches or iterations. */
export interface Attempt {
  /** 1 for the first. */
  readonly number: number;
  /** Tasks: the number of the call, by which its log lines go; absent where it failed before it called. */
  readonly call?: number;
  readonly status: StepStatus;
  readonly trigger: Trigger;
  /** When its turn began to be waited for, where it had to wait for one. */
  readonly queuedAt?: number;
  readonly startedAt: number;
  readonly endedAt?: number;
  /** The step's input when it began: it differs from the first where an operator edited it. */
  readonly input: Json;
  /** Tasks: what was called, and with what. */
  readonly resource?: string;
  readonly parameters?: Json;
  /** What was said when the task was handed over: the execution that it started, or what its callback is about. */
  readonly submitted?: Json;
  readonly output?: Json;
  readonly failure?: StepFailure;
  /** The language granted another attempt: when it begins, and by which entry of `Retry`. */
  readonly retry?: Retrying;
}

/** Why an attempt was made. */
export type Trigger =
  | { readonly kind: 'entered' }
  /** An entry of the state's `Retry`. */
  | { readonly kind: 'retry'; readonly retrier: number }
  | { readonly kind: 'operator' | 'redrive'; readonly by?: string; readonly why?: string };

/** What an operator did, and when. */
export interface Act {
  /** Number of its event. */
  readonly event: number;
  readonly at: number;
  readonly what:
    | 'retried'
    | 'redriven'
    | 'restarted'
    | 'replaced'
    | 'skipped'
    | 'failed'
    | 'stopped'
    | 'paused'
    | 'resumed';
  /** The step it was done to, where it was one. */
  readonly step?: number;
  /** What it changed: an input that was edited, an output that was given, a version that took the place of another. */
  readonly change?: Change;
  readonly by?: string;
  readonly why?: string;
}

export interface Change {
  readonly of: 'input' | 'output' | 'version';
  readonly before?: Json;
  readonly after: Json;
}
