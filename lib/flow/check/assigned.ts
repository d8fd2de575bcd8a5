/**
 * Which variables have been assigned when a state is entered: on some way to it, and on every way. Ways are followed
 * from the start until nothing changes; sets of variables are bits, as there may be a thousand of each.
 */
export interface Assigned {
  /** Whether the start leads to the state at all. */
  readonly reached: (state: string) => boolean;
  readonly onSomeWay: (state: string, variable: string) => boolean;
  readonly onEveryWay: (state: string, variable: string) => boolean;
}

/** One way out of a state, and the variables that it assigns. */
export interface Exit {
  readonly target: string;
  readonly assigns: ReadonlySet<string>;
}

interface Entry {
  readonly some: Uint32Array;
  readonly every: Uint32Array;
}

export function assignedFrom(
  start: string,
  exits: ReadonlyMap<string, readonly Exit[]>,
  variables: Iterable<string>,
): Assigned {
  const bits = new Map([...variables].map((name, index) => [name, index]));
  const words = Math.ceil(bits.size / 32);
  const entries = new Map<string, Entry>([
    [start, { some: new Uint32Array(words), every: new Uint32Array(words) }],
  ]);
  const open = [start];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    const entry = entries.get(at);
    for (const { target, assigns } of entry === undefined ? [] : (exits.get(at) ?? []))
      if (entry !== undefined && exits.has(target) && arrive(entries, target, left(entry, assigns, bits)))
        open.push(target);
  }
  const has = (kind: keyof Entry) => (state: string, variable: string) => {
    const bit = bits.get(variable);
    return bit !== undefined && (((entries.get(state)?.[kind][bit >> 5] ?? 0) >>> (bit & 31)) & 1) === 1;
  };
  return { reached: (state) => entries.has(state), onSomeWay: has('some'), onEveryWay: has('every') };
}

function left(entry: Entry, assigns: ReadonlySet<string>, bits: ReadonlyMap<string, number>): Entry {
  if (assigns.size === 0) return entry;
  const some = entry.some.slice();
  const every = entry.every.slice();
  for (const name of assigns) {
    const bit = bits.get(name);
    if (bit === undefined) continue;
    for (const set of [some, every]) set[bit >> 5] = (set[bit >> 5] ?? 0) | (1 << (bit & 31));
  }
  return { some, every };
}

/** Joins a way with those that led to the state before; whether that changed what is known there. */
function arrive(entries: Map<string, Entry>, target: string, way: Entry): boolean {
  const known = entries.get(target);
  if (known === undefined) {
    entries.set(target, { some: way.some.slice(), every: way.every.slice() });
    return true;
  }
  let changed = false;
  for (let index = 0; index < known.some.length; index += 1) {
    const some = ((known.some[index] ?? 0) | (way.some[index] ?? 0)) >>> 0;
    const every = ((known.every[index] ?? 0) & (way.every[index] ?? 0)) >>> 0;
    changed ||= some !== known.some[index] || every !== known.every[index];
    known.some[index] = some;
    known.every[index] = every;
  }
  return changed;
}
