import type { Json, JsonObject } from './json';

/**
 * What an expression gave as plain JSON, as `JSON.stringify` sees it: marked sequences become plain arrays, a missing
 * element is null, a missing member is none. The same reference where nothing had to be changed. Undefined where a
 * function, a regular expression, an infinite number or the like is in it.
 */
export function plain(value: unknown): Json | undefined {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return value;
    case 'number':
      return Number.isFinite(value) ? value : undefined;
    case 'object':
      if (value === null) return null;
      return Array.isArray(value) ? plainArray(value) : plainObject(value);
    default:
      return undefined;
  }
}

/** Marks that the interpreter leaves on the arrays that it makes. */
const marks = ['sequence', 'keepSingleton', 'cons', 'outerWrapper', 'tupleStream'];

function plainArray(items: readonly unknown[]): Json | undefined {
  const copy: Json[] = [];
  let changed = marks.some((mark) => mark in items);
  for (const item of items) {
    const kept = item === undefined ? null : plain(item);
    if (kept === undefined) return undefined;
    changed ||= kept !== item;
    copy.push(kept);
  }
  return changed ? copy : (items as readonly Json[]);
}

function plainObject(members: object): Json | undefined {
  if ('_jsonata_lambda' in members || '_jsonata_function' in members) return undefined;
  const copy: [string, Json][] = [];
  let changed = false;
  for (const [key, member] of Object.entries(members)) {
    const kept = plain(member);
    if (kept === undefined && member !== undefined) return undefined;
    changed ||= kept !== member || kept === undefined;
    if (kept !== undefined) copy.push([key, kept]);
  }
  return changed ? Object.fromEntries(copy) : (members as JsonObject);
}
