import { statePointer } from '@/lib/flow/graph';
import type { Document, Edited, Layout } from './document';
import { mayBeNamed } from './may';
import { namesIn } from './names';
import { lastOf, machineOf, rebase } from './pointer';
import { withMachineTargets } from './transitions';
import { machineIn, stateIn, withMachine, withStates } from './tree';

/** H7 Renames a state: every transition to it follows, it keeps its place in the text and on the canvas. */
export function rename(document: Document, pointer: string, name: string): Edited {
  const { definition } = document;
  const old = lastOf(pointer);
  if (name === old) return { ok: true, document };
  if (stateIn(definition, pointer) === undefined) return { ok: false, reason: `"${old}" is gone.` };
  const taken = namesIn(definition);
  taken.delete(old);
  const refusal = mayBeNamed(name, taken);
  if (refusal !== undefined) return { ok: false, reason: refusal };
  const machinePointer = machineOf(pointer);
  const machine = withMachineTargets(machineIn(definition, machinePointer), (target) =>
    target === old ? name : target,
  );
  const states = Object.entries(machine.States).map(
    ([key, state]) => [key === old ? name : key, state] as const,
  );
  const next = statePointer(machinePointer, name);
  return {
    ok: true,
    document: {
      ...document,
      definition: withMachine(definition, machinePointer, withStates(machine, states)),
      layout: rebased(document.layout, pointer, next),
    },
    select: [next],
  };
}

/** The layout after what stood at `from` moved to `to`. */
function rebased(layout: Layout, from: string, to: string): Layout {
  return Object.fromEntries(Object.entries(layout).map(([place, point]) => [rebase(place, from, to), point]));
}
