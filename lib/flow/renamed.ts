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

/**
 * For the elements of a changed list: the index of the old element each new one comes from, or undefined for new ones. An
 * element that is still there is found wherever it stands now; the others were changed where they are.
 */
export function sources(old: readonly Json[], next: readonly Json[]): readonly (number | undefined)[] {
  const found = next.map((value, index) =>
    index < old.length && same(old[index], value) ? index : undefined,
  );
  const taken = new Set(found);
  const left = new Map<string, number[]>();
  for (const [index, value] of old.entries())
    if (!taken.has(index)) left.set(textOf(value), [...(left.get(textOf(value)) ?? []), index]);
  for (const [index, value] of next.entries()) found[index] ??= left.get(textOf(value))?.shift();
  const changed = [...left.values()].flat().sort((a, b) => a - b);
  for (const [index, value] of next.entries()) {
    if (found[index] !== undefined) continue;
    const at = changed.findIndex((from) => from === index || alike(old[from], value));
    if (at >= 0) [found[index]] = changed.splice(at, 1);
  }
  return found;
}

function textOf(value: Json): string {
  return JSON.stringify(value);
}
