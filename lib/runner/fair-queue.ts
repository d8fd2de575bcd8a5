/** What one thing that waits is served by. */
export interface Place {
  readonly flowId: string;
  /** The higher, the sooner. */
  readonly priority: number;
}

/**
 * Who is served next, in constant time.
 *
 * Q1 What has a higher priority comes first.
 * Q2 Among equals the flows take turns, so that one with a thousand waiting does not keep the others from being served.
 * Q3 Within a flow, who came first is served first.
 */
export class FairQueue {
  private readonly places = new Map<string, Place>();
  /** By priority: the flows in the order of their turns, and what waits of each. */
  private readonly levels = new Map<number, Map<string, Set<string>>>();
  /** The priorities that something waits with, highest first. */
  private priorities: number[] = [];

  get size(): number {
    return this.places.size;
  }

  has(id: string): boolean {
    return this.places.has(id);
  }

  /** Changes nothing where it waits already. */
  add(id: string, place: Place): void {
    if (this.places.has(id)) return;
    const { flowId, priority } = place;
    this.places.set(id, place);
    const flows = this.levels.get(priority) ?? this.openLevel(priority);
    const waiting = flows.get(flowId);
    if (waiting) waiting.add(id);
    else flows.set(flowId, new Set([id]));
  }

  /** Takes out who is next; undefined where nobody waits. */
  take(): string | undefined {
    const [priority] = this.priorities;
    const flows = priority === undefined ? undefined : this.levels.get(priority);
    const next = flows?.entries().next().value;
    if (!flows || !next) return undefined;
    const [flowId, waiting] = next;
    const [id] = waiting;
    if (id === undefined) throw new Error(`flow ${flowId} stands in the queue with nothing that waits`);
    // Its flow's next turn comes after those of all others.
    flows.delete(flowId);
    flows.set(flowId, waiting);
    this.remove(id);
    return id;
  }

  /** False where it does not wait. */
  remove(id: string): boolean {
    const place = this.places.get(id);
    if (!place) return false;
    this.places.delete(id);
    const flows = this.levels.get(place.priority);
    const waiting = flows?.get(place.flowId);
    waiting?.delete(id);
    if (waiting?.size === 0) flows?.delete(place.flowId);
    if (flows?.size === 0) this.closeLevel(place.priority);
    return true;
  }

  private openLevel(priority: number): Map<string, Set<string>> {
    const flows = new Map<string, Set<string>>();
    this.levels.set(priority, flows);
    this.priorities = [...this.levels.keys()].sort((one, other) => other - one);
    return flows;
  }

  private closeLevel(priority: number): void {
    this.levels.delete(priority);
    this.priorities = this.priorities.filter((each) => each !== priority);
  }
}
