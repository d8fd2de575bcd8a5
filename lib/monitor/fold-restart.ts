import type { Event } from '@/lib/engine/event';
import type { Scope } from '@/lib/engine/execution';
import { readRestored } from '@/lib/engine/restored';
import { reopen, reopenExecution } from './fold-repair';
import { scopeOf, setScope, takeBack } from './ledger';
import type { Monitor } from './monitor';
import { act, edited } from './operators';

/** What was visited at a step and after it is taken back (M12); everything around the step is open again. */
export function restart(monitor: Monitor, event: Extract<Event, { readonly type: 'StepRestarted' }>): void {
  reopenExecution(monitor);
  const machines = readRestored(event.restored).map(({ scope }) => scope);
  const innermost = machines.pop();
  for (const machine of machines) {
    // What came after the Parallel or Map that the machine is at again.
    putBack(monitor, machine, { first: machine.step + 1, at: event.at });
    reopen(monitor, machine.step, event.at);
  }
  if (innermost !== undefined) putBack(monitor, innermost, { first: event.step, at: event.at });
  for (const step of event.resumed ?? []) reopen(monitor, step, event.at);
  act(monitor, event, 'restarted', { step: event.step, ...edited(event) });
}

/** The newest visits in a machine are taken back, from the step `first` on, and the machine runs again. */
function putBack(
  monitor: Monitor,
  { parent, index, step }: Pick<Scope, 'parent' | 'index' | 'step'>,
  { first, at }: { readonly first: number; readonly at: number },
): void {
  const place = parent === 0 ? {} : { parent, index };
  const scope = scopeOf(monitor, place);
  for (const [state, id] of scope.newest) if (id >= first) takeBack(monitor, scope, state);
  if (step === 0) delete scope.at;
  else scope.at = step;
  setScope(monitor, place, 'running', at);
  if (parent !== 0) reopen(monitor, parent, at);
}
