import { leave } from './apply-step';
import type { Event } from './event';
import type { Execution, Scope } from './execution';
import { containerOf, stepAt } from './places';
import { readRestored, vacate } from './restored';
import type { Commands } from './timers';

/**
 * What was reached after a step is taken away, and the machines around it stand where they stood when it was entered; all of
 * them stalled. Returns the innermost, which enters the step's state next.
 */
export function restart(
  execution: Execution,
  event: Extract<Event, { type: 'StepRestarted' }>,
  commands: Commands,
): Scope {
  const restored = readRestored(event.restored);
  let innermost = execution.top;
  for (const [depth, { scope, steps }] of restored.entries()) {
    if (depth === 0) clear(execution, scope, commands);
    innermost = putBack(execution, scope);
    for (const step of steps) execution.steps.set(step.id, step);
  }
  innermost.step = 0;
  innermost.next = { state: event.state, input: event.input, previous: event.id };
  return innermost;
}

/** The outermost machine that is put back, and everything in it, is taken away. The inner ones went with what is around them. */
function clear(execution: Execution, { parent, index }: Scope, commands: Commands): void {
  const container = parent === 0 ? undefined : containerOf(stepAt(execution, parent));
  const present = container === undefined ? execution.top : container.scopes.get(index);
  const step = present === undefined ? undefined : execution.steps.get(present.step);
  if (step !== undefined) leave(execution, step, commands);
  if (container !== undefined) vacate(container, index);
}

function putBack(execution: Execution, scope: Scope): Scope {
  if (scope.parent !== 0) {
    containerOf(stepAt(execution, scope.parent)).scopes.set(scope.index, scope);
    return scope;
  }
  const { top } = execution;
  top.variables = scope.variables;
  top.step = scope.step;
  top.next = null;
  top.status = 'stalled';
  return top;
}
