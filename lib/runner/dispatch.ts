import type { News } from '@/lib/engine/arrival';
import type { Command } from '@/lib/engine/command';
import type { Json } from '@/lib/expression/json';
import { callName } from './live';
import { EngineUnavailable, type LogLine, type TaskCall, type TaskKind, type TaskResult } from './ports';

export type CallTask = Extract<Command, { type: 'callTask' }>;

/** Whose task is called. */
export interface Caller {
  readonly executionId: string;
  readonly executionName: string;
  readonly flowId: string;
}

interface World {
  readonly find: (resource: string) => TaskKind | undefined;
  readonly now: () => number;
  readonly log: (executionId: string, lines: readonly LogLine[]) => void;
  /** Resolves once the engine has its database again. */
  readonly untilOk: () => Promise<void>;
  /** Called once for each call that was neither cancelled nor forgotten. */
  readonly answered: (executionId: string, call: string, news: News) => void;
}

const linesPerAttempt = 5_000;
const charactersPerLine = 8_000;

/**
 * Calls tasks and brings their answers home.
 *
 * D1 While a task's call is under way it is not called again, whatever happens to the execution in memory.
 * D2 A cancelled call is aborted, and its answer is dropped.
 * D3 Whatever goes wrong in a kind is an answer: unknown resource, bad parameters, a throw, a result that is no JSON.
 * D4 A call that needed the engine itself while that had lost its database is made again.
 */
export class Dispatch {
  private readonly world: World;
  private readonly calls = new Map<string, CallUnderWay>();

  constructor(world: World) {
    this.world = world;
  }

  call(caller: Caller, command: CallTask): void {
    const key = keyOf(caller.executionId, command);
    if (this.calls.has(key)) return;
    const call = new CallUnderWay(caller, command, key, this.world);
    this.calls.set(key, call);
    void this.run(call, command).then((result) => {
      if (this.calls.get(key) !== call) return;
      this.calls.delete(key);
      this.world.answered(caller.executionId, callName(command), newsOf(command, result));
    });
  }

  private async run(call: CallUnderWay, command: CallTask): Promise<TaskResult> {
    const { resource } = command;
    for (;;) {
      try {
        const kind = this.world.find(resource);
        if (!kind) return failed('UnknownResource', `Nothing here can be called by the name "${resource}".`);
        const parsed = kind.parse(command.parameters);
        if (!parsed.ok) return failed('InvalidParameters', parsed.problem);
        call.parameters = parsed.value;
        return checked(await kind.call(call));
      } catch (defect) {
        if (!(defect instanceof EngineUnavailable))
          return failed('TaskDefect', `The task "${resource}" broke: ${words(defect)}`);
        await this.world.untilOk();
      }
    }
  }

  /** True where a call was under way. */
  cancel(executionId: string, command: { readonly step: number; readonly attempt: number }): boolean {
    const key = keyOf(executionId, command);
    const call = this.calls.get(key);
    if (!call) return false;
    this.calls.delete(key);
    call.abort();
    return true;
  }

  /** Aborts all calls and drops their answers: a later start repeats them. */
  abandon(): void {
    const calls = [...this.calls.values()];
    this.calls.clear();
    for (const call of calls) call.abort();
  }
}

function keyOf(executionId: string, command: { readonly step: number; readonly attempt: number }): string {
  return `${executionId}/${callName(command)}`;
}

function words(defect: unknown): string {
  return defect instanceof Error ? defect.message : String(defect);
}

/** A result goes into the journal as JSON: what cannot be written there must not get that far. */
function checked(result: TaskResult): TaskResult {
  if (result.kind === 'failed') return result;
  const output = result.output ?? null;
  if (typeof output === 'object' && output !== null) JSON.stringify(output);
  return { kind: result.kind, output };
}

function failed(error: string, cause: string): TaskResult {
  return { kind: 'failed', error, cause };
}

function newsOf({ step, attempt, token }: CallTask, result: TaskResult): News {
  if (result.kind === 'failed')
    return { type: 'taskFailed', step, attempt, error: result.error, cause: result.cause };
  // With a token the step ends by its callback; the call's own result says only that it was handed over.
  const pending = result.kind === 'pending' || token !== undefined;
  const output: Json = result.output ?? null;
  return { type: pending ? 'taskSubmitted' : 'taskSucceeded', step, attempt, output };
}

class CallUnderWay implements TaskCall {
  readonly executionId: string;
  readonly executionName: string;
  readonly flowId: string;
  readonly state: string;
  readonly step: number;
  readonly attempt: number;
  readonly idempotencyKey: string;
  readonly token?: string;
  parameters: unknown;
  private readonly world: World;
  private controller: AbortController | undefined;
  private aborted = false;
  private lines = 0;

  constructor(caller: Caller, command: CallTask, idempotencyKey: string, world: World) {
    this.executionId = caller.executionId;
    this.executionName = caller.executionName;
    this.flowId = caller.flowId;
    this.state = command.state;
    this.step = command.step;
    this.attempt = command.attempt;
    this.idempotencyKey = idempotencyKey;
    if (command.token !== undefined) this.token = command.token;
    this.world = world;
  }

  /** Made when it is asked for: most calls end before anybody wants to abort them. */
  get signal(): AbortSignal {
    this.controller ??= new AbortController();
    if (this.aborted) this.controller.abort();
    return this.controller.signal;
  }

  abort(): void {
    this.aborted = true;
    this.controller?.abort();
  }

  readonly log = (level: LogLine['level'], text: string): void => {
    this.lines += 1;
    if (this.lines > linesPerAttempt) return;
    const said = this.lines === linesPerAttempt ? 'Too many lines; the rest is left out.' : text;
    const { step, attempt } = this;
    this.world.log(this.executionId, [
      { step, attempt, at: this.world.now(), level, text: said.slice(0, charactersPerLine) },
    ]);
  };
}
