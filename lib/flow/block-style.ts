import { isObject, type Json, type JsonObject } from '@/lib/expression/json';
import { rewriteCommaStyle } from './comma-style';
import { same } from './equal';
import type { Place } from './positions';
import { print } from './print';
import { origins, sources } from './renamed';

/** The block style of YAML, where items stand on lines of their own, below each other and with comments around. */

interface Values {
  readonly old: Json;
  readonly next: Json;
}

/**
 * The new text for the value at `place` of a YAML text, in which only that is written anew which differs; undefined
 * where the whole value has to be written anew. `from` is where its name or dash ends: what stands between is part of
 * the new text, as the comments above the first item are there.
 */
export function rewriteBlockStyle(
  text: string,
  place: Place,
  { old, next }: Values,
  from = place.start,
): string | undefined {
  const head = text.slice(from, place.start);
  if (same(old, next)) return head + text.slice(place.start, endOf(text, place));
  if (isFlow(text, place)) {
    const rewritten = rewriteFlow(text, place, { old, next });
    return rewritten === undefined ? undefined : head + rewritten;
  }
  if (isObject(old) && isObject(next) && place.members !== undefined)
    return joined(text, {
      place,
      head,
      items: memberStretches(text, place.members),
      pieces: members(text, place, { old, next }),
    });
  if (Array.isArray(old) && Array.isArray(next) && place.elements !== undefined)
    return joined(text, {
      place,
      head,
      items: elementStretches(text, place),
      pieces: elements(text, place, { old, next }),
    });
  return undefined;
}

function rewriteFlow(text: string, place: Place, { old, next }: Values): string | undefined {
  const alike = Array.isArray(old) ? Array.isArray(next) : isObject(next);
  const empty = place.members?.size === 0 || place.elements?.length === 0;
  return alike && !empty ? rewriteCommaStyle({ text, unit: '' }, place, { old, next }) : undefined;
}

interface Piece {
  readonly text: string;
  /** Which item of the old container this is, where it was there. */
  readonly from: number | undefined;
}

/** From where an item begins (its name, or the dash) to where it ends. */
interface Stretch {
  readonly start: number;
  readonly end: number;
}

function members(
  text: string,
  place: Place,
  { old, next }: { old: JsonObject; next: JsonObject },
): readonly Piece[] {
  const order = [...(place.members?.keys() ?? [])];
  const from = origins(old, next);
  return Object.entries(next).map(([name, value]) => {
    const anew = indented(pair(name, value), text, place);
    const origin = from.get(name);
    const inner = origin === undefined ? undefined : place.members?.get(origin);
    if (origin === undefined || inner?.key === undefined) return { text: anew, from: undefined };
    const rewritten = memberValue(text, inner, { old: old[origin] ?? null, next: value }, inner.key.end);
    if (rewritten === undefined) return { text: anew, from: order.indexOf(origin) };
    const key = origin === name ? text.slice(inner.key.start, inner.key.end) : keyText(name);
    return { text: key + rewritten, from: order.indexOf(origin) };
  });
}

function elements(
  text: string,
  place: Place,
  { old, next }: { old: readonly Json[]; next: readonly Json[] },
): readonly Piece[] {
  const from = sources(old, next);
  return next.map((value, index) => {
    const origin = from[index];
    const inner = origin === undefined ? undefined : place.elements?.[origin];
    const rewritten =
      origin === undefined || inner === undefined
        ? undefined
        : memberValue(text, inner, { old: old[origin] ?? null, next: value }, dashOf(text, place, inner));
    return { text: rewritten ?? indented(written([value]), text, place), from: origin };
  });
}

/** The value inside of a member or element, from the end of its name on; undefined where it does not fit there any more. */
function memberValue(text: string, inner: Place, { old, next }: Values, from: number): string | undefined {
  const rewritten = rewriteBlockStyle(text, inner, { old, next }, from);
  if (rewritten !== undefined || inner.members !== undefined || inner.elements !== undefined)
    return rewritten;
  const before = text.slice(inner.start, inner.end);
  if (before === '' || before.includes('\n') || isContainer(next)) return undefined;
  const after = scalar(before, next);
  return after.includes('\n') ? undefined : text.slice(from, inner.start) + after;
}

/** A scalar in the quotes that the one before it had. */
function scalar(before: string, next: Json): string {
  if (typeof next === 'string' && before.startsWith('"')) return JSON.stringify(next);
  if (typeof next === 'string' && before.startsWith("'") && !/[\n\r\t\p{Cc}]/u.test(next))
    return `'${next.replaceAll("'", "''")}'`;
  return written(next);
}

function isContainer(value: Json): boolean {
  return typeof value === 'object' && value !== null;
}

function memberStretches(text: string, places: ReadonlyMap<string, Place>): readonly Stretch[] {
  return [...places.values()].map((inner) => ({
    start: inner.key?.start ?? inner.start,
    end: endOf(text, inner),
  }));
}

function elementStretches(text: string, place: Place): readonly Stretch[] {
  return (place.elements ?? []).map((inner) => ({
    start: dashOf(text, place, inner),
    end: endOf(text, inner),
  }));
}

/** The offset of the dash in front of an element. */
function dashOf(text: string, place: Place, inner: Place): number {
  const margin = column(text, place.start);
  for (let line = lineStart(text, inner.start); line > place.start; line = lineStart(text, line - 1))
    if (text[line + margin] === '-' && text.slice(line, line + margin).trim() === '') return line + margin;
  return place.start;
}

interface Items {
  readonly place: Place;
  /** What stands between the container's name and its first item. */
  readonly head: string;
  readonly items: readonly Stretch[];
  readonly pieces: readonly Piece[];
}

/** Puts items below each other again, each with the comments above it and the one behind it. */
function joined(text: string, { place, head, items, pieces }: Items): string {
  const [first] = pieces;
  const { name, above: lead } = parted(head, first === undefined || first.from !== 0);
  const margin = ' '.repeat(column(text, place.start));
  if (first === undefined) return name + (place.members === undefined ? '[]' : '{}');
  const lines = pieces.map(({ text: body, from }, index) => {
    const above = from === undefined ? margin : from === 0 ? lead + margin : gap(text, items, from - 1).above;
    const behind = from === undefined ? '' : gap(text, items, from).behind;
    return (index === 0 ? above.trimStart() : above) + body + behind;
  });
  return name + lines.join('\n');
}

/** The comments above the first item, where they have to go with it or without it, and what stays at the name. */
function parted(head: string, isLeaving: boolean): { readonly name: string; readonly above: string } {
  const begin = head.indexOf('\n') + 1;
  const end = head.lastIndexOf('\n') + 1;
  if (!isLeaving || begin === 0) return { name: head, above: '' };
  return { name: head.slice(0, begin) + head.slice(end), above: head.slice(begin, end) };
}

/** What stands between an item and the next one: the comment behind the first, and the lines above the second. */
function gap(text: string, items: readonly Stretch[], index: number): { behind: string; above: string } {
  const before = items[index];
  const after = items[index + 1];
  if (before === undefined) return { behind: '', above: '' };
  if (after === undefined)
    return { behind: text.slice(before.end, behindComment(text, before.end)), above: '' };
  const between = text.slice(before.end, after.start);
  const lineBreak = between.indexOf('\n');
  return { behind: between.slice(0, lineBreak).replace(/\r$/, ''), above: between.slice(lineBreak + 1) };
}

/**
 * Where a value ends: a block container with the comment behind its last item; a block scalar before its last line
 * break, which belongs to what follows.
 */
export function endOf(text: string, place: Place): number {
  const last = isFlow(text, place)
    ? undefined
    : (place.elements?.at(-1) ?? [...(place.members?.values() ?? [])].at(-1));
  if (last !== undefined) return behindComment(text, endOf(text, last));
  return place.end > place.start && text[place.end - 1] === '\n' ? place.end - 1 : place.end;
}

function behindComment(text: string, offset: number): number {
  const comment = /[ \t]+#[^\n]*/y;
  comment.lastIndex = offset;
  return offset + (comment.exec(text)?.[0].length ?? 0);
}

function isFlow(text: string, { start }: Place): boolean {
  return text[start] === '{' || text[start] === '[';
}

function pair(name: string, value: Json): string {
  return written({ [name]: value });
}

function keyText(name: string): string {
  return pair(name, null).replace(/: null$/, '');
}

function written(value: Json): string {
  return print(value, 'yaml').replace(/\n$/, '');
}

/** Lines below the first one moved to the right, to where the items of the container stand. */
function indented(lines: string, text: string, place: Place): string {
  return lines.replaceAll(/\n(?=[^\n])/g, `\n${' '.repeat(column(text, place.start))}`);
}

function lineStart(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1;
}

function column(text: string, offset: number): number {
  return offset - lineStart(text, offset);
}
