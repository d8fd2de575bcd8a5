import { statePointer } from '@/lib/flow/graph';
import type { Document, Edited, Layout, Point } from './document';
import { fragmentOf, implanted } from './fragment';
import { mayMoveInto } from './may';
import { machineOfSpot, placed, type Spot } from './place';
import { lastOf, machineOf } from './pointer';
import { outermostOf, removeStates } from './remove';
import { stateIn } from './tree';

/**
 * Moves states elsewhere: the gap they leave is closed, connections among them stay. One state alone may also go onto
 * a transition or after a state; several only onto the free ground of a machine.
 */
export function move(document: Document, pointers: readonly string[], spot: Spot): Edited {
  const states = outermostOf(pointers);
  const [first] = states;
  const target = machineOfSpot(spot);
  if (first === undefined) return { ok: false, reason: 'Select the states to move.' };
  const refusal = mayMoveInto(target, states);
  if (refusal !== undefined) return { ok: false, reason: refusal };
  const fragment = fragmentOf(document.definition, states);
  const lifted = removeStates(document, states);
  if (fragment === undefined || !lifted.ok) return { ok: false, reason: `"${lastOf(first)}" is gone.` };
  const [only, ...others] = Object.entries(fragment.States);
  if (only === undefined) return { ok: false, reason: `"${lastOf(first)}" is gone.` };
  if (others.length === 0) return placed(lifted.document, spot, only[0], only[1]);
  const moved = implanted(lifted.document, target, fragment);
  const select = Object.keys(fragment.States).map((name) => statePointer(target, name));
  return { ok: true, document: moved, select };
}

/** Puts states at places on the canvas, each measured from the corner of its machine. */
export function setPositions(document: Document, positions: Layout): Edited {
  const known = Object.entries(positions).filter(
    ([pointer]) => stateIn(document.definition, pointer) !== undefined,
  );
  const layout = {
    ...document.layout,
    ...Object.fromEntries(known.map(([pointer, at]) => [pointer, rounded(at)])),
  };
  return { ok: true, document: { ...document, layout } };
}

/** Forgets where people put the states (of one machine, or all): they are laid out automatically again. */
export function tidy(document: Document, machine?: string): Edited {
  const kept = Object.entries(document.layout).filter(
    ([place]) => machine !== undefined && machineOf(place) !== machine,
  );
  return { ok: true, document: { ...document, layout: Object.fromEntries(kept) } };
}

function rounded({ x, y }: Point): Point {
  return { x: Math.round(x), y: Math.round(y) };
}
