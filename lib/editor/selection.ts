import { machineAt, statePointer } from '@/lib/flow/graph';
import type { Definition } from '@/lib/flow/model';
import { stateIn, treeOf, valueAt } from './tree';

/** Whether a pointer still names something that can be selected: a state, a branch, or a transition. */
export function graphHas(definition: Definition, pointer: string): boolean {
  if (stateIn(definition, pointer) !== undefined || machineAt(definition, pointer) !== undefined) return true;
  return (
    /\/(?:StartAt|Next|Default)$/.test(pointer) && typeof valueAt(treeOf(definition), pointer) === 'string'
  );
}

/** The pointers of all states of one machine, for selecting them at once. */
export function statesIn(definition: Definition, machine: string): readonly string[] {
  return Object.keys(machineAt(definition, machine)?.States ?? {}).map((name) => statePointer(machine, name));
}

/** The state to go on from when someone adds one and nothing is selected: the end of the main way; undefined for none. */
export function tailOf(definition: Definition): string | undefined {
  const seen = new Set<string>();
  let name = definition.StartAt;
  while (!seen.has(name)) {
    seen.add(name);
    const pointer = statePointer('', name);
    const state = stateIn(definition, pointer);
    if (state === undefined || state.Type === 'Succeed' || state.Type === 'Fail') return undefined;
    const next = state.Type === 'Choice' ? state.Default : state.Next;
    if (next === undefined) return pointer;
    name = next;
  }
  return undefined;
}
