import type { Json } from '@/lib/expression/json';
import type { Failure } from './event';

export type ExecutionStatus = 'running' | 'succeeded' | 'failed' | 'timedOut' | 'stopped';

/**
 * One execution as its events made it. Only `apply` writes to it, in place; `advance` owns the execution it was given, and the
 * caller goes on with the one that comes back. The five fields here are for everybody, the rest is the engine's own.
 */
export interface Execution {
  readonly id: string;
  readonly status: ExecutionStatus;
  /** Id of the newest event. */
  readonly lastEvent: number;
  /** Once it has succeeded. */
  readonly output?: Json;
  /** Once it has failed, timed out or was stopped. */
  readonly failure?: Failure;
}
