import { stateNamed, statePointer } from '@/lib/flow/graph';
import type { Definition, Machine, State } from '@/lib/flow/model';
import type { Document, Edited } from './document';
import { freeName, namesIn } from './names';
import { lastOf, machineOf } from './pointer';
import { outermostOf } from './remove';
import { withMachineTargets, withNested } from './transitions';
import { machineIn, withMachine, withStates } from './tree';

/** Some states of one machine, cut loose from the rest: a machine of its own. */
export type Fragment = Machine;

/** The states at `pointers` (those in the first one's machine) as a machine; ways out of it are cut. */
export function fragmentOf(definition: Definition, pointers: readonly string[]): Fragment | undefined {
  const [first, ...rest] = outermostOf(pointers);
  if (first === undefined) return undefined;
  const machinePointer = machineOf(first);
  const names = [first, ...rest.filter((pointer) => machineOf(pointer) === machinePointer)].map(lastOf);
  const machine = machineIn(definition, machinePointer);
  const states = names.flatMap((name): [string, State][] => {
    const state = stateNamed(machine, name);
    return state === undefined ? [] : [[name, state]];
  });
  if (states.length === 0) return undefined;
  const inside = new Set(names);
  const start = inside.has(machine.StartAt) ? machine.StartAt : (states[0]?.[0] ?? '');
  return cut({ StartAt: start, States: Object.fromEntries(states) }, inside);
}

/** The machine without its ways out of some of its states. */
export function cut(machine: Machine, inside: ReadonlySet<string>): Machine {
  return withMachineTargets(machine, (target) => (inside.has(target) ? target : null));
}

/** H10 The fragment with names that are free in `taken` (which learns them), the nested ones too. */
function renamed(fragment: Fragment, taken: Set<string>): Fragment {
  const names = new Map<string, string>();
  for (const name of Object.keys(fragment.States)) {
    const free = freeName(name, taken);
    taken.add(free);
    names.set(name, free);
  }
  const led = withMachineTargets(fragment, (target) => names.get(target) ?? target);
  const states = Object.entries(led.States).map(([name, state]): [string, State] => [
    names.get(name) ?? name,
    withNested(state, (machine) => renamed(machine, taken)),
  ]);
  return withStates(led, states);
}

/** Puts a fragment into a machine, unconnected; it becomes the start of an empty one. Its names must be free. */
export function implanted(document: Document, machinePointer: string, fragment: Fragment): Document {
  const machine = machineIn(document.definition, machinePointer);
  const start = Object.keys(machine.States).length === 0 ? { StartAt: fragment.StartAt } : {};
  const states = [...Object.entries(machine.States), ...Object.entries(fragment.States)];
  const grown = { ...withStates(machine, states), ...start };
  return { ...document, definition: withMachine(document.definition, machinePointer, grown) };
}

/** The text that the clipboard gets: the states as a machine, which is itself valid Amazon States Language. */
export function copied(definition: Definition, pointers: readonly string[]): string | undefined {
  const fragment = fragmentOf(definition, pointers);
  return fragment && JSON.stringify(fragment, null, 2);
}

/** Doubles states beside themselves, with their connections among each other. */
export function duplicate(document: Document, pointers: readonly string[]): Edited {
  const [first] = outermostOf(pointers);
  const fragment = fragmentOf(document.definition, pointers);
  if (first === undefined || fragment === undefined)
    return { ok: false, reason: 'Select the states to duplicate.' };
  return grown(document, machineOf(first), fragment);
}

/** The document with a fragment in one of its machines, under free names. */
export function grown(document: Document, machinePointer: string, fragment: Fragment): Edited {
  const fresh = renamed(fragment, namesIn(document.definition));
  const drawn = implanted(document, machinePointer, fresh);
  const select = Object.keys(fresh.States).map((name) => statePointer(machinePointer, name));
  return { ok: true, document: drawn, select };
}
