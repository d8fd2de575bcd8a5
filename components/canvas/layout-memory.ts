import type { Placement } from '@/lib/editor/shape';

/** What the automatic layout found for a shape, kept in this browser so that a flow opened again is drawn at once. */

/** Another number with each change of the layout's options: what was kept before is then laid out anew. */
const generation = 1;
const name = 'millrace.layout';
const most = 80;
/** Characters of one shape that are worth keeping; the browser has room for a few millions in all. */
const longest = 40_000;

/** Newest last. */
type Kept = [key: string, placement: Placement][];

/** All that was kept; empty where the browser keeps nothing, or something that is not ours. */
export function rememberedPlacements(): Kept {
  try {
    const kept = JSON.parse(localStorage.getItem(name) ?? '{}');
    return kept.generation === generation && Array.isArray(kept.shapes) ? kept.shapes : [];
  } catch {
    // A browser that lets nobody keep things, or a text that was cut off: the layout is made again.
    return [];
  }
}

/** Keeps the newest of the placements that were made since the page was opened. */
export function rememberPlacements(placements: ReadonlyMap<string, Placement>) {
  const shapes = [...placements].filter(([key]) => key.length < longest).slice(-most);
  try {
    localStorage.setItem(name, JSON.stringify({ generation, shapes }));
  } catch {
    localStorage.removeItem(name);
  }
}
