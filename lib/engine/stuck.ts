import type { Container, Execution, Step } from './execution';

/** The steps at which an ended execution stands still: failed or given up, and nothing inside them is. */
export function stuckSteps(execution: Execution): Step[] {
  return [...execution.steps.values()].filter((step) => isStuck(execution, step));
}

/** The steps that have failed for good and wait for an operator. */
export function parkedSteps(execution: Execution): Step[] {
  return [...execution.steps.values()].filter(({ status }) => status === 'parked');
}

/** Whether a step has failed or was given up itself, not because of a step inside it. */
export function isStuck(execution: Pick<Execution, 'steps'>, step: Step): boolean {
  if (step.status !== 'failed' && step.status !== 'aborted') return false;
  for (const scope of step.container?.scopes.values() ?? []) {
    if (execution.steps.has(scope.step)) return false;
  }
  return true;
}

/** The stuck steps inside a Parallel or Map, but for the items whose failure a distributed Map tolerates. */
export function stuckInside(execution: Execution, container: Container): Step[] {
  const tolerated = container.map?.run?.failures;
  return [...container.scopes.values()].flatMap((scope) => {
    const step = tolerated?.has(scope.index) ? undefined : execution.steps.get(scope.step);
    return step === undefined ? [] : stuckAt(execution, step);
  });
}

function stuckAt(execution: Execution, step: Step): Step[] {
  return isStuck(execution, step) ? [step] : stuckUnder(execution, step);
}

/** Every stuck step inside a step, whatever is tolerated. */
function stuckUnder(execution: Execution, step: Step): Step[] {
  return [...(step.container?.scopes.values() ?? [])].flatMap((scope) => {
    const inner = execution.steps.get(scope.step);
    return inner === undefined ? [] : stuckAt(execution, inner);
  });
}

/**
 * What goes on with a step: what stands still inside it, where it goes on with that, and what was given up because of it, if
 * nothing else has failed.
 */
export function resumedWith(
  execution: Execution,
  step: Step,
  keepsInside: boolean,
): { resumed?: readonly number[] } {
  const inside = keepsInside ? stuckUnder(execution, step) : [];
  const beside =
    execution.status === 'running' ? [] : stuckSteps(execution).filter(({ id }) => id !== step.id);
  const others = beside.some(({ status }) => status === 'failed') ? inside : [...inside, ...beside];
  return others.length === 0 ? {} : { resumed: others.map(({ id }) => id) };
}
