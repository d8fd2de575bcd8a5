import type { Journal } from './journal-port';
import type { Timers } from './timers';

/** How far ahead the timers of sleeping executions are kept in memory, and how often the next ones are read. */
const ahead = 60_000;
const every = 20_000;

/**
 * When sleeping executions are to be taken up. The journal knows it for all; only those that are due within the next minute are
 * in memory, as one timer each. `horizon` is the time up to which they are.
 */
export class Sleepers {
  private readonly journal: Journal;
  private readonly timers: Timers;
  private readonly now: () => number;
  private readonly postponed: (reason: unknown) => void;
  private horizon = Number.NEGATIVE_INFINITY;
  private interval: NodeJS.Timeout | undefined;

  constructor(world: {
    readonly journal: Journal;
    readonly timers: Timers;
    readonly now: () => number;
    /** The database could not be read; the next look comes soon. */
    readonly postponed: (reason: unknown) => void;
  }) {
    this.journal = world.journal;
    this.timers = world.timers;
    this.now = world.now;
    this.postponed = world.postponed;
  }

  /** An execution has gone to sleep. */
  add(executionId: string, wakeAt: number): void {
    if (wakeAt < this.horizon) this.timers.set(executionId, undefined, wakeAt);
  }

  /** Reads all that are due, or will be soon; from then on by itself. */
  async begin(): Promise<void> {
    this.horizon = Number.NEGATIVE_INFINITY;
    await this.look();
    clearInterval(this.interval);
    this.interval = setInterval(() => void this.look().catch(this.postponed), every);
  }

  end(): void {
    clearInterval(this.interval);
  }

  /** The horizon moves before the read: who goes to sleep meanwhile may be woken twice, which does no harm, but never not. */
  private async look(): Promise<void> {
    const from = this.horizon;
    const to = this.now() + ahead;
    this.horizon = to;
    try {
      for (const { executionId, wakeAt } of await this.journal.sleepers(from, to))
        this.timers.set(executionId, undefined, wakeAt);
    } catch (error) {
      this.horizon = from;
      throw error;
    }
  }
}
