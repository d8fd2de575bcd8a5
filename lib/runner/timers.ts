import { type Due, DueHeap } from './due-heap';

/** One timer of an execution in memory, or (without a timer) the time at which a sleeping one is to be taken up. */
export interface Timer extends Due {
  readonly executionId: string;
  readonly timer: string | undefined;
}

const longestTimeout = 2 ** 31 - 1;

/** All timers of the process, on one `setTimeout`. Calls `fire` for each that is due, never before its time. */
export class Timers {
  private readonly heap = new DueHeap<Timer>();
  private readonly fire: (timer: Timer) => void;
  private readonly now: () => number;
  private timeout: NodeJS.Timeout | undefined;
  private armedFor = Number.POSITIVE_INFINITY;

  constructor(world: { readonly fire: (timer: Timer) => void; readonly now: () => number }) {
    this.fire = world.fire;
    this.now = world.now;
  }

  set(executionId: string, timer: string | undefined, at: number): Timer {
    const entry: Timer = { executionId, timer, at, place: -1 };
    this.heap.add(entry);
    if (at < this.armedFor) this.arm();
    return entry;
  }

  /** Harmless where it has fired already. */
  cancel(timer: Timer): void {
    if (timer.place >= 0) this.heap.remove(timer);
  }

  clear(): void {
    clearTimeout(this.timeout);
    this.armedFor = Number.POSITIVE_INFINITY;
    this.heap.clear();
  }

  private arm(): void {
    clearTimeout(this.timeout);
    const first = this.heap.first();
    this.armedFor = first?.at ?? Number.POSITIVE_INFINITY;
    if (!first) return;
    const delay = Math.min(Math.max(first.at - this.now(), 0), longestTimeout);
    this.timeout = setTimeout(() => this.fireDue(), delay);
  }

  private fireDue(): void {
    const now = this.now();
    for (let first = this.heap.first(); first && first.at <= now; first = this.heap.first()) {
      this.heap.remove(first);
      this.fire(first);
    }
    this.arm();
  }
}
