import { setTimeout as pause } from 'node:timers/promises';
import { OwnedElsewhere } from './journal-port';
import { EngineUnavailable, type Health } from './ports';

interface World {
  readonly now: () => number;
  /** Opens the journal: `taken` where what is in memory may be old. */
  readonly connect: () => Promise<'kept' | 'taken'>;
  /** No commit is taken any more; returns the executions in doubt. */
  readonly shut: (why: Error) => readonly string[];
  /** Takes everything up that the journal says is running. */
  readonly recoverAll: () => Promise<void>;
  /** Folds these executions again and goes on. */
  readonly recover: (doubtful: readonly string[]) => Promise<void>;
}

const firstPause = 50;
const longestPause = 2_000;

/**
 * From start to close: connects, recovers, and does so again whenever the database was lost.
 *
 * L1 While the journal cannot be written nothing is acknowledged, and it goes on by itself as soon as it can.
 * L2 Where somebody else owned the executions meanwhile, whatever is in memory is dropped.
 */
export class Lifecycle {
  private readonly world: World;
  private state: Health;
  private fresh = true;
  /** The journal failed while recovery was under way. */
  private lostAgain = false;
  private waiting: (() => void)[] = [];
  private readonly doubtful = new Set<string>();
  private underWay: Promise<void> | undefined;
  private readonly closing = new AbortController();

  constructor(world: World) {
    this.world = world;
    this.state = { state: 'starting', since: world.now() };
  }

  health(): Health {
    return this.state;
  }

  /** Throws EngineUnavailable unless executions can be advanced now. */
  assertOk(): void {
    if (this.state.state !== 'ok') throw new EngineUnavailable(sentence(this.state));
  }

  /** Resolves when executions can be advanced; never once the engine is closed. */
  untilOk(): Promise<void> {
    if (this.state.state === 'ok') return Promise.resolve();
    return new Promise((resolve) => this.waiting.push(resolve));
  }

  begin(): void {
    this.underWay ??= this.run().finally(() => {
      this.underWay = undefined;
    });
  }

  /** The journal failed: whatever is uncommitted is in doubt. */
  lost(reason: unknown): void {
    if (this.closing.signal.aborted) return;
    const words = reason instanceof Error ? reason.message : String(reason);
    this.state = { state: 'waitingForDatabase', since: this.world.now(), reason: words };
    this.shut(sentence(this.state));
    this.lostAgain = true;
    this.begin();
  }

  async close(): Promise<void> {
    this.closing.abort();
    this.state = { state: 'closed' };
    await this.underWay;
  }

  private async run(): Promise<void> {
    for (let delay = firstPause; !this.closing.signal.aborted; delay = Math.min(delay * 2, longestPause)) {
      try {
        if (await this.recovered()) return;
      } catch (error) {
        this.fresh ||= error instanceof OwnedElsewhere;
        this.wait(error);
      }
      await pause(delay, undefined, { signal: this.closing.signal }).catch(() => {});
    }
  }

  private async recovered(): Promise<boolean> {
    this.lostAgain = false;
    const ownership = await this.world.connect();
    if (this.closing.signal.aborted) return true;
    this.fresh ||= ownership === 'taken';
    const doubtful = [...this.doubtful];
    if (this.fresh) await this.world.recoverAll();
    else await this.world.recover(doubtful);
    if (this.lostAgain) return false;
    this.fresh = false;
    for (const id of doubtful) this.doubtful.delete(id);
    if (this.closing.signal.aborted) return true;
    this.state = { state: 'ok' };
    for (const resolve of this.waiting.splice(0)) resolve();
    return true;
  }

  private wait(error: unknown): void {
    if (this.closing.signal.aborted) return;
    const reason = error instanceof Error ? error.message : String(error);
    const state = error instanceof OwnedElsewhere ? 'waitingForOwner' : 'waitingForDatabase';
    const since = this.state.state === state ? this.state.since : this.world.now();
    this.state = { state, since, reason };
    this.shut(sentence(this.state));
  }

  private shut(why: string): void {
    for (const id of this.world.shut(new EngineUnavailable(why))) this.doubtful.add(id);
  }
}

function sentence(health: Health): string {
  switch (health.state) {
    case 'ok':
      return 'The engine runs.';
    case 'starting':
      return 'The engine is starting; try again in a moment.';
    case 'waitingForDatabase':
      return `The database cannot be written now (${health.reason}). The engine goes on by itself; try again in a moment.`;
    case 'waitingForOwner':
      return health.reason;
    case 'closed':
      return 'The engine was stopped.';
  }
}
