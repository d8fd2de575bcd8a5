import type { Json, JsonObject } from '@/lib/expression/json';
import type { Failure } from './event';

/** INFO: what comes of it · DEBUG: also each stage on the way · TRACE: also the HTTP request and response. */
type InspectionLevel = 'INFO' | 'DEBUG' | 'TRACE';

/** One state, or one state of a machine, and what it is to be tried with. */
export interface TestRequest {
  readonly definition: Json;
  readonly stateName?: string;
  readonly input?: Json;
  /** What a Task, Map or Parallel is to answer; without it they cannot be tried. */
  readonly mock?: {
    readonly result?: Json;
    readonly errorOutput?: Failure;
    readonly fieldValidationMode?: 'STRICT' | 'PRESENT' | 'NONE';
  };
  readonly context?: Json;
  readonly variables?: JsonObject;
  readonly stateConfiguration?: {
    readonly retrierRetryCount?: number;
    readonly errorCausedByState?: string;
    readonly mapIterationFailureCount?: number;
    readonly mapItemReaderData?: string;
  };
  /** DEBUG where it is absent. */
  readonly inspectionLevel?: InspectionLevel;
  readonly at: number;
  readonly seed: string;
}
