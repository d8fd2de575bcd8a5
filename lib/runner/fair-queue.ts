/** What one thing that waits is served by. */
export interface Place {
  readonly flowId: string;
  /** The higher, the sooner. */
  readonly priority: number;
}

/** One that waits. Who leaves keeps its ticket in the line, marked, until its turn comes: leaving costs no search. */
interface Ticket extends Place {
  readonly id: string;
  gone: boolean;
}

interface Level {
  readonly flows: Map<string, { readonly line: Line<Ticket>; size: number }>;
  /** The flows in the order of their turns; each that is in `flows` stands here once. */
  readonly turns: Line<string>;
  size: number;
}

/**
 * Who is served next, in constant time.
 *
 * Q1 What has a higher priority comes first.
 * Q2 Among equals the flows take turns, so that one with a thousand waiting does not keep the others from being served.
 * Q3 Within a flow, who came first is served first.
 */
export class FairQueue {
  private readonly tickets = new Map<string, Ticket>();
  private readonly levels = new Map<number, Level>();
  /** The priorities that something waits with, highest first. */
  private priorities: number[] = [];

  get size(): number {
    return this.tickets.size;
  }

  /** Changes nothing where it waits already. */
  add(id: string, { flowId, priority }: Place): void {
    if (this.tickets.has(id)) return;
    const ticket = { id, flowId, priority, gone: false };
    this.tickets.set(id, ticket);
    const level = this.levels.get(priority) ?? this.openLevel(priority);
    const flow = level.flows.get(flowId) ?? openFlow(level, flowId);
    flow.line.add(ticket);
    flow.size += 1;
    level.size += 1;
  }

  /** Takes out who is next; undefined where nobody waits. */
  take(): string | undefined {
    const [priority] = this.priorities;
    const level = priority === undefined ? undefined : this.levels.get(priority);
    const ticket = level && next(level);
    if (!ticket) return undefined;
    this.remove(ticket.id);
    return ticket.id;
  }

  /** False where it does not wait. */
  remove(id: string): boolean {
    const ticket = this.tickets.get(id);
    if (!ticket) return false;
    ticket.gone = true;
    this.tickets.delete(id);
    const level = this.levels.get(ticket.priority);
    const flow = level?.flows.get(ticket.flowId);
    if (flow) flow.size -= 1;
    if (level) level.size -= 1;
    if (level?.size === 0) this.closeLevel(ticket.priority);
    return true;
  }

  private openLevel(priority: number): Level {
    const level: Level = { flows: new Map(), turns: new Line(), size: 0 };
    this.levels.set(priority, level);
    this.priorities = [...this.levels.keys()].sort((one, other) => other - one);
    return level;
  }

  private closeLevel(priority: number): void {
    this.levels.delete(priority);
    this.priorities = this.priorities.filter((each) => each !== priority);
  }
}

function openFlow({ flows, turns }: Level, flowId: string) {
  const flow = { line: new Line<Ticket>(), size: 0 };
  flows.set(flowId, flow);
  turns.add(flowId);
  return flow;
}

/** The next ticket of a level. Its flow's next turn comes after those of all others, if more of it wait. */
function next({ flows, turns }: Level): Ticket | undefined {
  for (let flowId = turns.take(); flowId !== undefined; flowId = turns.take()) {
    const flow = flows.get(flowId);
    if (!flow) continue;
    let ticket = flow.line.take();
    while (ticket?.gone) ticket = flow.line.take();
    if (flow.size > 1) turns.add(flowId);
    else flows.delete(flowId);
    if (ticket) return ticket;
  }
  return undefined;
}

/** First in, first out; a Map or a Set would search its beginning for what is left each time. */
class Line<Item> {
  private items: Item[] = [];
  private from = 0;

  add(item: Item): void {
    this.items.push(item);
  }

  take(): Item | undefined {
    const item = this.items[this.from];
    if (this.from < this.items.length) this.from += 1;
    if (this.from >= 1024 && this.from * 2 >= this.items.length) {
      this.items = this.items.slice(this.from);
      this.from = 0;
    }
    return item;
  }
}
