import { isNode } from './jsonata-node';
import { detour, isFunction } from './jsonata-operation';
import { createSequence, isSequence, unwrapped } from './jsonata-sequence';

/** What a path of names leads to, as the interpreter evaluates it: a name on an array is that name on each element. */
export function follow(from: unknown, names: readonly string[]): unknown {
  let here = from;
  for (let at = 0; at < names.length; at += 1) {
    if (Array.isArray(here)) return followEach(here, names.slice(at));
    if (!isNode(here) || isFunction(here)) return undefined;
    here = unwrapped(here[names[at] ?? '']);
  }
  if (!isSequence(here)) return here;
  // A path makes a sequence of its own, without the mark that keeps a singleton.
  const own = createSequence();
  spread(here, own);
  return unwrapped(own);
}

function followEach(items: readonly unknown[], names: readonly string[]): unknown {
  let places = items;
  if ('cons' in items) detour();
  for (const [at, name] of names.entries()) {
    const found = places.map((place) => memberOf(place, name)).filter((value) => value !== undefined);
    const [only] = found;
    // A single array at the end of a path is that array; anywhere else arrays are spread.
    if (at === names.length - 1 && found.length === 1 && Array.isArray(only) && !isSequence(only))
      return only;
    const next = createSequence();
    for (const value of found) spread(value, next);
    places = next;
  }
  return unwrapped(places);
}

function spread(value: unknown, into: unknown[]): void {
  if (!Array.isArray(value)) into.push(value);
  else for (const item of value) into.push(item);
}

function memberOf(place: unknown, name: string): unknown {
  if (Array.isArray(place)) return unwrapped(membersOf(place, name));
  return unwrapped(ownMember(place, name));
}

function ownMember(place: unknown, name: string): unknown {
  return isNode(place) && !isFunction(place) ? place[name] : undefined;
}

function membersOf(places: readonly unknown[], name: string): unknown[] {
  const found = createSequence();
  for (const place of places) {
    const value = Array.isArray(place) ? membersOf(place, name) : ownMember(place, name);
    if (value !== undefined) spread(value, found);
  }
  return found;
}
