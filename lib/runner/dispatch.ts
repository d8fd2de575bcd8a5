import type { News } from '@/lib/engine/arrival';
import type { Command } from '@/lib/engine/command';
import type { Json } from '@/lib/expression/json';
import { type Caller, CallUnderWay, type Speaker } from './call';
import { callName } from './live';
import { EngineUnavailable, type TaskKind, type TaskResult } from './ports';
import { type TaskLimit, Turns } from './turns';

export type CallTask = Extract<Command, { type: 'callTask' }>;

interface World extends Speaker {
  readonly find: (resource: string) => TaskKind | undefined;
  /** Resolves once the engine has its database again. */
  readonly untilOk: () => Promise<void>;
  /** Whether turns can be granted: the engine has its database. */
  readonly isOpen: () => boolean;
  /** A call is about to be made, which is recorded where it waited for its turn. False where it is not awaited any more. */
  readonly mayCall: (executionId: string, command: CallTask) => boolean;
  /** Called once for each call that was neither cancelled nor forgotten. */
  readonly answered: (executionId: string, call: string, news: News) => void;
}

/**
 * Calls tasks and brings their answers home.
 *
 * D1 While a task's call is under way it is not called again, whatever happens to the execution in memory.
 * D2 A cancelled call is aborted, and its answer is dropped.
 * D3 Whatever goes wrong in a kind is an answer: unknown resource, bad parameters, a throw, a result that is no JSON.
 * D4 A call that needed the engine itself while that had lost its database is made again, if it is still awaited.
 * D5 A call of a limited kind waits for its turn (T1). Those that were begun before a crash come first.
 */
export class Dispatch {
  private readonly world: World;
  private readonly calls = new Map<string, CallUnderWay>();
  private readonly turns: Turns;

  constructor(world: World) {
    this.world = world;
    this.turns = new Turns({ isOpen: world.isOpen, granted: (key) => this.granted(key) });
  }

  call(caller: Caller, command: CallTask): void {
    const key = keyOf(caller.executionId, command);
    if (this.calls.has(key)) return;
    const call = new CallUnderWay(caller, command, key, this.world);
    this.calls.set(key, call);
    if (command.queued !== true && !this.turns.isLimited(command.resource)) {
      this.begin(call);
      return;
    }
    const priority = command.queued === true ? caller.priority : Number.POSITIVE_INFINITY;
    this.turns.wait(key, { resource: command.resource, flowId: caller.flowId, priority });
  }

  /** Resources whose calls are limited. */
  limited(): ReadonlySet<string> | undefined {
    return this.turns.limited();
  }

  setLimits(limits: readonly TaskLimit[]): void {
    const begun = [...this.calls.values()].filter(({ isBegun }) => isBegun);
    this.turns.setLimits(
      limits,
      begun.map(({ idempotencyKey: key, command }) => ({ key, resource: command.resource })),
    );
  }

  /** The engine has its database again: turns are granted. */
  goOn(): void {
    this.turns.pumpAll();
  }

  /** True where a call was under way, or waited for its turn. */
  cancel(executionId: string, command: { readonly step: number; readonly attempt: number }): boolean {
    const key = keyOf(executionId, command);
    const call = this.calls.get(key);
    if (!call) return false;
    this.calls.delete(key);
    call.abort();
    this.turns.leave(key, call.command.resource);
    return true;
  }

  /** Aborts all calls and drops their answers: a later start repeats them. */
  abandon(): void {
    const calls = [...this.calls.values()];
    this.calls.clear();
    this.turns.clear();
    for (const call of calls) call.abort();
  }

  /** D5 */
  private granted(key: string): boolean {
    const call = this.calls.get(key);
    if (!call) return false;
    if (this.world.mayCall(call.executionId, call.command)) {
      this.begin(call);
      return true;
    }
    this.calls.delete(key);
    return false;
  }

  private begin(call: CallUnderWay): void {
    const { idempotencyKey: key, executionId, command } = call;
    call.isBegun = true;
    void this.resultOf(call).then((result) => {
      if (this.calls.get(key) !== call) return;
      this.calls.delete(key);
      this.world.answered(executionId, callName(command), newsOf(command, result));
      this.turns.leave(key, command.resource);
    });
  }

  private resultOf(call: CallUnderWay): Promise<TaskResult> {
    const { mayWait, command } = call;
    if (command.token !== undefined && !mayWait) return Promise.resolve(waits);
    return this.attempt(call).then(
      (result) => (result.kind === 'pending' && !mayWait ? waits : result),
      (defect: unknown) => this.broken(call, defect),
    );
  }

  /** D3, D4 */
  private async broken(call: CallUnderWay, defect: unknown): Promise<TaskResult> {
    if (!(defect instanceof EngineUnavailable))
      return failed('TaskDefect', `The task "${call.command.resource}" broke: ${words(defect)}`);
    await this.world.untilOk();
    if (this.world.mayCall(call.executionId, call.command)) return this.resultOf(call);
    this.cancel(call.executionId, call.command);
    return failed('TaskDefect', 'Nobody waits for this answer.');
  }

  private async attempt(call: CallUnderWay): Promise<TaskResult> {
    const { resource, parameters } = call.command;
    const kind = this.world.find(resource);
    if (!kind) return failed('UnknownResource', `Nothing here can be called by the name "${resource}".`);
    const parsed = kind.parse(parameters);
    if (!parsed.ok) return failed('InvalidParameters', parsed.problem);
    call.parameters = parsed.value;
    return checked(await kind.call(call));
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

/** X2 */
const waits = failed(
  'States.Runtime',
  'Express executions wait for no callback and no other execution: make the flow a standard one.',
);

function newsOf({ step, attempt, token }: CallTask, result: TaskResult): News {
  if (result.kind === 'failed')
    return { type: 'taskFailed', step, attempt, error: result.error, cause: result.cause };
  // With a token the step ends by its callback; the call's own result says only that it was handed over.
  const pending = result.kind === 'pending' || token !== undefined;
  const output: Json = result.output ?? null;
  return { type: pending ? 'taskSubmitted' : 'taskSucceeded', step, attempt, output };
}
