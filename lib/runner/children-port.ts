import type { Parent } from '@/lib/engine/event';
import type { Json } from '@/lib/expression/json';

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
  /** The newest one where it is absent, and no alias is named. */
  readonly version?: number;
  readonly alias?: string;
  /** Unique per flow. The same name, input and parent again is the same execution. */
  readonly name: string;
  readonly input: Json;
  /** The step that waits for the child; absent where nobody waits. */
  readonly parent?: Parent;
  /** Of the execution that starts it; the flow's own where it is absent. */
  readonly priority?: number;
}

export type ChildStarted =
  | { readonly ok: true; readonly executionId: string; readonly name: string; readonly version: number }
  /** `error` is the step's error name, such as `StateMachineDoesNotExist`. */
  | { readonly ok: false; readonly error: string; readonly cause: string };
