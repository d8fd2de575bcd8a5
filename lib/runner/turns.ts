import { FairQueue, type Place } from './fair-queue';

/** How many calls of one kind of task may be under way at once. */
export interface TaskLimit {
  /** The kind's resources: its own name and its aliases. */
  readonly resources: readonly string[];
  readonly concurrency: number;
}

interface Lane {
  concurrency: number;
  readonly queue: FairQueue;
  readonly busy: Set<string>;
}

interface Waiting extends Place {
  readonly resource: string;
}

interface World {
  /** Whether turns can be granted: the engine has its database. */
  readonly isOpen: () => boolean;
  /** A call's turn has come. False where it is not to be made any more: its place goes to the next one. */
  readonly granted: (key: string) => boolean;
}

/**
 * Whose turn it is to call a task of a limited kind.
 *
 * T1 Of a limited kind never more calls are under way than its limit; who waits is served fairly (Q1–Q3).
 * T2 A call holds its place until it has answered or was cancelled. A task that was handed over and waits for its callback
 *    holds none.
 * T3 A limit may change at any time: a higher one lets the next go at once, a lower one waits for calls to end.
 */
export class Turns {
  private readonly world: World;
  private lanes = new Map<string, Lane>();
  private resources: ReadonlySet<string> | undefined;

  constructor(world: World) {
    this.world = world;
  }

  /** The resources whose calls are limited; undefined where none are. */
  limited(): ReadonlySet<string> | undefined {
    return this.resources;
  }

  isLimited(resource: string): boolean {
    return this.resources?.has(resource) === true;
  }

  /** T3. What waits for a kind that is not limited any more is granted at once; `underWay` are the calls that were begun. */
  setLimits(
    limits: readonly TaskLimit[],
    underWay: Iterable<{ readonly key: string; readonly resource: string }>,
  ): void {
    const before = this.lanes;
    this.lanes = new Map();
    for (const { resources, concurrency } of limits) {
      const lane = resources.map((resource) => before.get(resource)).find((each) => each) ?? newLane();
      lane.concurrency = concurrency;
      for (const resource of resources) this.lanes.set(resource, lane);
    }
    this.resources = this.lanes.size === 0 ? undefined : new Set(this.lanes.keys());
    for (const { key, resource } of underWay) this.lanes.get(resource)?.busy.add(key);
    const kept = new Set(this.lanes.values());
    for (const lane of new Set(before.values()))
      if (!kept.has(lane)) this.pump(lane, Number.POSITIVE_INFINITY);
    this.pumpAll();
  }

  /** The call waits for its turn, which may come at once. */
  wait(key: string, { resource, ...place }: Waiting): void {
    const lane = this.lanes.get(resource);
    if (lane) {
      if (!lane.busy.has(key)) lane.queue.add(key, place);
      this.pump(lane);
    } else if (this.world.isOpen()) this.world.granted(key);
    else this.unlimited.add(key);
  }

  /** T2 */
  leave(key: string, resource: string): void {
    this.unlimited.delete(key);
    const lane = this.lanes.get(resource);
    if (!lane) return;
    lane.queue.remove(key);
    if (lane.busy.delete(key)) this.pump(lane);
  }

  /** The engine can be written to again: whoever's turn came meanwhile goes. */
  pumpAll(): void {
    if (!this.world.isOpen()) return;
    const free = [...this.unlimited];
    this.unlimited.clear();
    for (const key of free) this.world.granted(key);
    for (const lane of new Set(this.lanes.values())) this.pump(lane);
  }

  clear(): void {
    this.unlimited.clear();
    for (const lane of new Set(this.lanes.values())) {
      lane.busy.clear();
      while (lane.queue.take() !== undefined);
    }
  }

  /** Calls that were recorded as waiting when their kind was limited, and that only wait for the database now. */
  private readonly unlimited = new Set<string>();

  private pump(lane: Lane, concurrency = lane.concurrency): void {
    while (this.world.isOpen() && lane.busy.size < concurrency) {
      const key = lane.queue.take();
      if (key === undefined) return;
      lane.busy.add(key);
      if (!this.world.granted(key)) lane.busy.delete(key);
    }
  }
}

function newLane(): Lane {
  return { concurrency: 0, queue: new FairQueue(), busy: new Set() };
}
