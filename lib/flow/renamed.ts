import { isObject, type Json, type JsonObject } from '@/lib/expression/json';
import { same } from './equal';

/**
 * For the members of a changed object: which member of the old one each of the new ones comes from. A member keeps its
 * name, or it stands in the place of one that is gone and is much like it: then it was renamed.
 */
export function origins(old: JsonObject, next: JsonObject): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const before = Object.keys(old);
  const gone = before.filter((name) => !Object.hasOwn(next, name));
  for (const [index, name] of Object.keys(next).entries()) {
    if (Object.hasOwn(old, name)) found.set(name, name);
    else {
      const from = gone.find((other) => before[index] === other || same(old[other], next[name]));
      if (from === undefined || !alike(old[from], next[name])) continue;
      gone.splice(gone.indexOf(from), 1);
      found.set(name, from);
    }
  }
  return found;
}

function alike(a: Json | undefined, b: Json | undefined): boolean {
  if (isObject(a) && isObject(b)) return Object.keys(a).some((name) => same(a[name], b[name]));
  return same(a, b);
}

/** For the elements of a changed list: the index of the old element each new one comes from, or undefined for new ones. */
export function sources(old: readonly Json[], next: readonly Json[]): readonly (number | undefined)[] {
  const shorter = Math.min(old.length, next.length);
  let head = 0;
  while (head < shorter && same(old[head], next[head])) head += 1;
  let tail = 0;
  while (tail < shorter - head && same(old[old.length - 1 - tail], next[next.length - 1 - tail])) tail += 1;
  return next.map((_, index) => {
    if (index >= next.length - tail) return index + old.length - next.length;
    return index < old.length - tail ? index : undefined;
  });
}
