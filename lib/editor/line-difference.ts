/** One line of a comparison; its number in the text before and in the text after, in which of them it stands. */
export type ComparedLine =
  | { readonly kind: 'same'; readonly text: string; readonly before: number; readonly after: number }
  | { readonly kind: 'removed'; readonly text: string; readonly before: number }
  | { readonly kind: 'added'; readonly text: string; readonly after: number };

/** Above this many changes the search for the shortest comparison takes noticeable time; all of the stretch counts as replaced. */
const most = 800;

/** H16 What makes one text of another, line by line: the fewest lines removed and added. */
export function lineDifference(before: string, after: string): readonly ComparedLine[] {
  const old = linesOf(before);
  const next = linesOf(after);
  const shorter = Math.min(old.length, next.length);
  let head = 0;
  while (head < shorter && old[head] === next[head]) head += 1;
  let tail = 0;
  while (tail < shorter - head && old[old.length - 1 - tail] === next[next.length - 1 - tail]) tail += 1;
  const middle = { old: old.slice(head, old.length - tail), next: next.slice(head, next.length - tail) };
  const kept = [
    ...pairs(0, 0, head),
    ...common(middle.old, middle.next).map((pair) => ({ old: pair.old + head, next: pair.next + head })),
    ...pairs(old.length - tail, next.length - tail, tail),
  ];
  return written(old, next, kept);
}

function linesOf(text: string): readonly string[] {
  const lines = text.split(/\r\n|\r|\n/);
  // A line break at the end ends the last line and begins none.
  return lines.at(-1) === '' ? lines.slice(0, -1) : lines;
}

/** Places of two lines that are the same one, in order. */
interface Pair {
  readonly old: number;
  readonly next: number;
}

function pairs(old: number, next: number, count: number): readonly Pair[] {
  return Array.from({ length: count }, (_, index) => ({ old: old + index, next: next + index }));
}

/** The lines that two lists have in common, as many as there can be: the greedy walk of Eugene Myers, 1986. */
function common(old: readonly string[], next: readonly string[]): readonly Pair[] {
  const walk: Walk = { old, next, reached: new Map([[1, 0]]) };
  const trail: ReadonlyMap<number, number>[] = [];
  for (let changes = 0; changes <= Math.min(old.length + next.length, most); changes += 1) {
    trail.push(new Map(walk.reached));
    for (let diagonal = -changes; diagonal <= changes; diagonal += 2) {
      const at = furthest(walk, diagonal, changes);
      if (at >= old.length && at - diagonal >= next.length) return backwards(trail, old.length, next.length);
    }
  }
  return [];
}

interface Walk {
  readonly old: readonly string[];
  readonly next: readonly string[];
  /** How far each diagonal (place in the old list less place in the next one) was followed. */
  readonly reached: Map<number, number>;
}

/** Takes one change onto a diagonal, and follows it for as long as the lines are the same. */
function furthest({ old, next, reached }: Walk, diagonal: number, changes: number): number {
  let at = startOn(reached, diagonal, changes);
  while (at < old.length && at - diagonal < next.length && old[at] === next[at - diagonal]) at += 1;
  reached.set(diagonal, at);
  return at;
}

function isAddition(reached: ReadonlyMap<number, number>, diagonal: number, changes: number): boolean {
  const left = reached.get(diagonal - 1) ?? -1;
  const right = reached.get(diagonal + 1) ?? -1;
  return diagonal === -changes || (diagonal !== changes && left < right);
}

function startOn(reached: ReadonlyMap<number, number>, diagonal: number, changes: number): number {
  return isAddition(reached, diagonal, changes)
    ? (reached.get(diagonal + 1) ?? 0)
    : (reached.get(diagonal - 1) ?? 0) + 1;
}

function backwards(
  trail: readonly ReadonlyMap<number, number>[],
  oldEnd: number,
  nextEnd: number,
): readonly Pair[] {
  const kept: Pair[] = [];
  let old = oldEnd;
  let next = nextEnd;
  for (let changes = trail.length - 1; changes >= 0; changes -= 1) {
    const reached = trail[changes] ?? new Map<number, number>();
    const diagonal = old - next;
    const isAdded = isAddition(reached, diagonal, changes);
    const start = startOn(reached, diagonal, changes);
    while (old > start && next > start - diagonal) {
      old -= 1;
      next -= 1;
      kept.push({ old, next });
    }
    if (changes > 0 && isAdded) next -= 1;
    else if (changes > 0) old -= 1;
  }
  return kept.reverse();
}

function written(
  old: readonly string[],
  next: readonly string[],
  kept: readonly Pair[],
): readonly ComparedLine[] {
  const lines: ComparedLine[] = [];
  let before = 0;
  let after = 0;
  for (const pair of [...kept, { old: old.length, next: next.length }]) {
    for (; before < pair.old; before += 1)
      lines.push({ kind: 'removed', text: old[before] ?? '', before: before + 1 });
    for (; after < pair.next; after += 1)
      lines.push({ kind: 'added', text: next[after] ?? '', after: after + 1 });
    if (before >= old.length || after >= next.length) continue;
    lines.push({ kind: 'same', text: old[before] ?? '', before: before + 1, after: after + 1 });
    before += 1;
    after += 1;
  }
  return lines;
}
