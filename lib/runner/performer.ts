import type { News } from '@/lib/engine/arrival';
import type { Command } from '@/lib/engine/command';
import type { CallTask, Dispatch } from './dispatch';
import { callName, callOf, type Live, type OpenTurn } from './live';
import type { MapJobs } from './map-jobs';
import type { Timers } from './timers';

interface World {
  readonly timers: Timers;
  readonly dispatch: Dispatch;
  readonly put: (executionId: string, news: News) => void;
  readonly mapJobs: MapJobs;
  /** An execution waits for its flow to have room. */
  readonly awaitRoom: (live: Live) => void;
  /** A step is given up that waits for a callback or a child. */
  readonly givenUp: (live: Live, step: { readonly step: number; readonly attempt: number }) => void;
  /** All commands of a turn are performed. */
  readonly performed: (live: Live) => void;
}

const workAtOnce = 64;
/** An express execution does all its steps in one go, once its start is committed. */
const workOfRun = 3;

/** Performs the commands of committed turns, in the order of their commits. */
export class Performer {
  private readonly world: World;
  private queue: OpenTurn[] = [];
  private next = 0;

  constructor(world: World) {
    this.world = world;
  }

  add(turns: readonly OpenTurn[]): void {
    const idle = this.queue.length === 0;
    for (const turn of turns) this.queue.push(turn);
    if (idle) this.slice();
  }

  /** Cancels what an execution that leaves memory has in the timers; its calls go on, unless it is an express one. */
  forget(live: Live): void {
    for (const timer of live.timers.values()) this.world.timers.cancel(timer);
    live.timers.clear();
    // An express execution runs again from its start: no answer of this run may be taken for one of that.
    if (live.held) for (const call of live.calls) this.world.dispatch.cancel(live.id, callOf(call));
  }

  perform(live: Live, command: Command): void {
    switch (command.type) {
      case 'callTask':
        this.call(live, command);
        break;
      case 'cancelTask':
        live.calls.delete(callName(command));
        if (!this.world.dispatch.cancel(live.id, command)) this.world.givenUp(live, command);
        break;
      case 'setTimer':
        this.setTimer(live, command.id, command.at);
        break;
      case 'cancelTimer':
        this.cancelTimer(live, command.id);
        break;
      case 'awaitRoom':
        this.world.awaitRoom(live);
        break;
      case 'continue':
        live.calls.add(command.id);
        setImmediate(() => {
          live.calls.delete(command.id);
          this.world.put(live.id, { type: 'timer', timer: command.id });
        });
        break;
      case 'readItems':
      case 'writeResults':
        live.calls.add(command.id);
        this.world.mapJobs.begin(live.id, command);
        break;
    }
  }

  /** In slices, so that the first ones are on their way to disk again while the last ones are still worked on. */
  private slice(): void {
    for (let room = workAtOnce; room > 0 && this.next < this.queue.length; ) {
      const turn = this.queue[this.next];
      this.next += 1;
      if (!turn) continue;
      room -= turn.live.held ? workOfRun : 1;
      this.performTurn(turn);
    }
    if (this.next < this.queue.length) setImmediate(() => this.slice());
    else {
      this.queue = [];
      this.next = 0;
    }
  }

  private performTurn({ live, commands }: OpenTurn): void {
    live.unperformed.shift();
    if (live.gone) return;
    for (const command of commands) this.perform(live, command);
    this.world.performed(live);
  }

  private call(live: Live, command: CallTask): void {
    const { executionName, flowId, options } = live.execution.start;
    live.calls.add(callName(command));
    const how = { priority: options?.priority ?? 0, mayWait: options?.profile !== 'express' };
    this.world.dispatch.call({ executionId: live.id, executionName, flowId, ...how }, command);
  }

  private setTimer(live: Live, id: string, at: number): void {
    this.cancelTimer(live, id);
    live.timers.set(id, this.world.timers.set(live.id, id, at));
  }

  private cancelTimer(live: Live, id: string): void {
    const timer = live.timers.get(id);
    if (!timer) return;
    this.world.timers.cancel(timer);
    live.timers.delete(id);
  }
}
