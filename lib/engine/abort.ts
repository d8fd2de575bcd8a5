import type { Scope, Step } from './execution';
import { emit, type Turn } from './turn';

/** Everything inside a Parallel or Map is given up, deepest first; but for the part that has failed itself. */
export function abortInside(turn: Turn, step: Step, previous: number, except?: number): void {
  const { container } = step;
  if (container === null) return;
  for (const scope of container.scopes.values()) {
    if (scope.index === except || scope.status === 'stalled') continue;
    abortScope(turn, scope, previous);
    if (container.map === null) continue;
    emit(turn, { type: 'MapIterationAborted', step: step.id, index: scope.index }, previous);
  }
}

/** The step that a machine is at is given up, with everything inside it; unless it stands still already. */
export function abortScope(turn: Turn, scope: Scope, previous: number): void {
  const step = turn.execution.steps.get(scope.step);
  if (step === undefined || step.status === 'failed' || step.status === 'aborted') return;
  abortInside(turn, step, previous);
  emit(turn, { type: 'StateAborted', step: step.id, state: step.state, stateType: step.type }, previous);
}
