import type { CompiledState } from './compile-state';
import type { Container, Execution, Scope, Step } from './execution';
import type { Program } from './program';
import { stateAt } from './program';

/** The step with that id. Throws where the history names one that is not open. */
export function stepAt(execution: Execution, id: number): Step {
  const step = execution.steps.get(id);
  if (step === undefined) throw new Error(`execution ${execution.id} has no open step ${id}`);
  return step;
}

/** The container of a Parallel or Map step that has been started. */
export function containerOf(step: Step): Container {
  if (step.container === null) throw new Error(`step ${step.id} ("${step.state}") has nothing inside it`);
  return step.container;
}

/** The machine in progress that a step, or the parts of one, belong to. */
export function scopeAt(execution: Execution, parent: number, index: number): Scope {
  if (parent === 0) return execution.top;
  const scope = containerOf(stepAt(execution, parent)).scopes.get(index);
  if (scope === undefined) throw new Error(`step ${parent} of ${execution.id} has no open part ${index}`);
  return scope;
}

export function scopeOf(execution: Execution, step: Step): Scope {
  return scopeAt(execution, step.parent, step.index);
}

/** The scope around one whose variables it sees: items of a distributed Map see nothing from outside. */
export function scopeSeenFrom(execution: Execution, scope: Scope): Scope | undefined {
  if (scope.parent === 0 || scope.isolated) return undefined;
  const step = stepAt(execution, scope.parent);
  return scopeAt(execution, step.parent, step.index);
}

/** The compiled state that a step visits. */
export function stateOf(program: Program, execution: Execution, step: Step): CompiledState {
  return stateAt(program, scopeOf(execution, step).machine, step.state);
}

/** Every machine in progress, outermost first, in the order in which they were started. */
export function* scopesOf(execution: Execution): Generator<Scope> {
  yield* within(execution, execution.top);
}

function* within(execution: Execution, scope: Scope): Generator<Scope> {
  yield scope;
  const container = execution.steps.get(scope.step)?.container;
  if (!container) return;
  for (const inner of container.scopes.values()) yield* within(execution, inner);
}
