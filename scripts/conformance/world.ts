import { advance } from '@/lib/engine/advance';
import type { Arrival, News } from '@/lib/engine/arrival';
import type { Command } from '@/lib/engine/command';
import { compile } from '@/lib/engine/compile';
import type { Event } from '@/lib/engine/event';
import type { Execution } from '@/lib/engine/execution';
import { readItems } from '@/lib/engine/read-items';
import { LanguageFailure } from '@/lib/expression/failure';
import type { Json, JsonObject } from '@/lib/expression/json';
import type { Definition } from '@/lib/flow/model';
import { same } from './compare';
import type { Line } from './files';

interface TaskEntry {
  readonly state: string;
  readonly resourceType: string;
  readonly input: Json;
  readonly inputIgnore?: readonly string[];
  readonly outcome: {
    readonly kind: 'success' | 'failure' | 'timeout' | 'never';
    readonly output?: Json;
    readonly error?: string | null;
    readonly cause?: string | null;
  };
}

export interface Ran {
  readonly execution: Execution;
  readonly events: readonly Event[];
  /** Tasks that were called and had no entry, or another input than recorded. */
  readonly strangers: readonly Json[];
  /** Entries for which no task was called. */
  readonly leftOver: readonly TaskEntry[];
}

/** More arrivals than this are a run that does not end. */
const patience = 20_000;

/** Runs a case on the interpreter, with the recorded answers of its tasks and a clock that jumps to the next timer. */
export function runCase(line: Line): Ran {
  return new World(line).run();
}

class World {
  private readonly line: Line;
  private readonly entries: TaskEntry[];
  private readonly arrivals: News[] = [];
  private readonly events: Event[] = [];
  private readonly strangers: Json[] = [];
  private readonly started: ReturnType<typeof compile>;
  private now = Date.UTC(2026, 0, 1);

  constructor(line: Line) {
    this.line = line;
    this.entries = [...((line.tasks ?? []) as unknown as TaskEntry[])];
    this.started = compile(line.definition as unknown as Definition);
  }

  run(): Ran {
    let execution = this.deliver(undefined, this.start());
    for (let turn = 0; execution.status === 'running' && turn < patience; turn += 1) {
      const news = this.arrivals.shift() ?? this.nextTimer(execution);
      if (news === undefined) break;
      execution = this.deliver(execution, news);
    }
    return { execution, events: this.events, strangers: this.strangers, leftOver: this.entries };
  }

  private deliver(execution: Execution | undefined, news: News): Execution {
    const arrival: Arrival = { at: this.now, ...news };
    const advanced = advance(this.started, execution, arrival);
    this.events.push(...advanced.events);
    for (const command of advanced.commands) this.perform(command);
    return advanced.execution;
  }

  private nextTimer(execution: Execution): News | undefined {
    const next = execution.timers.heap[0];
    if (next === undefined) return undefined;
    this.now = Math.max(this.now, next.at);
    return { type: 'timer', timer: next.id };
  }

  private start(): News {
    const run = (this.line.run ?? {}) as JsonObject;
    const name = text(run.executionName, 'execution');
    const machine = text(run.stateMachineName, 'machine');
    const arn = `arn:aws:states:${text(run.region, 'us-east-1')}:${text(run.accountId, '1')}`;
    return {
      type: 'start',
      executionId: name,
      executionName: name,
      flowId: machine,
      flowName: machine,
      version: 1,
      input: this.line.input ?? null,
      seed: 'conformance',
      identity: {
        executionId: `${arn}:execution:${machine}:${name}`,
        stateMachineId: `${arn}:stateMachine:${machine}`,
        stateMachineName: machine,
        roleArn: text(run.roleArn, ''),
      },
    };
  }

  private perform(command: Command): void {
    switch (command.type) {
      case 'callTask':
        this.answer(command);
        return;
      case 'readItems':
        this.arrivals.push(this.read(command));
        return;
      case 'continue':
        this.arrivals.push({ type: 'timer', timer: command.id });
        return;
      case 'writeResults':
        this.arrivals.push({
          type: 'resultsWritten',
          step: command.step,
          attempt: command.attempt,
          part: command.part,
          output: {},
        });
        return;
      case 'cancelTask':
      case 'setTimer':
      case 'cancelTimer':
      case 'awaitRoom':
        return;
    }
  }

  private answer(command: Extract<Command, { type: 'callTask' }>): void {
    const { step, attempt, state, parameters, resource } = command;
    const about = { step, attempt };
    if ((this.line.needs as readonly Json[]).includes('missing-activity')) {
      this.arrivals.push({
        type: 'taskFailed',
        ...about,
        error: 'States.Runtime',
        cause: `The activity ${resource} does not exist.`,
      });
      return;
    }
    const entry = this.entryFor(state, parameters);
    if (entry === undefined) {
      this.strangers.push({ state, input: parameters });
      return;
    }
    if (/\.(sync(:2)?|waitForTaskToken)$/.test(resource)) {
      this.arrivals.push({ type: 'taskSubmitted', ...about, output: null });
    }
    const { kind, output = null, error, cause } = entry.outcome;
    if (kind === 'success') this.arrivals.push({ type: 'taskSucceeded', ...about, output });
    if (kind === 'failure') {
      const failure = { ...(error == null ? {} : { error }), ...(cause == null ? {} : { cause }) };
      this.arrivals.push({ type: 'taskFailed', ...about, ...failure });
    }
  }

  /** The first entry of the state with this input; where no input fits, the first of the state, and the input is a miss. */
  private entryFor(state: string, input: Json): TaskEntry | undefined {
    const fits = (entry: TaskEntry) => entry.state === state && same(entry.input, input, entry.inputIgnore);
    const exact = this.entries.findIndex(fits);
    const index = exact >= 0 ? exact : this.entries.findIndex((entry) => entry.state === state);
    const [entry] = index < 0 ? [] : this.entries.splice(index, 1);
    if (entry !== undefined && exact < 0) this.strangers.push({ state, input, recorded: entry.input });
    return entry;
  }

  private read(command: Extract<Command, { type: 'readItems' }>): News {
    const { step, attempt, config } = command;
    const wanted = command.parameters as JsonObject;
    const objects = (this.line.s3 ?? []) as readonly JsonObject[];
    const object = objects.find(({ bucket, key }) => bucket === wanted.Bucket && key === wanted.Key);
    try {
      return { type: 'itemsRead', step, attempt, items: readItems(text(object?.body, ''), config) };
    } catch (thrown) {
      if (!(thrown instanceof LanguageFailure)) throw thrown;
      return { type: 'mapTaskFailed', step, attempt, error: thrown.error, cause: thrown.message };
    }
  }
}

function text(value: Json | undefined, usual: string): string {
  return typeof value === 'string' ? value : usual;
}
