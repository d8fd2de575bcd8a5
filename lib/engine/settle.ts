import type { Failure } from './event';
import type { Container, Execution, Step } from './execution';
import { isDone, leaveMap } from './iterate';
import { leaveWithResult } from './leave';
import { emit, type Turn } from './turn';

/** A branch or an iteration has ended: the Parallel or Map goes on, ends, or fails again. Throws LanguageFailure. */
export function settle(turn: Turn, step: Step, index: number, previous: number): void {
  const { container } = step;
  if (container === null || step.status !== 'inside') return;
  let last = previous;
  if (container.map !== null) {
    last = emit(turn, { type: 'MapIterationSucceeded', step: step.id, index }, previous);
  }
  if (isDone(container)) {
    if (container.map !== null) {
      leaveMap(turn, step, last);
      return;
    }
    const succeeded = emit(turn, { type: 'ParallelStateSucceeded', step: step.id }, previous);
    leaveWithResult(turn, step, container.outputs, succeeded);
    return;
  }
  if (hasStuck(container)) failAgain(turn, step, container);
  else if (container.map !== null) turn.soon.push({ kind: 'fill', step });
}

/** What was retried by hand is done, and what failed beside it is still as it was. */
function hasStuck(container: Container): boolean {
  if (container.running > 0) return false;
  if (container.map !== null && container.map.run !== null) return false;
  return [...container.scopes.values()].some(({ status }) => status === 'stalled');
}

function failAgain(turn: Turn, step: Step, container: Container): void {
  for (const scope of container.scopes.values()) {
    const inner = turn.execution.steps.get(scope.step);
    const failure = inner === undefined ? undefined : failureIn(turn.execution, inner);
    if (inner === undefined || failure === undefined) continue;
    return void turn.now.push({ kind: 'around', step: inner, failure, origin: 'fail', previous: step.last });
  }
}

/** The failure for which a step, or what is inside it, stands still. */
function failureIn(execution: Execution, step: Step): Failure | undefined {
  if (step.status === 'failed') return step.failure ?? {};
  for (const scope of step.container?.scopes.values() ?? []) {
    const inner = execution.steps.get(scope.step);
    const failure = inner === undefined ? undefined : failureIn(execution, inner);
    if (failure !== undefined) return failure;
  }
  return undefined;
}
