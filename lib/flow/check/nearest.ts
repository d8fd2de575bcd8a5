/** The candidate that a mistyped word most likely means, or undefined where none is near enough. */
export function nearest(word: string, candidates: Iterable<string>): string | undefined {
  const bound = Math.max(1, Math.floor(word.length / 3));
  let best: string | undefined;
  let least = bound + 1;
  const wanted = word.toLowerCase();
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - word.length) >= least) continue;
    const far = distance(wanted, candidate.toLowerCase(), least);
    if (far < least || (far === 0 && best === undefined)) {
      best = candidate;
      least = far;
    }
  }
  return best;
}

/** Edits (insert, remove, replace, swap of neighbours) between two words; gives up with `bound` where it is not less. */
function distance(a: string, b: string, bound: number): number {
  let before: number[] = [];
  let above = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) row.push(cell({ a, b, i, j }, { before, above, row }));
    if (Math.min(...row) >= bound) return bound;
    before = above;
    above = row;
  }
  return above[b.length] ?? bound;
}

function cell(
  { a, b, i, j }: { a: string; b: string; i: number; j: number },
  { before, above, row }: { before: readonly number[]; above: readonly number[]; row: readonly number[] },
): number {
  const same = a[i - 1] === b[j - 1];
  const least = Math.min((above[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (above[j - 1] ?? 0) + (same ? 0 : 1));
  const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
  return swapped ? Math.min(least, (before[j - 2] ?? 0) + 1) : least;
}
