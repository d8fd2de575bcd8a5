import type { DrawnEdge } from './graph';

/** Sizes of what is drawn, in pixels at zoom 1; everything sits on a grid of 4. The CSS of the canvas follows them. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

export const card: Size = { width: 232, height: 56 };
export const startPill: Size = { width: 64, height: 28 };
export const startDot: Size = { width: 12, height: 12 };
/** A branch (or the body of a Map) that holds nothing yet. */
export const emptyLane: Size = { width: 200, height: 88 };
export const container = { header: 44, padding: 12, gap: 12 };
export const lane = { title: 28, padding: 16 };
/** Between a layer of states and the next. */
export const rowGap = 56;
export const columnGap = 40;

const labelHeight = 20;
const longestLabel = 176;

/** The room that the label of an arrow takes; undefined for none. */
export function labelSize(edge: Pick<DrawnEdge, 'label'>): Size | undefined {
  if (edge.label === '') return undefined;
  return { width: Math.min(longestLabel, Math.ceil(edge.label.length * 6.4) + 16), height: labelHeight };
}
