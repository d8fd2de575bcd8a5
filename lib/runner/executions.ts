import type { Advanced } from '@/lib/engine/advance';
import type { News } from '@/lib/engine/arrival';
import { openCommands } from '@/lib/engine/fold';
import type { Program } from '@/lib/engine/program';
import { Advancing, type Start, type Surroundings } from './advancing';
import type { CallTask } from './dispatch';
import { heldOf } from './express';
import { Inbox, isAnswered } from './inbox';
import type { NewExecution } from './journal-port';
import { awaitedCall, callName, committed, isQuiet, type Live, live as newLive } from './live';
import type { Loaded } from './loader';
import type { Delivered, LogLine } from './ports';

interface World extends Surroundings {
  /** Asks for an execution that is not in memory; `adopt` follows. */
  readonly wake: (executionId: string) => void;
  /** It has begun or ended to wait for room, or to run. */
  readonly moved: (live: Live) => void;
  /** It is being deleted: nothing is done for it any more. */
  readonly isLeaving: (executionId: string) => boolean;
  /** A running execution has left memory; its row says when it is to be taken up again. */
  readonly asleep: (executionId: string, wakeAt: number) => void;
  /** The engine broke on an arrival: a defect of ours. The execution stands still until the next start. */
  readonly broken: (executionId: string, defect: Error) => void;
}

/** Sleepers whose time has come this close are not put to sleep again. */
const soon = 1_000;

/**
 * The executions in memory.
 *
 * R1 Nothing is done for an execution before the commit that holds its cause: not a call, not a timer, not an answer.
 * R2 An arrival from our own side (a task's answer, a timer, a child's end) is never lost while the process lives: it waits in
 *    the inbox until its execution is in memory and the journal can be written.
 * R3 After a failed commit every execution with an uncommitted turn is dropped and folded again.
 * R4 An execution of which nothing is under way in this process leaves memory.
 */
export class Executions {
  private readonly world: World;
  private readonly lives = new Map<string, Live>();
  private readonly inbox = new Inbox();
  private readonly defects = new Map<string, Error>();
  private resting: Live[] = [];
  private open = false;

  private readonly advancing: Advancing;

  constructor(world: World) {
    this.world = world;
    this.advancing = new Advancing(world);
  }

  /** Throws for an execution that the engine broke on. */
  get(executionId: string): Live | undefined {
    const defect = this.defects.get(executionId);
    if (defect) throw defect;
    return this.lives.get(executionId);
  }

  /** Whether it is in memory. */
  has(executionId: string): boolean {
    return this.lives.has(executionId);
  }

  isOpen(): boolean {
    return this.open;
  }

  /** R2: takes an arrival from our own side. */
  put(executionId: string, news: News): void {
    if (this.defects.has(executionId) || this.world.isLeaving(executionId)) return;
    const live = this.lives.get(executionId);
    if (live && this.open) {
      this.tryAccept(live, news);
      return;
    }
    this.inbox.keep(executionId, news);
    if (this.open) this.world.wake(executionId);
  }

  /** A call has answered: it no longer keeps its execution in memory. */
  answered(executionId: string, call: string, news: News): void {
    this.lives.get(executionId)?.calls.delete(call);
    this.put(executionId, news);
  }

  /** Begins an execution, or lets it wait for room; resolves after its first commit. */
  begin(program: Program, created: NewExecution, start: Start, full: boolean): Promise<Delivered> {
    const live = this.advancing.begin(program, created, start, full);
    this.lives.set(live.id, live);
    this.world.moved(live);
    return committed(live, { ok: true, lastEvent: live.execution.lastEvent });
  }

  /** Takes an arrival for which somebody waits; resolves after the commit of what it caused. */
  ask(live: Live, news: News): Promise<Delivered> {
    const { events, refused, stale } = this.accept(live, news, true);
    this.restSoon(live);
    const outcome: Delivered =
      refused === undefined && events.length > 0
        ? { ok: true, lastEvent: live.execution.lastEvent }
        : {
            ok: false,
            reason: refused ?? 'The execution does not wait for this any more.',
            ...(stale && { stale }),
          };
    return committed(live, outcome);
  }

  /** The turn of a call has come: that is recorded. False where the call is not awaited (any more). */
  beginCall(executionId: string, { step, attempt }: CallTask): boolean {
    const live = this.lives.get(executionId);
    if (!live) return false;
    if (awaitedCall(live, { step, attempt })?.queued === true)
      this.tryAccept(live, { type: 'taskStarted', step, attempt });
    if (awaitedCall(live, { step, attempt })?.queued === false) return true;
    live.calls.delete(callName({ step, attempt }));
    this.restSoon(live);
    return false;
  }

  /** Lines of a call; an express execution keeps them until it is known whether its history is kept. */
  said(executionId: string, lines: readonly LogLine[]): void {
    const held = this.lives.get(executionId)?.held;
    if (held) for (const line of lines) held.lines.push(line);
    else this.world.log(executionId, lines);
  }

  /** R3. Returns the executions in doubt; whoever waited for them is told `why`. */
  close(why: Error): readonly string[] {
    this.open = false;
    const doubtful = [...this.lives.values()].filter((live) => live.open ?? live.sent);
    for (const live of doubtful) {
      this.forget(live);
      for (const turn of [live.sent, live.open]) {
        for (const news of turn?.news ?? []) this.inbox.keep(live.id, news);
        for (const waiting of turn?.waiting ?? []) waiting.failed(why);
      }
    }
    return doubtful.map((live) => live.id);
  }

  /** Drops whatever is in memory, as another owner may have written since; the inbox stays, but for who may begin. */
  forgetAll(): void {
    this.inbox.drop(({ type }) => type === 'begin');
    for (const live of [...this.lives.values()]) this.forget(live);
  }

  /** Takes those out of which nothing is under way, as they are to be deleted; returns them and those that are not in memory. */
  withdraw(executionIds: readonly string[]): readonly string[] {
    return executionIds.filter((id) => {
      const live = this.lives.get(id);
      if (!live) return true;
      if (live.status === 'running' || !isQuiet(live)) return false;
      this.forget(live);
      return true;
    });
  }

  all(): Iterable<Live> {
    return this.lives.values();
  }

  forget(live: Live): void {
    live.gone = true;
    this.lives.delete(live.id);
    this.world.performer.forget(live);
  }

  /** From now on arrivals are taken. Returns the executions that arrivals wait for and that are not in memory. */
  reopen(): readonly string[] {
    this.open = true;
    for (const executionId of this.inbox.executions()) {
      const live = this.lives.get(executionId);
      if (live) for (const news of this.inbox.take(executionId)) this.tryAccept(live, news);
    }
    return this.inbox.executions();
  }

  /** There is no such execution: what arrived for it is for nobody. */
  unknown(executionId: string): void {
    this.inbox.take(executionId);
  }

  /** Takes an execution into memory as the journal has it, and does again what it waits for. */
  adopt({ stored, snapshot, program, execution }: Loaded): void {
    const { executionId: id } = stored;
    if (this.lives.has(id) || this.world.isLeaving(id)) return;
    const live = newLive({
      ...stored,
      id,
      parent: stored.parent,
      program,
      execution,
      held: heldOf(execution),
      snapshot,
    });
    this.lives.set(id, live);
    const waiting = this.inbox.take(id);
    for (const command of openCommands(program, execution))
      if (!isAnswered(command, waiting)) this.world.performer.perform(live, command);
    for (const news of waiting) this.tryAccept(live, news);
    this.world.moved(live);
    this.restSoon(live);
  }

  /** R4 */
  rest(live: Live): void {
    if (!isQuiet(live) || this.lives.get(live.id) !== live) return;
    if (live.held && !live.execution.queued) return;
    const sleeps = live.wakeAt !== null && live.wakeAt > this.world.now() + soon;
    if (live.status === 'running' && !sleeps) return;
    this.forget(live);
    if (live.wakeAt !== null) this.world.asleep(live.id, live.wakeAt);
  }

  private restSoon(live: Live): void {
    this.resting.push(live);
    if (this.resting.length > 1) return;
    setImmediate(() => {
      const lives = this.resting;
      this.resting = [];
      for (const each of lives) this.rest(each);
    });
  }

  private tryAccept(live: Live, news: News): void {
    try {
      this.accept(live, news, false);
    } catch {
      // `accept` has told of the defect and set the execution aside.
    }
  }

  private accept(live: Live, news: News, asked: boolean): Advanced {
    try {
      const advanced = this.advancing.take(live, news, asked);
      if (asked || news.type === 'begin') this.world.moved(live);
      return advanced;
    } catch (thrown) {
      const defect = thrown instanceof Error ? thrown : new Error(String(thrown));
      this.setAside(live.id, defect);
      this.forget(live);
      throw defect;
    }
  }

  /** A defect of ours stands in this execution's way: it is not touched again before the next start. */
  setAside(executionId: string, defect: Error): void {
    this.defects.set(executionId, defect);
    this.inbox.take(executionId);
    this.world.broken(executionId, defect);
  }

  /** Resolves once nothing of the execution is uncommitted that is there now. */
  async settled(live: Live): Promise<void> {
    await committed(live, { ok: true, lastEvent: live.execution.lastEvent });
  }
}
