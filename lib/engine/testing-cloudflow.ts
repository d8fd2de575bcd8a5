import type { Json } from '@/lib/expression/json';
import { importFdl } from '@/lib/flow/fdl/import';
import { advance } from './advance';
import type { Arrival, News } from './arrival';
import type { Command } from './command';
import { compile } from './compile';
import type { Event } from './event';
import type { Execution } from './execution';

/** Undefined: no answer at all. */
type Answer = { readonly output: Json } | { readonly error: string; readonly cause?: string } | undefined;
/** What the tasks of a flow answer. */
export type Tasks = (resource: string, parameters: Json) => Answer;

export interface Ended {
  readonly output?: Json;
  readonly error?: string | undefined;
  /** States entered, those that the import added left out. */
  readonly entered: readonly string[];
  readonly seconds: number;
}

/** Imports a flow of either language of CloudFlow and runs it on the engine, under a clock of its own. */
export function run(text: string, input: Json, tasks: Tasks = () => ({ output: {} })): Ended {
  const imported = importFdl(text);
  if (!imported.ok) throw new Error(imported.problems[0]?.problem.message);
  const program = compile(imported.definition);
  const queue: { at: number; news: News }[] = [];
  const events: Event[] = [];
  let execution: Execution | undefined;
  const hear = (arrival: Arrival) => {
    const turn = advance(program, execution, arrival);
    execution = turn.execution;
    events.push(...turn.events);
    for (const command of turn.commands) queue.push(...heard(command, arrival.at, tasks));
    queue.sort((a, b) => a.at - b.at);
  };
  const start = {
    executionId: 'x',
    executionName: 'x-1',
    flowId: 'f',
    flowName: 'f',
    version: 1,
    input,
    seed: 's',
  };
  hear({ at: 0, type: 'start', ...start });
  for (let next = queue.shift(); next !== undefined; next = queue.shift())
    hear({ at: next.at, ...next.news });
  return ended(events);
}

function heard(command: Command, at: number, tasks: Tasks): { at: number; news: News }[] {
  if (command.type === 'continue') return [{ at, news: { type: 'timer', timer: command.id } }];
  if (command.type === 'setTimer') return [{ at: command.at, news: { type: 'timer', timer: command.id } }];
  if (command.type !== 'callTask') return [];
  const { step, attempt } = command;
  const answer = tasks(command.resource, command.parameters);
  if (answer === undefined) return [];
  if ('output' in answer)
    return [{ at, news: { type: 'taskSucceeded', step, attempt, output: answer.output } }];
  return [{ at, news: { type: 'taskFailed', step, attempt, ...answer } }];
}

const endings: ReadonlySet<string> = new Set(['ExecutionSucceeded', 'ExecutionFailed', 'ExecutionTimedOut']);

function ended(events: readonly Event[]): Ended {
  const last = events.findLast(({ type }) => endings.has(type));
  if (last === undefined) throw new Error('the execution did not end');
  const entered = events.flatMap((event) =>
    event.type === 'StateEntered' && !/ (input|output|result|end)$|^Globals?$/.test(event.state)
      ? [event.state]
      : [],
  );
  const seconds = last.at / 1000;
  if (last.type === 'ExecutionSucceeded') return { output: last.output, entered, seconds };
  return { error: last.type === 'ExecutionFailed' ? last.error : undefined, entered, seconds };
}

/** A flow of the new language whose first state is A. */
export function flow(states: string): string {
  return `Type: StateMachine\nName: f\nSpecVersion: v1\nStartAt: A\nStates:\n${states.replaceAll(/^/gm, '  ')}`;
}

/** A flow of the old language. */
export function steps(list: string, more = ''): string {
  return `version: v1\ntype: flow\n${more}steps:\n${list.replaceAll(/^/gm, '  ')}`;
}
