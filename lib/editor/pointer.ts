import { tokens } from '@/lib/flow/pointer';

/**
 * Everything on the canvas is named by a JSON Pointer into the definition: a state by where it stands
 * (`/States/Pay`), a machine by its object (`''`, `/States/All/Branches/0`), a transition by the field that holds
 * its target (`/States/Pay/Next`). Problems use the same names, so they find their place without a table.
 */

/** The pointer without its last `count` tokens. */
export function above(pointer: string, count: number): string {
  let end = pointer.length;
  for (let left = count; left > 0; left -= 1) end = Math.max(0, pointer.lastIndexOf('/', end - 1));
  return pointer.slice(0, end);
}

/** The unescaped last token; empty for the root. */
export function lastOf(pointer: string): string {
  return tokens(pointer).at(-1) ?? '';
}

/** Whether `pointer` is `ancestor` or something inside it. */
export function isWithin(pointer: string, ancestor: string): boolean {
  return pointer === ancestor || pointer.startsWith(`${ancestor}/`);
}

/** `pointer` as it reads after what stood at `from` moved to `to`. */
export function rebase(pointer: string, from: string, to: string): string {
  return isWithin(pointer, from) ? to + pointer.slice(from.length) : pointer;
}

/** The machine that the state at `pointer` belongs to. */
export function machineOf(pointer: string): string {
  return above(pointer, 2);
}

/** The container state that a machine is inside of; undefined for the flow itself. */
export function ownerOf(machine: string): string | undefined {
  if (machine === '') return undefined;
  return above(machine, isBranch(machine) ? 2 : 1);
}

/** Whether a machine is a branch of a Parallel (and not the processor of a Map). */
export function isBranch(machine: string): boolean {
  return lastOf(above(machine, 1)) === 'Branches' && /^\d+$/.test(lastOf(machine));
}
