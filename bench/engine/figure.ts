/** One figure of one workload. */
export interface Figure {
  readonly unit: string;
  readonly better: 'higher' | 'lower';
  readonly ours: number;
  /**
   * `strict`: each step's result is fsync'd before the next step begins. `ends`: start and end are, the steps between them are not.
   * `none`: nothing is written by what is measured.
   */
  readonly durability: 'strict' | 'ends' | 'none';
  /** The same work on other engines in the same run, each in the better one of its forms. */
  readonly peers?: Readonly<Record<string, number>>;
  /** W1 only: what the store takes from a program that has nothing to decide, in the same run. No engine on it can be faster here. */
  readonly storeStepsPerSecond?: number;
  /** How often PostgreSQL's log was brought to disk for each step (W2 only): what `strict` is shown by. */
  readonly fsyncsPerStep?: number;
  /** W2 only: what eleven commits of one row take in PostgreSQL alone, in the same run. Ten steps cannot be faster here. */
  readonly elevenCommitsMs?: number;
  /** W7 only: the same start with an empty data folder, and the megabytes of all packages and of the built pages. */
  readonly coldMs?: number;
  readonly megabytes?: number;
  /** W5 only: the same calls on a server that commits one row and does nothing else, in the same run. */
  readonly bareServerMs?: number;
  /** W5 only: from a start in the engine's own process until its first task is called, without HTTP. */
  readonly inProcessMs?: number;
}

export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

/** Three digits are all that such figures are good for. */
export function figureOf(value: number): number {
  return value >= 100 ? Math.round(value) : Math.round(value * 100) / 100;
}
