import { advance } from '@/lib/engine/advance';
import type { News } from '@/lib/engine/arrival';
import type { Command } from '@/lib/engine/command';
import type { Program } from '@/lib/engine/compile';
import { openCommands } from '@/lib/engine/fold';
import type { NewExecution } from './journal-port';
import { isQuiet, type Live, live as newLive, type OpenTurn } from './live';
import type { Loaded } from './loader';
import type { Performer } from './performer';
import type { Delivered } from './ports';

interface World {
  readonly now: () => number;
  readonly performer: Performer;
  /** A live execution has begun an open turn. */
  readonly ready: (live: Live) => void;
  /** Asks for an execution that is not in memory; `adopt` follows. */
  readonly wake: (executionId: string) => void;
  /** A running execution has left memory; its row says when it is to be taken up again. */
  readonly asleep: (executionId: string, wakeAt: number) => void;
  /** The engine broke on an arrival: a defect of ours. The execution stands still until the next start. */
  readonly broken: (executionId: string, defect: Error) => void;
}

type Start = Extract<News, { type: 'start' }>;

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
  private readonly inbox = new Map<string, News[]>();
  private readonly defects = new Map<string, Error>();
  private resting: Live[] = [];
  private open = false;

  constructor(world: World) {
    this.world = world;
  }

  /** Throws for an execution that the engine broke on. */
  get(executionId: string): Live | undefined {
    const defect = this.defects.get(executionId);
    if (defect) throw defect;
    return this.lives.get(executionId);
  }

  isOpen(): boolean {
    return this.open;
  }

  /** R2: takes an arrival from our own side. */
  put(executionId: string, news: News): void {
    if (this.defects.has(executionId)) return;
    const live = this.lives.get(executionId);
    if (live && this.open) {
      this.tryAccept(live, news);
      return;
    }
    this.keep(executionId, news);
    if (this.open) this.world.wake(executionId);
  }

  /** A call has answered: it no longer keeps its execution in memory. */
  answered(executionId: string, call: string, news: News): void {
    this.lives.get(executionId)?.calls.delete(call);
    this.put(executionId, news);
  }

  /** Begins an execution; resolves after its first commit. */
  begin(program: Program, created: NewExecution, start: Start): Promise<Delivered> {
    const first = advance(program, undefined, { at: created.startedAt, ...start });
    const live = newLive({
      id: start.executionId,
      parent: created.parent,
      program,
      execution: first.execution,
      status: 'running',
      wakeAt: null,
      redrives: 0,
    });
    this.lives.set(live.id, live);
    live.open = turnOf(live, created);
    live.open.events.push(...first.events);
    live.open.commands.push(...first.commands);
    this.world.ready(live);
    return this.committed(live, { ok: true, lastEvent: live.execution.lastEvent });
  }

  /** Takes an arrival for which somebody waits; resolves after the commit of what it caused. */
  ask(live: Live, news: News): Promise<Delivered> {
    const { events, refused } = this.accept(live, news, true);
    this.restSoon(live);
    const outcome: Delivered =
      refused === undefined && events > 0
        ? { ok: true, lastEvent: live.execution.lastEvent }
        : { ok: false, reason: refused ?? 'The execution does not wait for this any more.' };
    return this.committed(live, outcome);
  }

  /** R3. Returns the executions in doubt; whoever waited for them is told `why`. */
  close(why: Error): readonly string[] {
    this.open = false;
    const doubtful = [...this.lives.values()].filter((live) => live.open ?? live.sent);
    for (const live of doubtful) {
      this.forget(live);
      for (const turn of [live.sent, live.open]) {
        for (const news of turn?.news ?? []) this.keep(live.id, news);
        for (const waiting of turn?.waiting ?? []) waiting.failed(why);
      }
    }
    return doubtful.map((live) => live.id);
  }

  /** Drops whatever is in memory, as another owner may have written since; the inbox stays. */
  forgetAll(): void {
    for (const live of [...this.lives.values()]) this.forget(live);
  }

  forget(live: Live): void {
    live.gone = true;
    this.lives.delete(live.id);
    this.world.performer.forget(live);
  }

  /** From now on arrivals are taken. Returns the executions that arrivals wait for and that are not in memory. */
  reopen(): readonly string[] {
    this.open = true;
    for (const [executionId, waiting] of [...this.inbox]) {
      const live = this.lives.get(executionId);
      if (!live) continue;
      this.inbox.delete(executionId);
      for (const news of waiting) this.tryAccept(live, news);
    }
    return [...this.inbox.keys()];
  }

  /** Takes an execution into memory as the journal has it, and does again what it waits for. */
  adopt({ stored, program, execution }: Loaded): void {
    if (this.lives.has(stored.executionId)) return;
    const { executionId: id, parent, status, wakeAt, redrives } = stored;
    const live = newLive({ id, parent, program, execution, status, wakeAt, redrives });
    this.lives.set(id, live);
    const waiting = this.inbox.get(id) ?? [];
    this.inbox.delete(id);
    for (const command of openCommands(program, execution))
      if (!isAnswered(command, waiting)) this.world.performer.perform(live, command);
    for (const news of waiting) this.tryAccept(live, news);
    this.restSoon(live);
  }

  /** R4 */
  rest(live: Live): void {
    if (!isQuiet(live) || this.lives.get(live.id) !== live) return;
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

  private accept(live: Live, news: News, asked: boolean) {
    try {
      const advanced = advance(live.program, live.execution, { at: this.world.now(), ...news });
      live.execution = advanced.execution;
      const { events, commands, refused } = advanced;
      if (events.length > 0) {
        const turn = live.open ?? this.beginTurn(live);
        for (const event of events) turn.events.push(event);
        for (const command of commands) turn.commands.push(command);
        if (!asked) turn.news.push(news);
      }
      return { events: events.length, refused };
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
    this.inbox.delete(executionId);
    this.world.broken(executionId, defect);
  }

  private beginTurn(live: Live): OpenTurn {
    live.open = turnOf(live, undefined);
    if (!live.sent) this.world.ready(live);
    return live.open;
  }

  /** Resolves once nothing of the execution is uncommitted that was there at the time of the call. */
  private committed(live: Live, outcome: Delivered): Promise<Delivered> {
    const turn = live.open ?? live.sent;
    if (!turn) return Promise.resolve(outcome);
    return new Promise((resolve, reject) => {
      turn.waiting.push({ done: () => resolve(outcome), failed: reject });
    });
  }

  private keep(executionId: string, news: News): void {
    const waiting = this.inbox.get(executionId);
    if (waiting) waiting.push(news);
    else this.inbox.set(executionId, [news]);
  }
}

function turnOf(live: Live, created: NewExecution | undefined): OpenTurn {
  return { live, events: [], commands: [], news: [], waiting: [], created, status: 'running' };
}

/** Whether the answer to a call waits already: then it is not called again. */
function isAnswered(command: Command, waiting: readonly News[]): boolean {
  if (command.type !== 'callTask' || waiting.length === 0) return false;
  return waiting.some(
    (news) => 'attempt' in news && news.step === command.step && news.attempt === command.attempt,
  );
}
