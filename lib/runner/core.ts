import { setTimeout as pause } from 'node:timers/promises';
import type { News } from '@/lib/engine/arrival';
import type { Execution } from '@/lib/engine/execution';
import type { Announcements } from './announcements';
import { Departures } from './departures';
import { Dispatch } from './dispatch';
import { Executions } from './executions';
import type { Committed } from './journal-port';
import type { Live, OpenTurn } from './live';
import { Loader } from './loader';
import { MapJobs } from './map-jobs';
import { Performer } from './performer';
import { EngineUnavailable, NotCreated, type RunnerPorts } from './ports';
import { Programs } from './programs';
import { reading } from './reading';
import { type Queued, Rooms } from './rooms';
import { Sleepers } from './sleepers';
import { Timers } from './timers';
import { TurnWriter } from './turn-writer';

interface Hooks {
  readonly announcements: Announcements;
  /** A step is given up that waits for a callback or a child. */
  readonly givenUp: (live: Live, step: { readonly step: number; readonly attempt: number }) => void;
  /** An execution has ended, and that is committed. */
  readonly ended: (live: Live) => void;
  /** A commit failed; nothing more is written before `recover`. */
  readonly lost: (reason: unknown) => void;
  /** Resolves once the engine has its database again. */
  readonly untilOk: () => Promise<void>;
  /** Something could not be read from the database; whoever asked is told or tried again. */
  readonly postponed: (reason: unknown) => void;
}

const executionsPerPage = 500;
const pauseBetweenReads = 200;

/** The parts that turn arrivals into commits and commits into effects, wired together. */
export class Core {
  readonly executions: Executions;
  readonly programs: Programs;
  readonly rooms: Rooms;
  private readonly dispatch: Dispatch;
  private readonly mapJobs: MapJobs;
  private readonly ports: RunnerPorts;
  private readonly hooks: Hooks;
  private readonly timers: Timers;
  private readonly sleepers: Sleepers;
  private readonly performer: Performer;
  private readonly writer: TurnWriter;
  private readonly loader: Loader;
  private readonly departures = new Departures();
  private latest = 0;

  constructor(ports: RunnerPorts, hooks: Hooks) {
    const { journal, tasks, logs, versions, onDefect } = ports;
    this.ports = ports;
    this.hooks = hooks;
    this.programs = new Programs(versions);
    this.timers = new Timers({
      now: this.now,
      fire: ({ executionId, timer }) => this.due(executionId, timer),
    });
    this.sleepers = new Sleepers({ journal, timers: this.timers, now: this.now, postponed: hooks.postponed });
    const answered = (executionId: string, call: string, news: News) =>
      this.executions.answered(executionId, call, news);
    this.mapJobs = new MapJobs({ storage: ports.mapStorage, answered });
    this.dispatch = new Dispatch({
      find: (resource) => tasks.find(resource),
      now: this.now,
      untilOk: hooks.untilOk,
      log: (executionId, lines) => this.executions.said(executionId, lines),
      isOpen: () => this.executions.isOpen(),
      mayCall: (executionId, command) => this.executions.beginCall(executionId, command),
      answered,
    });
    this.rooms = new Rooms({ begin: (executionId) => this.executions.put(executionId, { type: 'begin' }) });
    this.performer = new Performer({
      timers: this.timers,
      dispatch: this.dispatch,
      put: (executionId, news) => this.executions.put(executionId, news),
      mapJobs: this.mapJobs,
      awaitRoom: (live) => this.rooms.wait(queuedOf(live)),
      givenUp: hooks.givenUp,
      performed: (live) => this.performed(live),
    });
    this.writer = new TurnWriter({
      journal,
      now: this.now,
      committed: (turns, outcome) => this.committed(turns, outcome),
      failed: hooks.lost,
    });
    this.executions = new Executions({
      now: this.now,
      performer: this.performer,
      ready: (live) => this.writer.add(live),
      wake: (executionId) => void this.wake(executionId),
      limited: () => this.dispatch.limited(),
      isFull: (flowId) => this.rooms.isFull(flowId),
      moved: (live) => this.moved(live),
      isLeaving: (executionId) => this.departures.has(executionId),
      log: (executionId, lines) => logs.write(executionId, lines),
      asleep: (executionId, wakeAt) => this.sleepers.add(executionId, wakeAt),
      broken: onDefect,
    });
    this.loader = new Loader({
      journal,
      programs: this.programs,
      adopt: (loaded) => this.executions.adopt(loaded),
      unreadable: (executionId, defect) => this.executions.setAside(executionId, defect),
    });
  }

  /** Milliseconds since 1970; never goes back, whatever the machine's clock does. */
  readonly now = (): number => {
    this.latest = Math.max(this.latest, Date.now());
    return this.latest;
  };

  /**
   * Calls `act` with an execution in memory, reading it first where need be; undefined where there is none. Rejects with
   * EngineUnavailable, with the defect of an execution that was set aside, and with what `act` throws.
   */
  async withLive<Result>(executionId: string, act: (live: Live) => Result): Promise<Result | undefined> {
    while (this.executions.isOpen()) {
      if (this.departures.has(executionId)) return undefined;
      const live = this.executions.get(executionId);
      if (live) return act(live);
      if (!(await reading(this.loader.load(executionId)))) return undefined;
    }
    throw new EngineUnavailable('The engine lost its database; it goes on by itself. Try again in a moment.');
  }

  read(executionId: string): Promise<Execution | undefined> {
    return this.withLive(executionId, (live) => live.execution);
  }

  /** Takes up everything that the journal says is running, and whatever arrivals wait for. */
  async recoverAll(): Promise<void> {
    this.timers.clear();
    this.executions.forgetAll();
    this.rooms.forget();
    await this.readTaskLimits();
    this.writer.resume();
    const waiting = this.executions.reopen();
    let after: string | null = null;
    for (;;) {
      const page = await this.ports.journal.awake(after, executionsPerPage);
      await this.loadAll(page.map((row) => row.executionId));
      if (page.length < executionsPerPage) break;
      after = page.at(-1)?.executionId ?? null;
    }
    await this.sleepers.begin();
    await this.loadAll(waiting);
    await this.readRooms();
    this.dispatch.goOn();
  }

  /** Limits were changed. */
  async readLimits(): Promise<void> {
    await this.readTaskLimits();
    await this.readRooms();
  }

  /** Deletes executions that have ended; returns the deleted ones. */
  remove(executionIds: readonly string[]): Promise<readonly string[]> {
    const { journal } = this.ports;
    return this.departures.during(executionIds, (ids) =>
      reading(journal.remove(this.executions.withdraw(ids))),
    );
  }

  /** Goes on after a lost connection: executions in doubt are folded again. */
  async recover(doubtful: readonly string[]): Promise<void> {
    this.writer.resume();
    const waiting = this.executions.reopen();
    await this.loadAll([...new Set([...doubtful, ...waiting])]);
    await this.readLimits();
    this.dispatch.goOn();
    await this.tellAgain(doubtful);
  }

  /** A commit in doubt may have been written, and nobody has been told: whoever listens reads on. */
  private async tellAgain(doubtful: readonly string[]): Promise<void> {
    const { announcements } = this.hooks;
    const heard = doubtful.filter((id) => announcements.heard(id));
    if (heard.length === 0) return;
    for (const { executionId, status } of await reading(this.ports.journal.find(heard)))
      announcements.tell({ type: 'events', executionId, events: [], status });
  }

  /** Takes no more arrivals; returns the executions in doubt. */
  shut(why: Error): readonly string[] {
    this.writer.stop();
    this.loader.abandon();
    return this.executions.close(why);
  }

  /** Resolves once the commit in flight is done and everything is put away. */
  async close(): Promise<void> {
    this.dispatch.abandon();
    this.mapJobs.abandon();
    this.sleepers.end();
    this.timers.clear();
    await this.writer.idle();
    this.shut(new EngineUnavailable('The engine was stopped.'));
  }

  private async loadAll(executionIds: readonly string[]): Promise<void> {
    await Promise.all(executionIds.map((id) => this.load(id)));
  }

  private async load(executionId: string): Promise<void> {
    if (this.executions.has(executionId) || (await this.loader.load(executionId))) return;
    this.executions.unknown(executionId);
    this.rooms.gone(executionId);
  }

  private async readTaskLimits(): Promise<void> {
    const { limits } = this.ports;
    if (limits) this.dispatch.setLimits((await reading(limits.read())).tasks);
  }

  /** Executions that wait are let go even where their flow is not limited any more. */
  private async readRooms(): Promise<void> {
    const { journal, limits } = this.ports;
    await this.rooms.load(async () => {
      const { flows } = limits ? await reading(limits.read()) : { flows: [] };
      const limited = flows.map(({ flowId }) => flowId);
      const running = limited.length > 0 ? await reading(journal.running(limited)) : [];
      return { limits: flows, running, queued: await reading(journal.queued()) };
    });
    for (const live of this.executions.all()) this.moved(live);
  }

  /** Where no flow is limited this costs nothing. */
  private moved({ id: executionId, execution, open, sent }: Live): void {
    if (!this.rooms.isLimited()) return;
    const { status, queued, start } = execution;
    if (status === 'running') this.rooms.moved({ executionId, flowId: start.flowId, queued });
    else if (!open && !sent) this.rooms.ended(start.flowId, executionId);
  }

  private due(executionId: string, timer: string | undefined): void {
    if (timer !== undefined) this.executions.put(executionId, { type: 'timer', timer });
    else if (this.executions.isOpen()) void this.wake(executionId);
  }

  /** Brings an execution into memory, however long that takes; whatever waits for it in the inbox is delivered then. */
  private async wake(executionId: string): Promise<void> {
    while (this.executions.isOpen()) {
      try {
        await this.load(executionId);
        return;
      } catch (error) {
        this.hooks.postponed(error);
        await pause(pauseBetweenReads);
      }
    }
  }

  private committed(turns: readonly OpenTurn[], { refused: ids }: Committed): void {
    const { announcements } = this.hooks;
    const refused = new Set(ids);
    for (const { live, events, waiting, status } of turns) {
      if (refused.has(live.id)) {
        this.executions.forget(live);
        this.rooms.ended(live.execution.start.flowId, live.id);
        for (const { failed } of waiting) failed(new NotCreated());
        continue;
      }
      if (announcements.heard(live.id))
        announcements.tell({ type: 'events', executionId: live.id, events, status });
      for (const { done } of waiting) done();
    }
    this.performer.add(turns);
  }

  private performed(live: Live): void {
    if (live.status !== 'running' && !live.open && !live.sent) {
      this.rooms.ended(live.execution.start.flowId, live.id);
      this.hooks.ended(live);
    }
    this.executions.rest(live);
  }
}

function queuedOf({ id: executionId, execution: { start } }: Live): Queued {
  return { executionId, flowId: start.flowId, priority: start.options?.priority ?? 0 };
}
