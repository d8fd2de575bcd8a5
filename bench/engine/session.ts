import type { Figure } from './figure';

/** Something of ours that is ready to be measured, as often as one likes. */
export interface Session {
  readonly measure: () => Promise<number>;
  /** What is told beside the figure; asked for after the last round, with how many there were. */
  readonly beside?: (rounds: number) => Promise<Partial<Figure>>;
  readonly close: () => Promise<void>;
}
