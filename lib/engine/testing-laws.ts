import type { Command } from './command';
import type { Event } from './event';
import type { Container, Execution, Step } from './execution';
import { nextTimer, openCommands } from './fold';
import type { Program } from './program';
import { freezeText } from './snapshot';

interface World {
  readonly execution: Execution;
  /** What its events are folded to. */
  readonly folded: Execution;
  readonly events: readonly Event[];
  readonly program: Program;
  /** Commands that were given and not answered, by id. */
  readonly open: ReadonlyMap<string, Command>;
}

/** What must hold between any two turns; throws with the number of the law that does not. */
export function verifyLaws({ execution, folded, events, program, open }: World): void {
  const inOrder = events.every(({ id }, index) => id === index + 1);
  holds('ids have no gaps', inOrder);
  same('E2', folded, execution);
  const due = [...execution.timers.due.values()];
  const earliest = due.length === 0 ? null : Math.min(...due);
  holds('the next timer is the earliest', nextTimer(execution) === earliest);
  if (execution.status !== 'running')
    holds('E6', openCommands(program, execution).length === 0 && due.length === 0);
  holds('E54', !(execution.queued && execution.timers.due.has('execution')));
  const calls = events.flatMap((event) =>
    event.type === 'TaskScheduled' ? [`${event.step}.${event.attempt}`] : [],
  );
  holds('E5', new Set(calls).size === calls.length);
  for (const step of execution.steps.values()) {
    verifyQueued(step, execution, open);
    verifyContainer(step.container);
  }
}

/** What waits for its turn is asked for unless the execution is paused, and its time does not count yet. */
function verifyQueued(
  { id, attempt, task }: Step,
  { timers: { due }, paused }: Execution,
  open: ReadonlyMap<string, Command>,
): void {
  if (!task?.queued) return;
  holds('E53', !due.has(`timeout:${id}`) && !due.has(`heartbeat:${id}`));
  holds('E55', open.has(`task:${id}.${attempt}`) === !paused);
}

function verifyContainer(container: Container | null): void {
  if (container === null) return;
  const running = [...container.scopes.values()].filter(({ status }) => status === 'running').length;
  holds('a container counts its scopes', container.running === running);
  holds('a container counts its scopes', container.scopes.size + container.done === container.started);
}

/** Throws, naming the law, where it does not hold. */
export function holds(law: string, fact: boolean): void {
  if (!fact) throw new Error(`${law} does not hold`);
}

/** Two executions that must be the same in everything that is kept of them. */
export function same(law: string, one: Execution, other: Execution): void {
  const [a, b] = [freezeText(one), freezeText(other)];
  if (a === b || inOrder(a) === inOrder(b)) return;
  throw new Error(`${law} does not hold:\n${a}\n${b}`);
}

/** The same JSON with the names of every object in order: how they come about makes no difference. */
function inOrder(text: string): string {
  return JSON.stringify(JSON.parse(text), (_, value) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)))
      : value,
  );
}
