import { abortScope } from './abort';
import type { Arrival } from './arrival';
import { findDue } from './drain';
import type { Execution, Scope, Step } from './execution';
import { operatorOf, queueing } from './operator';
import type { CompiledMachine, Program } from './program';
import type { Reached } from './reached';
import { isHandedOver, type RestoredScope, readRestored, writeRestored } from './restored';
import { isStuck, stuckSteps } from './stuck';
import { emit, type Turn } from './turn';

type Wish = Extract<Arrival, { type: 'restart' }>;

/** What was reached at a step and after it is undone, and its state is entered anew. Returns why not, where it cannot be. */
export function restart(turn: Turn, wish: Wish): string | undefined {
  const { execution, program } = turn;
  const { reached } = wish;
  if (reached.lastEvent !== execution.lastEvent)
    return 'The execution has gone on while it was looked at. Ask again, or pause it first.';
  const { restored } = reached;
  const [outermost] = restored ?? [];
  if (restored === undefined || outermost === undefined)
    return `The part of the execution that "${reached.state}" was in is gone: restart from a step before it.`;
  const refused = refusal(program, execution, reached, restored);
  if (refused !== undefined) return refused;
  const scope = placeOf(execution, outermost.scope);
  if (scope !== undefined) abortScope(turn, scope, execution.lastEvent);
  const resumed = resumedBeside(execution, outermost.scope, restored);
  const { step, state, input: before } = reached;
  const edited = wish.input === undefined ? { input: before } : { input: wish.input, before };
  emit(
    turn,
    {
      type: 'StepRestarted',
      step,
      state,
      ...edited,
      restored: writeRestored(restored),
      ...(resumed.length === 0 ? {} : { resumed }),
      ...(execution.status === 'running' ? {} : queueing(wish)),
      ...operatorOf(wish),
    },
    execution.lastEvent,
  );
  for (const due of findDue(execution)) turn.soon.push(due);
  return undefined;
}

/** The machine in progress that the restart puts back; undefined where it has ended. */
function placeOf(execution: Execution, { parent, index }: Scope): Scope | undefined {
  if (parent === 0) return execution.top;
  return execution.steps.get(parent)?.container?.scopes.get(index);
}

function refusal(
  program: Program,
  execution: Execution,
  reached: Reached,
  restored: readonly RestoredScope[],
): string | undefined {
  const given = reached.handedOver ?? handedOver(execution, restored[0]?.scope);
  if (given !== undefined)
    return `The result of the item has been given to the ResultWriter of "${given}": restart from "${given}" itself.`;
  const innermost = restored.at(-1)?.scope.machine ?? '';
  const missing = missingState(program, innermost, reached.state, restored);
  if (missing === undefined) return undefined;
  return `"${missing}" is not a state of version ${execution.version}, which the execution runs now.`;
}

/** The distributed Map, still open, whose ResultWriter has the item's result. */
function handedOver(execution: Execution, scope: Scope | undefined): string | undefined {
  const step = execution.steps.get(scope?.parent ?? 0);
  if (scope === undefined || step?.container == null) return undefined;
  return isHandedOver(step.container, scope.index) ? step.state : undefined;
}

/** A state that the restart needs and the definition lacks. */
function missingState(
  program: Program,
  machine: string,
  state: string,
  restored: readonly RestoredScope[],
): string | undefined {
  for (const { scope, steps } of restored) {
    const [at] = steps;
    if (at !== undefined && typeIn(program.machines.get(scope.machine), at.step.state) !== at.step.type)
      return at.step.state;
  }
  return typeIn(program.machines.get(machine), state) === undefined ? state : undefined;
}

function typeIn(machine: CompiledMachine | undefined, state: string): string | undefined {
  return machine?.states.get(state)?.type;
}

/** What was given up beside the step goes on with it, unless something has failed that stays as it is. */
function resumedBeside(
  execution: Execution,
  outermost: Scope,
  restored: readonly RestoredScope[],
): readonly number[] {
  const inside = restored.flatMap(({ scope, steps }) => stuckIn(scope, steps));
  const beside =
    execution.status === 'running'
      ? []
      : stuckSteps(execution).filter((step) => !isWithin(execution, step, outermost));
  const others = [...inside, ...beside];
  return others.some(({ status }) => status === 'failed') ? [] : others.map(({ id }) => id);
}

function stuckIn(scope: Scope, steps: RestoredScope['steps']): Step[] {
  if (steps.length === 0) return [];
  const [{ steps: thawed } = { steps: [] }] = readRestored(writeRestored([{ scope, steps }]));
  const inner = new Map(thawed.map((step) => [step.id, step]));
  return thawed.slice(1).filter((step) => isStuck({ steps: inner }, step));
}

function isWithin(execution: Execution, step: Step, { parent, index }: Scope): boolean {
  for (let at: Step | undefined = step; at !== undefined; at = execution.steps.get(at.parent)) {
    if (at.parent === parent && (parent === 0 || at.index === index)) return true;
  }
  return false;
}
