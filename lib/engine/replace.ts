import type { Arrival, Replacement } from './arrival';
import { incompatibilities } from './compatible';
import { findDue } from './drain';
import type { Operator } from './event';
import type { Execution } from './execution';
import { operatorOf, queueing } from './operator';
import { parkedSteps, resumedWith, stuckSteps } from './stuck';
import { emit, type Turn } from './turn';

/**
 * The execution goes on with another version of its flow, from the steps at which it has failed or waits for an operator.
 * Returns why not, where what it keeps does not fit into that version.
 */
export function replace(
  turn: Turn,
  wish: Extract<Arrival, { type: 'redrive' }>,
  replacement: Replacement,
): string | undefined {
  const { execution } = turn;
  if (execution.status === 'succeeded') return 'The execution has succeeded: nothing is left to be redriven.';
  if (execution.status === 'running' && parkedSteps(execution).length === 0)
    return 'The execution is still running: its definition can be replaced once it has failed, or while a step waits for an operator.';
  if (replacement.version === execution.version)
    return `The execution runs version ${execution.version} already: save a repaired version first, or redrive without one.`;
  const reasons = incompatibilities(turn.program, replacement, execution);
  if (reasons.length > 0) return reasons.join('\n');
  const { version, versionId } = replacement;
  const told = { version, versionId, before: execution.version, ...operatorOf(wish) };
  emit(turn, { type: 'DefinitionReplaced', ...told }, execution.lastEvent);
  turn.program = replacement.program;
  redriveAll(turn, wish);
  return undefined;
}

/**
 * Everything that has failed or was given up is tried again, in a running execution everything that waits for an operator; what
 * is finished is kept.
 */
export function redriveAll(turn: Turn, operator: Operator & { readonly full?: boolean }): void {
  const { execution } = turn;
  const steps = execution.status === 'running' ? waitingIn(execution) : stuckIn(execution);
  const told = { steps, ...queueing(operator), ...operatorOf(operator) };
  emit(turn, { type: 'ExecutionRedriven', ...told }, execution.lastEvent);
  for (const due of findDue(execution)) turn.soon.push(due);
}

function stuckIn(execution: Execution): number[] {
  return stuckSteps(execution).map(({ id }) => id);
}

/** The steps that wait for an operator, each with what stands still inside it. */
function waitingIn(execution: Execution): number[] {
  return parkedSteps(execution).flatMap((step) => [
    step.id,
    ...(resumedWith(execution, step, true).resumed ?? []),
  ]);
}
