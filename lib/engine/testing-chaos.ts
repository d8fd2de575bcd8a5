import type { Definition } from '@/lib/flow/model';
import { type Advanced, advance } from './advance';
import type { Arrival, News } from './arrival';
import type { Command } from './command';
import { compile } from './compile';
import type { Event } from './event';
import type { Execution } from './execution';
import { fold, foldOn, openCommands } from './fold';
import { type Plan, plan } from './plan';
import type { Program } from './program';
import { freezeText, thawText } from './snapshot';
import { Survey } from './survey';
import { dice, randomFlow, repairedFlow } from './testing-flow';
import { holds, same, verifyLaws } from './testing-laws';

/** How much happens in a world: dozens of things, or a few, which most worlds of a long search have. */
type Life = 'long' | 'short';

/**
 * The core under a hostile world: answers late, double, missing or of older attempts, timers early and late, operators who meddle,
 * and crashes between any two commits, after which the execution comes back from its history or from a snapshot. Everything is
 * drawn from the seed. Laws are checked without a test library, as 100,000 worlds are lived through in minutes.
 */
export class Chaos {
  private readonly roll: () => number;
  /** Decides about snapshots alone, so that what a seed stands for stays the same. */
  private readonly snapshotRoll: () => number;
  private readonly life: Life;
  private readonly first: Program;
  /** The versions that a redrive may go over to. */
  private readonly versions = new Map<string, Program>();
  private readonly flows = new Map<string, Definition>();
  private program: Program;
  private readonly events: Event[] = [];
  private readonly sent: News[] = [];
  private open = new Map<string, Command>();
  private execution: Execution;
  private last: Advanced;
  private now = 1000;
  private saved: { readonly text: string; readonly version: string; readonly events: number } | undefined;
  /** Tasks of this kind wait for their turn, and executions for room, in some worlds. */
  private readonly limits: Pick<Arrival, 'limited' | 'full'>;

  constructor(seed: number, life: Life = 'long') {
    this.roll = dice(seed);
    this.snapshotRoll = dice(seed + 2 ** 31);
    this.life = life;
    const flow = randomFlow(this.roll);
    this.first = compile(flow);
    this.program = this.first;
    this.versions.set('v1', this.first);
    for (const version of [2, 3]) this.flows.set(`v${version}`, repairedFlow(flow, this.roll));
    const names = { executionId: 'x', executionName: 'n', flowId: 'f', flowName: 'f', version: 1 };
    const parks = this.roll() < 0.3 ? { options: { onFailure: 'park' as const } } : {};
    const input = { items: Array.from({ length: Math.floor(this.roll() * 5) }, (_, i) => i) };
    this.limits = this.roll() < 0.3 ? { limited: new Set(['millrace:work']), full: this.roll() < 0.5 } : {};
    const arrival = {
      ...this.limits,
      type: 'start',
      at: this.now,
      input,
      seed: String(seed),
      ...names,
      ...parks,
    } as const;
    this.last = advance(this.program, undefined, arrival);
    const { execution, events, commands } = this.last;
    this.execution = execution;
    this.record(events, commands);
  }

  run(): void {
    const meddling =
      this.life === 'long' ? 10 + Math.floor(this.roll() * 60) : 1 + Math.floor(this.roll() * 10);
    for (let i = 0; i < meddling; i += 1) this.disturb();
    if (this.execution.paused) this.deliver({ type: 'resume' });
    this.comeToRest();
    this.verify();
  }

  /** One random thing happens. */
  private disturb(): void {
    const kind = this.roll();
    if (kind < 0.5) this.answerOne();
    else if (kind < 0.6) this.repeatOne();
    else if (kind < 0.75) this.ringOne();
    else if (kind < 0.9) this.crash();
    else this.meddle();
    if (this.roll() < 0.1) this.verify();
    if (this.snapshotRoll() < 0.1) this.save();
  }

  private pick<Value>(values: readonly Value[]): Value | undefined {
    return values[Math.floor(this.roll() * values.length)];
  }

  private answerOne(): void {
    const command = this.pick([...this.open.values()].filter(({ type }) => type !== 'setTimer'));
    if (command !== undefined) this.deliver(this.answerTo(command, this.roll()));
  }

  private answerTo(command: Command, luck: number): News {
    if (command.type === 'awaitRoom') return { type: 'begin' };
    if (command.type === 'callTask') {
      const { step, attempt } = command;
      if (this.execution.steps.get(step)?.task?.queued) return { type: 'taskStarted', step, attempt };
      if (luck < 0.6) return { type: 'taskSucceeded', step, attempt, output: { luck } };
      if (luck < 0.7) return { type: 'taskHeartbeat', step, attempt };
      if (luck < 0.75) return { type: 'taskSubmitted', step, attempt, output: null };
      return { type: 'taskFailed', step, attempt, error: 'Bad luck', cause: String(luck) };
    }
    return { type: 'timer', timer: command.id };
  }

  private repeatOne(): void {
    const news = this.pick(this.sent);
    if (news !== undefined) this.deliver(news);
  }

  private ringOne(): void {
    const timer = this.pick([...this.execution.timers.due]);
    if (timer === undefined) return;
    if (this.roll() < 0.7) this.now = Math.max(this.now, timer[1]);
    this.deliver({ type: 'timer', timer: timer[0] });
  }

  private crash(): void {
    this.verify();
    this.execution = this.comesBack();
    this.open = new Map(openCommands(this.program, this.execution).map((command) => [command.id, command]));
  }

  /** From the whole history, or from the last snapshot and what came after it; the next snapshot is taken at random. */
  private comesBack(): Execution {
    const { events, saved } = this;
    if (saved === undefined || this.snapshotRoll() < 0.5) return fold(this.first, events, this.programOf);
    const { execution } = foldOn(
      this.programOf(saved.version),
      thawText(saved.text),
      events.slice(saved.events),
      this.programOf,
    );
    same('E2', execution, this.execution);
    return execution;
  }

  private save(): void {
    const { version } = this.execution;
    const text = freezeText(this.execution);
    this.saved = { text, version: `v${version}`, events: this.events.length };
  }

  private meddle(): void {
    const step = this.pick([...this.execution.steps.keys()]) ?? 99;
    const version = 1 + Math.floor(this.roll() * 3);
    const replacement = { version, versionId: `v${version}`, program: this.programOf(`v${version}`) };
    const wishes: News[] = [
      { type: 'retryStep', step },
      { type: 'retryStep', step, input: { items: [7] } },
      ...this.restart(),
      { type: 'redrive', replacement },
      { type: 'skipStep', step, output: { items: [] } },
      { type: 'failStep', step },
      { type: 'redrive' },
      { type: 'pause' },
      { type: 'resume' },
      { type: 'stop' },
    ];
    const wish = this.pick(wishes);
    if (wish === undefined) return;
    const planned = this.planOf(wish);
    const calls = this.calledStates();
    this.deliver(wish);
    if (planned !== undefined) this.verifyPlan(planned, calls);
  }

  /** From any step that was reached, however long ago. */
  private restart(): News[] {
    const entered = this.pick(this.events.filter(({ type }) => type === 'StateEntered'));
    const { reached } = this.survey(entered?.id ?? 0);
    if (reached === undefined) return [];
    return [
      this.roll() < 0.5 ? { type: 'restart', reached } : { type: 'restart', reached, input: { items: [1] } },
    ];
  }

  private survey(step?: number) {
    const survey = new Survey(this.first, this.programOf, step);
    survey.take(this.events);
    return survey.done();
  }

  private planOf(wish: News): Plan | undefined {
    switch (wish.type) {
      case 'retryStep':
      case 'redrive':
      case 'restart':
      case 'skipStep':
      case 'failStep':
        return plan(this.survey(), { at: this.now, ...wish });
      default:
        return undefined;
    }
  }

  /** A plan is refused when the wish is, and what is called again at once had been announced. */
  private verifyPlan(planned: Plan, before: ReadonlyMap<string, number>): void {
    const { refused } = this.last;
    holds('E44', planned.refused.join('\n') === (refused ?? ''));
    if (refused !== undefined) return;
    const announced = new Set(planned.again.map(({ state }) => state));
    for (const [state, calls] of this.calledStates()) {
      const known = before.get(state) ?? 0;
      if (known > 0 && calls > known && !this.entered(state)) holds('E44', announced.has(state));
    }
  }

  /** Whether the last turn entered the state, be it for the first time or in another round or iteration. */
  private entered(state: string): boolean {
    return this.last.events.some((event) => event.type === 'StateEntered' && event.state === state);
  }

  private calledStates(): ReadonlyMap<string, number> {
    const names = new Map<number, string>();
    const calls = new Map<string, number>();
    for (const event of this.events) {
      if (event.type === 'StateEntered') names.set(event.id, event.state);
      if (event.type !== 'TaskScheduled') continue;
      const name = names.get(event.step) ?? '';
      calls.set(name, (calls.get(name) ?? 0) + 1);
    }
    return calls;
  }

  private readonly programOf = (versionId: string): Program => {
    const flow = this.flows.get(versionId);
    const program = this.versions.get(versionId) ?? (flow && compile(flow));
    if (program === undefined) throw new Error(`there is no version ${versionId}`);
    this.versions.set(versionId, program);
    return program;
  };

  private deliver(news: News): void {
    this.now += Math.floor(this.roll() * 50);
    const before = this.execution.lastEvent;
    this.last = advance(this.program, this.execution, { at: this.now, ...this.limits, ...news });
    const { execution, events, commands, refused, program } = this.last;
    this.program = program;
    holds('what is refused changes nothing', refused === undefined || events.length === 0);
    holds('ids have no gaps', execution.lastEvent === before + events.length);
    this.execution = execution;
    this.sent.push(news);
    this.record(events, commands);
  }

  private record(events: readonly Event[], commands: readonly Command[]): void {
    this.events.push(...events);
    for (const command of commands) {
      if (command.type === 'cancelTask' || command.type === 'cancelTimer') this.open.delete(command.id);
      else this.open.set(command.id, command);
    }
    for (const event of events) this.close(event);
  }

  /** What has been answered is not open any more. */
  private close(event: Event): void {
    if (event.type === 'TaskSucceeded' || event.type === 'TaskFailed')
      this.open.delete(`task:${event.step}.${event.attempt}`);
    if (event.type === 'ExecutionBegun') this.open.delete('room');
    if (event.type === 'TaskTimedOut') this.open.delete(`task:${event.step}.${event.attempt}`);
  }

  /** Everything is answered well and every timer rings: the execution must end, or wait for an operator. */
  private comeToRest(): void {
    for (let turn = 0; turn < 3000 && this.execution.status === 'running'; turn += 1) {
      const call = openCommands(this.program, this.execution).find(({ type }) => type !== 'setTimer');
      const submitted = [...this.execution.steps.values()].find(
        ({ status, task }) => status === 'working' && task?.submitted,
      );
      const timer = this.execution.timers.heap[0];
      if (call !== undefined) this.deliver(this.answerTo(call, 0));
      else if (submitted !== undefined) {
        this.deliver({ type: 'taskSucceeded', step: submitted.id, attempt: submitted.attempt, output: {} });
      } else if (timer !== undefined) {
        this.now = Math.max(this.now, timer.at);
        this.deliver({ type: 'timer', timer: timer.id });
      } else break;
    }
    if (this.execution.status !== 'running') return;
    const parked = [...this.execution.steps.values()].some(({ status }) => status === 'parked');
    holds('a running execution at rest waits for an operator', parked);
  }

  private verify(): void {
    const folded = fold(this.first, this.events, this.programOf);
    verifyLaws({
      execution: this.execution,
      folded,
      events: this.events,
      program: this.program,
      open: this.open,
    });
  }
}
