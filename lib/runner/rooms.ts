import { FairQueue } from './fair-queue';

/** How many executions of one flow may run at once. */
export interface FlowLimit {
  readonly flowId: string;
  readonly concurrency: number;
}

/** An execution that waits for its flow to have room. */
export interface Queued {
  readonly executionId: string;
  readonly flowId: string;
  readonly priority: number;
}

interface World {
  /** Tells an execution that it may begin; `moved` or `ended` follows. */
  readonly begin: (executionId: string) => void;
}

interface Room {
  concurrency: number;
  readonly inside: Set<string>;
  readonly queue: FairQueue;
}

/**
 * How many executions of a flow run, and who begins next.
 *
 * A1 Of a limited flow never more executions run than its limit; the others are recorded and wait, by priority, then in the
 *    order in which they came.
 * A2 Who has begun holds a place until its end is committed, asleep or not.
 * A3 After a crash the same ones wait, in the same order, and the same ones run.
 * A4 One that waits and is paused or stopped is passed over.
 * A5 A limit may change at any time: without one all that wait begin; a lower one waits for executions to end.
 */
export class Rooms {
  private readonly world: World;
  private readonly rooms = new Map<string, Room>();
  /** Executions that ended while the rooms are read from the database; undefined while they are not. */
  private endedMeanwhile: Set<string> | undefined;

  constructor(world: World) {
    this.world = world;
  }

  isLimited(): boolean {
    return this.rooms.size > 0;
  }

  /** Whether another execution of the flow has to wait. */
  isFull(flowId: string): boolean {
    const room = this.rooms.get(flowId);
    return room !== undefined && (room.inside.size >= room.concurrency || room.queue.size > 0);
  }

  /** Whether the flow is limited and one of its executions holds this place. */
  holds(flowId: string, executionId: string): boolean {
    return this.rooms.get(flowId)?.inside.has(executionId) === true;
  }

  /** Who waits for room asks for it; asking again changes nothing. */
  wait({ executionId, flowId, priority }: Queued): void {
    const room = this.rooms.get(flowId);
    if (!room) {
      this.world.begin(executionId);
      return;
    }
    if (room.inside.has(executionId)) return;
    room.queue.add(executionId, { flowId, priority });
    this.pump(room);
  }

  /** A running execution has begun, or it waits (again). */
  moved({ executionId, flowId, queued }: Omit<Queued, 'priority'> & { readonly queued: boolean }): void {
    const room = this.rooms.get(flowId);
    if (!room) return;
    if (!queued) {
      room.inside.add(executionId);
      room.queue.remove(executionId);
    } else if (room.inside.delete(executionId)) this.pump(room);
  }

  /** A2: the end of an execution is committed, or it is gone. */
  ended(flowId: string, executionId: string): void {
    this.endedMeanwhile?.add(executionId);
    const room = this.rooms.get(flowId);
    if (!room) return;
    room.queue.remove(executionId);
    if (room.inside.delete(executionId)) this.pump(room);
  }

  /** An execution turned out not to exist: its first commit failed. */
  gone(executionId: string): void {
    for (const [flowId] of [...this.rooms]) this.ended(flowId, executionId);
  }

  /**
   * A3, A5: takes limits, and who runs and who waits, as `read` finds them in the database. What moves meanwhile is not lost: who
   * ended is left out again, and who has begun holds its place.
   */
  async load(
    read: () => Promise<{
      readonly limits: readonly FlowLimit[];
      readonly running: readonly { readonly executionId: string; readonly flowId: string }[];
      readonly queued: readonly Queued[];
    }>,
  ): Promise<void> {
    const ended = new Set<string>();
    this.endedMeanwhile = ended;
    try {
      const { limits, running, queued } = await read();
      this.setLimits(limits);
      for (const { executionId, flowId } of running)
        if (!ended.has(executionId)) this.rooms.get(flowId)?.inside.add(executionId);
      for (const each of queued) if (!ended.has(each.executionId)) this.enqueue(each);
    } finally {
      if (this.endedMeanwhile === ended) this.endedMeanwhile = undefined;
    }
    for (const room of this.rooms.values()) this.pump(room);
  }

  /** What is known of who runs and who waits is dropped: somebody else may have moved them. */
  forget(): void {
    this.rooms.clear();
  }

  private setLimits(limits: readonly FlowLimit[]): void {
    const known = new Set(limits.map(({ flowId }) => flowId));
    for (const { flowId, concurrency } of limits) {
      const room = this.rooms.get(flowId);
      if (room) room.concurrency = concurrency;
      else this.rooms.set(flowId, { concurrency, inside: new Set(), queue: new FairQueue() });
    }
    for (const [flowId, room] of [...this.rooms]) {
      if (known.has(flowId)) continue;
      this.rooms.delete(flowId);
      for (let id = room.queue.take(); id !== undefined; id = room.queue.take()) this.world.begin(id);
    }
  }

  private enqueue({ executionId, flowId, priority }: Queued): void {
    const room = this.rooms.get(flowId);
    if (!room) this.world.begin(executionId);
    else if (!room.inside.has(executionId)) room.queue.add(executionId, { flowId, priority });
  }

  /** The place is taken before the execution begins; where it does not begin, `moved` or `ended` gives it back. */
  private pump(room: Room): void {
    while (room.inside.size < room.concurrency) {
      const executionId = room.queue.take();
      if (executionId === undefined) return;
      room.inside.add(executionId);
      this.world.begin(executionId);
    }
  }
}
