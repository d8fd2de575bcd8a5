/** What the parent asks of the process that is measured. */
export type Request =
  /** `count` flows of ten steps, `inFlight` at a time. */
  | { readonly work: 'flows'; readonly count: number; readonly inFlight: number }
  /** The same as express executions, of which a share keeps its history. */
  | { readonly work: 'express'; readonly count: number; readonly inFlight: number; readonly share: number }
  | { readonly work: 'map'; readonly items: number }
  /** Starts executions one by one, idle in between: how long until the first task of each is called. */
  | { readonly work: 'firstStep'; readonly count: number }
  /** Starts executions that wait for an hour. */
  | { readonly work: 'sleepers'; readonly count: number }
  | { readonly work: 'memory' }
  /** Starts executions that all wait for the same moment, and tells how late each ended. */
  | { readonly work: 'due'; readonly count: number; readonly inMs: number }
  /** Starts executions of ten steps of 200 ms. */
  | { readonly work: 'hold'; readonly count: number }
  /** Waits until so many executions were taken up again since the process began. */
  | { readonly work: 'resumed'; readonly count: number }
  | { readonly work: 'close' };

export interface Answers {
  readonly flows: { readonly ms: number; readonly latencies: readonly number[]; readonly cpuMs: number };
  readonly express: { readonly ms: number };
  readonly map: { readonly ms: number };
  readonly firstStep: { readonly latencies: readonly number[] };
  readonly sleepers: { readonly ms: number };
  readonly memory: { readonly rss: number; readonly heapUsed: number };
  readonly due: { readonly late: readonly number[] };
  readonly hold: object;
  readonly resumed: { readonly resumed: number; readonly ms: number };
  readonly close: object;
}
