import { child, tokens } from './pointer';

/** A stretch of the text: UTF-16 offsets (`end` exclusive), and where it starts as people count it (from 1). */
export interface Span {
  readonly start: number;
  readonly end: number;
  readonly line: number;
  readonly column: number;
}

/** Where one value of the document stands in the text; `key` is the stretch of its name, where it is a member. */
export interface Place {
  readonly start: number;
  readonly end: number;
  readonly key?: { readonly start: number; readonly end: number };
  readonly members?: ReadonlyMap<string, Place>;
  readonly elements?: readonly Place[];
}

/** Both ways between the document and its text. Built once per parse; asking is cheap. */
export interface Positions {
  /** The value at a pointer, or undefined where the text has none. */
  value(pointer: string): Span | undefined;
  /** The name of a member (`"Next"` with its quotes), or undefined where the pointer names no member. */
  name(pointer: string): Span | undefined;
  /** What to underline for a pointer: its value, or the name of the nearest thing around it that the text has. */
  nearest(pointer: string): Span;
  /** The span between two offsets. */
  stretch(start: number, end: number): Span;
  /** The pointer of the innermost value (or member) around an offset; the root for text outside. */
  pointerAt(offset: number): string;
}

/** Positions of a text whose values stand where `root` says. */
export function positionsOf(text: string, root: Place): Positions {
  const lines = lineStarts(text);
  const span = (at: { readonly start: number; readonly end: number }): Span => ({
    start: at.start,
    end: at.end,
    ...lineAndColumn(lines, at.start),
  });
  const value = (pointer: string) => {
    const place = walk(root, tokens(pointer));
    return place.rest === 0 ? span(place.at) : undefined;
  };
  const name = (pointer: string) => {
    const place = walk(root, tokens(pointer));
    return place.rest === 0 && place.at.key !== undefined ? span(place.at.key) : undefined;
  };
  const nearest = (pointer: string) => {
    const { at, rest } = walk(root, tokens(pointer));
    if (rest === 0) return span(at);
    return span(at.key ?? { start: at.start, end: Math.min(at.end, at.start + 1) });
  };
  const stretch = (start: number, end: number) => span({ start, end });
  return { value, name, nearest, stretch, pointerAt: (offset) => innermost(root, offset) };
}

/** The span of one place in a text of which nothing else is known. */
export function spanIn(text: string, start: number, end: number): Span {
  return { start, end, ...lineAndColumn(lineStarts(text), start) };
}

function walk(root: Place, keys: readonly string[]): { at: Place; rest: number } {
  let at = root;
  for (const [index, key] of keys.entries()) {
    const next = at.members?.get(key) ?? at.elements?.[arrayIndex(key)];
    if (next === undefined) return { at, rest: keys.length - index };
    at = next;
  }
  return { at, rest: 0 };
}

function arrayIndex(key: string): number {
  return /^(0|[1-9]\d*)$/.test(key) ? Number(key) : -1;
}

function innermost(root: Place, offset: number): string {
  let at = root;
  let pointer = '';
  for (;;) {
    const inner = memberAt(at, offset) ?? elementAt(at, offset);
    if (inner === undefined) return pointer;
    at = inner.place;
    pointer = child(pointer, inner.key);
  }
}

function memberAt(at: Place, offset: number) {
  for (const [key, place] of at.members ?? [])
    if ((place.key?.start ?? place.start) <= offset && offset <= place.end) return { key, place };
  return undefined;
}

function elementAt(at: Place, offset: number) {
  const index = at.elements?.findIndex((place) => place.start <= offset && offset <= place.end) ?? -1;
  const place = at.elements?.[index];
  return place && { key: index, place };
}

/** Offsets at which the lines of a text begin; `\n`, `\r\n` and `\r` each end one. */
function lineStarts(text: string): readonly number[] {
  const starts = [0];
  for (const match of text.matchAll(/\r\n|\r|\n/g)) starts.push(match.index + match[0].length);
  return starts;
}

function lineAndColumn(starts: readonly number[], offset: number): { line: number; column: number } {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
}
