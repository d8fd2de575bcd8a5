import type { Definition, State } from '@/lib/flow/model';
import { isWithin, lastOf, machineOf } from './pointer';
import { flows } from './transitions';
import { stateIn } from './tree';

/**
 * What may be done to a drawing. Each question is answered by undefined (yes) or by a sentence that says why not. All
 * gestures ask here: the canvas before it shows a target, the edit before it is made.
 */
export type Refusal = string | undefined;

/** H9 May a state lead to another? Both are pointers of states. */
export function mayConnect(definition: Definition, from: string, to: string): Refusal {
  const source = stateIn(definition, from);
  if (source === undefined || stateIn(definition, to) === undefined) return 'One of the two states is gone.';
  if (isWithin(to, from) && to !== from)
    return `"${lastOf(to)}" is inside "${lastOf(from)}": a branch begins by itself.`;
  if (isWithin(from, to) && to !== from)
    return `"${lastOf(from)}" is inside "${lastOf(to)}": connect "${lastOf(to)}" itself to go on from there.`;
  if (machineOf(from) !== machineOf(to))
    return `"${lastOf(to)}" is in another branch or container: a transition may not cross its border.`;
  return mayLeave(source, lastOf(from));
}

/** May anything follow this state? */
export function mayLeave(state: State, name: string): Refusal {
  if (state.Type === 'Succeed' || state.Type === 'Fail')
    return `"${name}" ends the flow, so nothing can follow it.`;
  return undefined;
}

/** May a state stand between two others? */
export function mayStandBetween(state: State): Refusal {
  if (flows(state) || state.Type === 'Choice') return undefined;
  return `A ${state.Type} state ends the flow: put it at an end, not between two states.`;
}

/** May a state be called so? `taken` are the names of all other states. */
export function mayBeNamed(name: string, taken: ReadonlySet<string>): Refusal {
  if (name.trim() === '') return 'A state needs a name.';
  if (name.length > 80) return 'A name has at most 80 characters.';
  if (taken.has(name))
    return `There is already a state called "${name}": names are unique over the whole flow.`;
  return /\p{Cc}/u.test(name) ? 'A name has no line breaks or other control characters.' : undefined;
}

/** May these states move into this machine? */
export function mayMoveInto(machine: string, states: readonly string[]): Refusal {
  const around = states.find((state) => isWithin(machine, state));
  return around === undefined ? undefined : `"${lastOf(around)}" cannot be moved into itself.`;
}
