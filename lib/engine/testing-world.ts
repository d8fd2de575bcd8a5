import type { Json } from '@/lib/expression/json';
import type { Definition } from '@/lib/flow/model';
import { type Advanced, advance } from './advance';
import type { News, Replacement } from './arrival';
import type { Command } from './command';
import { compile } from './compile';
import type { Event, Options } from './event';
import type { Execution } from './execution';
import { fold, nextTimer } from './fold';
import type { Program } from './program';
import { freeze } from './snapshot';
import { Survey, type Surveyed } from './survey';

/** What the tasks of a test answer: by state and attempt; undefined leaves the call open. */
export type Answers = (call: { state: string; attempt: number; parameters: Json }) => Answer | undefined;
type Answer = { readonly output: Json } | { readonly error?: string; readonly cause?: string };

interface Setting {
  readonly definition: Definition;
  readonly input?: Json;
  readonly options?: Options;
  readonly answers?: Answers;
}

/** A world for tests: it answers tasks at once, moves its clock from timer to timer, and keeps the journal. */
export class TestWorld {
  program: Program;
  readonly events: Event[] = [];
  readonly open = new Map<string, Command>();
  readonly calls: Extract<Command, { type: 'callTask' }>[] = [];
  execution: Execution;
  now = 1_000_000;
  private readonly answers: Answers;
  private readonly arrivals: News[] = [];
  private readonly first: Program;
  private readonly replacements = new Map<string, Program>();

  constructor({ definition, input = {}, options, answers = () => ({ output: null }) }: Setting) {
    this.program = compile(definition);
    this.first = this.program;
    this.answers = answers;
    const names = { executionId: 'x', executionName: 'run', flowId: 'f', flowName: 'flow', version: 1 };
    const chosen = options === undefined ? {} : { options };
    this.execution = this.take(
      advance(this.program, undefined, {
        at: this.now,
        type: 'start',
        input,
        seed: 's',
        ...names,
        ...chosen,
      }),
    ).execution;
  }

  /** Delivers an arrival, and performs what it asks for. */
  deliver(news: News): Advanced {
    return this.take(advance(this.program, this.execution, { at: this.now, ...news }));
  }

  /** Delivers answers and timers until nothing is left that comes by itself. */
  settle(): this {
    for (let turn = 0; turn < 10_000; turn += 1) {
      const news = this.arrivals.shift() ?? this.timer();
      if (news === undefined) return this;
      this.deliver(news);
    }
    throw new Error('the execution does not come to rest');
  }

  /** Delivers the answers that are due, and no timers. */
  answer(): this {
    for (let news = this.arrivals.shift(); news !== undefined; news = this.arrivals.shift())
      this.deliver(news);
    return this;
  }

  /** Forgets the execution and folds it from its journal. */
  crash(): void {
    const folded = fold(this.first, this.events, (versionId) => this.programOf(versionId));
    if (JSON.stringify(freeze(folded)) !== JSON.stringify(freeze(this.execution))) {
      throw new Error('the folded execution is not the one in memory');
    }
    this.execution = folded;
  }

  /** Another version of the flow, as a redrive may name it. */
  version(version: number, definition: Definition): Replacement {
    const replacement = { version, versionId: `v${version}`, program: compile(definition) };
    this.replacements.set(replacement.versionId, replacement.program);
    return replacement;
  }

  /** Looks through the history so far, for a step where one is named. */
  survey(step?: number): Surveyed {
    const survey = new Survey(this.first, (versionId) => this.programOf(versionId), step);
    survey.take(this.events);
    return survey.done();
  }

  /** The wish to restart from a step. */
  restartFrom(step: number): Extract<News, { type: 'restart' }> {
    const { reached } = this.survey(step);
    if (reached === undefined) throw new Error(`the execution never reached step ${step}`);
    return { type: 'restart', reached };
  }

  private programOf(versionId: string): Program {
    const program = this.replacements.get(versionId);
    if (program === undefined) throw new Error(`the test has no version "${versionId}"`);
    return program;
  }

  /** The id of the newest step at a state. */
  step(state: string): number {
    const entered = this.events.findLast((event) => event.type === 'StateEntered' && event.state === state);
    if (entered === undefined) throw new Error(`the execution was never at "${state}"`);
    return entered.id;
  }

  types(): string[] {
    return this.events.map(({ type }) => type);
  }

  private timer(): News | undefined {
    const at = nextTimer(this.execution);
    const next = this.execution.timers.heap[0];
    if (at === null || next === undefined) return undefined;
    this.now = Math.max(this.now, at);
    return { type: 'timer', timer: next.id };
  }

  private take(advanced: Advanced): Advanced {
    this.execution = advanced.execution;
    this.program = advanced.program;
    this.events.push(...advanced.events);
    for (const command of advanced.commands) this.perform(command);
    return advanced;
  }

  private perform(command: Command): void {
    if (command.type === 'cancelTask' || command.type === 'cancelTimer') this.open.delete(command.id);
    else this.open.set(command.id, command);
    if (command.type === 'continue') this.arrivals.push({ type: 'timer', timer: command.id });
    if (command.type !== 'callTask') return;
    this.calls.push(command);
    const { step, attempt } = command;
    const answer = this.answers(command);
    if (answer === undefined) return;
    this.arrivals.push(
      'output' in answer
        ? { type: 'taskSucceeded', step, attempt, output: answer.output }
        : { type: 'taskFailed', step, attempt, ...answer },
    );
  }
}
