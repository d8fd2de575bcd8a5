import { setTimeout as pause } from 'node:timers/promises';
import type { News } from '@/lib/engine/arrival';
import type { Execution } from '@/lib/engine/execution';
import type { Announcements } from './announcements';
import { Dispatch } from './dispatch';
import { Executions } from './executions';
import type { Committed } from './journal-port';
import type { Live, OpenTurn } from './live';
import { Loader } from './loader';
import { MapJobs } from './map-jobs';
import { Performer } from './performer';
import { EngineUnavailable, NameTaken, type RunnerPorts } from './ports';
import { Programs } from './programs';
import { reading } from './reading';
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
  private readonly dispatch: Dispatch;
  private readonly mapJobs: MapJobs;
  private readonly ports: RunnerPorts;
  private readonly hooks: Hooks;
  private readonly timers: Timers;
  private readonly sleepers: Sleepers;
  private readonly performer: Performer;
  private readonly writer: TurnWriter;
  private readonly loader: Loader;
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
      log: (executionId, lines) => logs.write(executionId, lines),
      answered,
    });
    this.performer = new Performer({
      timers: this.timers,
      dispatch: this.dispatch,
      put: (executionId, news) => this.executions.put(executionId, news),
      mapJobs: this.mapJobs,
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
  }

  /** Goes on after a lost connection: executions in doubt are folded again. */
  async recover(doubtful: readonly string[]): Promise<void> {
    this.writer.resume();
    const waiting = this.executions.reopen();
    await this.loadAll([...new Set([...doubtful, ...waiting])]);
  }

  /** Takes no more arrivals; returns the executions in doubt. */
  shut(why: Error): readonly string[] {
    this.writer.stop();
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
    await Promise.all(executionIds.map((id) => this.loader.load(id)));
  }

  private due(executionId: string, timer: string | undefined): void {
    if (timer !== undefined) this.executions.put(executionId, { type: 'timer', timer });
    else if (this.executions.isOpen()) void this.wake(executionId);
  }

  /** Brings an execution into memory, however long that takes; whatever waits for it in the inbox is delivered then. */
  private async wake(executionId: string): Promise<void> {
    while (this.executions.isOpen()) {
      try {
        await this.loader.load(executionId);
        return;
      } catch (error) {
        this.hooks.postponed(error);
        await pause(pauseBetweenReads);
      }
    }
  }

  private committed(turns: readonly OpenTurn[], { duplicates }: Committed): void {
    const { announcements } = this.hooks;
    const refused = new Set(duplicates);
    for (const { live, events, waiting, status } of turns) {
      if (refused.has(live.id)) {
        this.executions.forget(live);
        for (const { failed } of waiting) failed(new NameTaken());
        continue;
      }
      if (announcements.heard(live.id))
        announcements.tell({ type: 'events', executionId: live.id, events, status });
      for (const { done } of waiting) done();
    }
    this.performer.add(turns);
  }

  private performed(live: Live): void {
    if (live.status !== 'running' && !live.open && !live.sent) this.hooks.ended(live);
    this.executions.rest(live);
  }
}
