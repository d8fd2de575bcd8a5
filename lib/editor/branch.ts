import { emptyMachine } from './blank';
import type { Document, Edited, Layout } from './document';
import { above, isWithin, lastOf, rebase } from './pointer';
import { withoutPlaces } from './remove';
import { definitionOf, replaceAt, stateIn, treeOf } from './tree';

/** Gives a Parallel one more, empty branch at its end. */
export function addBranch(document: Document, parallel: string): Edited {
  const state = stateIn(document.definition, parallel);
  if (state?.Type !== 'Parallel') return { ok: false, reason: 'Only a Parallel has branches.' };
  const tree = replaceAt(treeOf(document.definition), `${parallel}/Branches/-`, emptyMachine());
  return { ok: true, document: { ...document, definition: definitionOf(tree) } };
}

/** Takes a branch away with all that is in it; `branch` is the pointer of its machine. The last one stays. */
export function removeBranch(document: Document, branch: string): Edited {
  const parallel = above(branch, 2);
  const state = stateIn(document.definition, parallel);
  if (state?.Type !== 'Parallel') return { ok: false, reason: 'Only a Parallel has branches.' };
  const count = state.Branches.length;
  if (count === 1)
    return { ok: false, reason: 'A Parallel needs at least one branch: delete the Parallel itself.' };
  const definition = definitionOf(replaceAt(treeOf(document.definition), branch, undefined));
  const layout = closedUp(withoutPlaces(document.layout, [branch]), branch, count);
  return { ok: true, document: { ...document, definition, layout }, select: [parallel] };
}

/** The places inside later branches, after these have moved up by one. */
function closedUp(layout: Layout, branch: string, count: number): Layout {
  const list = above(branch, 1);
  const removed = Number(lastOf(branch));
  const moved = Object.entries(layout).map(([place, point]) => {
    for (let index = removed + 1; index < count; index += 1)
      if (isWithin(place, `${list}/${index}`))
        return [rebase(place, `${list}/${index}`, `${list}/${index - 1}`), point];
    return [place, point];
  });
  return Object.fromEntries(moved);
}
