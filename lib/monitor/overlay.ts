import type { StatusCounts, StepStatus } from './status';

/** What the canvas shows on one state of an execution. A state that was not reached has no overlay. */
export interface StateOverlay {
  readonly status: StepStatus;
  /** The newest visit (its step id): what a click on the state selects. */
  readonly step: number;
  /** The newest attempt of that visit; 1 where there was only one, 0 for states that have none. */
  readonly attempt: number;
  /** The newest visit of each branch, iteration or round, by status; more than one in the body of a Map. */
  readonly visits: StatusCounts;
  /** Map and Parallel: their iterations or branches by status. */
  readonly inside?: StatusCounts;
  /** Names of the states that the flow went on to from here: the taken path. */
  readonly taken: readonly string[];
  /** The same for the Catchers that took over. */
  readonly caughtBy: readonly string[];
}
