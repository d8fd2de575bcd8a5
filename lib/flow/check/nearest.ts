/** The candidate that a mistyped word most likely means, or undefined where none is near enough. */
export function nearest(word: string, candidates: Iterable<string>): string | undefined {
  let best: string | undefined;
  let least = Math.min(3, Math.max(1, Math.floor(word.length / 3))) + 1;
  const wanted = word.toLowerCase();
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - word.length) >= least) continue;
    const far = distance(wanted, candidate.toLowerCase(), least);
    if (far >= least) continue;
    best = candidate;
    least = far;
  }
  return best;
}

/** Edits (insert, remove, replace, swap of neighbours) between two words; `bound` where it is not less. */
function distance(a: string, b: string, bound: number): number {
  let before: number[] = [];
  let above = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const row = rowOf({ a, b, i, bound }, { before, above });
    if (row.every((edits) => edits >= bound)) return bound;
    before = above;
    above = row;
  }
  return above[b.length] ?? bound;
}

/** One row of the table of edits. Only near the diagonal can they be below the bound. */
function rowOf(
  { a, b, i, bound }: { a: string; b: string; i: number; bound: number },
  { before, above }: { before: readonly number[]; above: readonly number[] },
): number[] {
  const row = new Array<number>(b.length + 1).fill(bound);
  row[0] = Math.min(i, bound);
  for (let j = Math.max(1, i - bound); j <= Math.min(b.length, i + bound); j += 1) {
    const replaced = (above[j - 1] ?? bound) + (a[i - 1] === b[j - 1] ? 0 : 1);
    const least = Math.min((above[j] ?? bound) + 1, (row[j - 1] ?? bound) + 1, replaced);
    const swaps = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
    row[j] = swaps ? Math.min(least, (before[j - 2] ?? bound) + 1) : least;
  }
  return row;
}
