import { isObject, type Json, type JsonObject } from '@/lib/expression/json';
import { same } from './equal';
import type { Place } from './positions';
import { origins, sources } from './renamed';

/** A text that is being rewritten: JSON, or the flow style of YAML, where items stand between brackets and commas. */
interface Source {
  readonly text: string;
  /** One level of indentation, as the text has it. */
  readonly unit: string;
}

/** The new text for the value at `place`, in which only that is written anew which differs from the old value. */
export function rewriteCommaStyle(source: Source, place: Place, values: { old: Json; next: Json }): string {
  const { old, next } = values;
  if (same(old, next)) return source.text.slice(place.start, place.end);
  if (isObject(old) && isObject(next) && place.members !== undefined && place.members.size > 0)
    return members(source, { ...place, members: place.members }, { old, next });
  if (Array.isArray(old) && Array.isArray(next) && place.elements !== undefined && old.length > 0)
    return elements(source, { ...place, elements: place.elements }, { old, next });
  return written(source, next, place.start);
}

/** One level of indentation of a JSON text; two blanks where it has none. */
export function indentation(text: string): string {
  return /[{[][^\S\n]*\r?\n([ \t]+)\S/.exec(text)?.[1] ?? '  ';
}

interface Piece {
  readonly text: string;
  /** Which item of the old list this is, where it was there. */
  readonly from: number | undefined;
}

function members(
  source: Source,
  place: Place & { readonly members: ReadonlyMap<string, Place> },
  { old, next }: { old: JsonObject; next: JsonObject },
): string {
  const places = [...place.members.values()];
  const order = [...place.members.keys()];
  const from = origins(old, next);
  const pieces = Object.entries(next).map(([name, value]): Piece => {
    const origin = from.get(name);
    const inner = origin === undefined ? undefined : place.members.get(origin);
    if (origin === undefined || inner?.key === undefined)
      return {
        text: `${JSON.stringify(name)}: ${written(source, value, firstStart(places))}`,
        from: undefined,
      };
    const key = origin === name ? source.text.slice(inner.key.start, inner.key.end) : JSON.stringify(name);
    const between = source.text.slice(inner.key.end, inner.start);
    const rewritten = rewriteCommaStyle(source, inner, { old: old[origin] ?? null, next: value });
    return { text: key + between + rewritten, from: order.indexOf(origin) };
  });
  const starts = places.map((inner) => ({ start: inner.key?.start ?? inner.start, end: inner.end }));
  return joined(source, { place, items: starts, pieces });
}

function elements(
  source: Source,
  place: Place & { readonly elements: readonly Place[] },
  { old, next }: { old: readonly Json[]; next: readonly Json[] },
): string {
  const from = sources(old, next);
  const pieces = next.map((value, index): Piece => {
    const origin = from[index];
    const inner = origin === undefined ? undefined : place.elements[origin];
    if (origin === undefined || inner === undefined)
      return { text: written(source, value, firstStart(place.elements)), from: undefined };
    return {
      text: rewriteCommaStyle(source, inner, { old: old[origin] ?? null, next: value }),
      from: origin,
    };
  });
  return joined(source, { place, items: place.elements, pieces });
}

interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** Puts pieces between the brackets again, with the blanks and commas that were between them. */
function joined(
  { text, unit }: Source,
  { place, items, pieces }: { place: Stretch; items: readonly Stretch[]; pieces: readonly Piece[] },
): string {
  const first = items[0] ?? place;
  const last = items.at(-1) ?? place;
  const open = text.slice(place.start, first.start);
  const close = text.slice(last.end, place.end);
  if (pieces.length === 0) return `${open[0]}${close.at(-1)}`;
  const usual = separator(text, { first, second: items[1], open, unit });
  const body = pieces.map((piece, index) => {
    if (index === 0) return piece.text;
    const before = pieces[index - 1]?.from;
    const follows = before !== undefined && piece.from === before + 1;
    const between = follows ? text.slice(items[before]?.end, items[before + 1]?.start) : usual;
    return between + piece.text;
  });
  return open + body.join('') + close;
}

function separator(
  text: string,
  { first, second, open, unit }: { first: Stretch; second: Stretch | undefined; open: string; unit: string },
): string {
  // A comment behind the first item is that item's own.
  if (second !== undefined) return text.slice(first.end, second.start).replaceAll(/[ \t]+#[^\n]*/g, '');
  const blanks = open.slice(1);
  return blanks.includes('\n') ? `,${blanks}` : unit === '' ? ',' : ', ';
}

/** A value written anew: over several lines and indented like the line at `near`, or on one line where all is so. */
function written({ text, unit }: Source, value: Json, near: number): string {
  const line = text.lastIndexOf('\n', near - 1) + 1;
  const indent = /^[ \t]*/.exec(text.slice(line, near))?.[0] ?? '';
  if (!text.includes('\n')) return JSON.stringify(value);
  return JSON.stringify(value, null, unit).replaceAll('\n', `\n${indent}`);
}

function firstStart(items: readonly Place[]): number {
  const [first] = items;
  return first?.key?.start ?? first?.start ?? 0;
}
