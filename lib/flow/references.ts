import { isObject, type Json } from '@/lib/expression/json';
import { checkDefinition, type MachineOutline } from './check/machine';
import type { Definition } from './model';

/**
 * Which variables each state's own fields read, by the state's name; states that read none are left out. Names are
 * sorted, and those of machines inside a state count for their own states.
 */
export function variableReferences(definition: Definition | Json): {
  readonly [state: string]: readonly string[];
} {
  // A Definition is JSON by construction; its interfaces only lack the index signature that says so.
  const value = definition as Json;
  if (!isObject(value)) return {};
  const around = { express: false, tasks: undefined };
  return Object.fromEntries(
    references(checkDefinition(value, { problems: [], reads: [], searches: 0 }, around)),
  );
}

function references(machine: MachineOutline): readonly [string, readonly string[]][] {
  return machine.states.flatMap(({ name, reads, machines }) => {
    const names = [...new Set(reads.map((read) => read.name))].sort();
    const inner = machines.flatMap(references);
    return names.length === 0 ? inner : [[name, names], ...inner];
  });
}
