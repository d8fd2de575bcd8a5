import type { ComparedLine } from '@/lib/editor/line-difference';

/** Unchanged lines that are shown around what changed. */
const around = 3;

/** Lines to show, or unchanged ones to fold away. */
export interface Stretch {
  readonly isFolded: boolean;
  readonly lines: readonly ComparedLine[];
}

/** The comparison in stretches: what changed with some lines around it, and between them what can be folded. */
export function stretchesOf(lines: readonly ComparedLine[]): readonly Stretch[] {
  const near = new Set<number>();
  for (const [index, { kind }] of lines.entries())
    if (kind !== 'same') for (let at = index - around; at <= index + around; at += 1) near.add(at);
  const stretches: { isFolded: boolean; lines: ComparedLine[] }[] = [];
  for (const [index, line] of lines.entries()) {
    const isFolded = !near.has(index);
    const last = stretches.at(-1);
    if (last?.isFolded === isFolded) last.lines.push(line);
    else stretches.push({ isFolded, lines: [line] });
  }
  // To fold one line takes the room of a line.
  return stretches.map((stretch) => (stretch.lines.length < 2 ? { ...stretch, isFolded: false } : stretch));
}

/** What of a changed line is another one in its counterpart: the stretch between what both begin and end with. */
export interface Marked {
  readonly from: number;
  readonly to: number;
}

/** For removed lines that added ones replace, one by one, what differs within each. */
export function marksOf(lines: readonly ComparedLine[]): ReadonlyMap<ComparedLine, Marked> {
  const marks = new Map<ComparedLine, Marked>();
  for (let at = 0; at < lines.length; ) {
    const removed = runFrom(lines, at, 'removed');
    const added = runFrom(lines, at + removed.length, 'added');
    if (removed.length === added.length)
      for (const [index, line] of removed.entries()) markPair(marks, line, added[index] ?? line);
    at += Math.max(1, removed.length + added.length);
  }
  return marks;
}

function runFrom(lines: readonly ComparedLine[], from: number, kind: ComparedLine['kind']) {
  let to = from;
  while (lines[to]?.kind === kind) to += 1;
  return lines.slice(from, to);
}

function markPair(marks: Map<ComparedLine, Marked>, old: ComparedLine, next: ComparedLine) {
  const shorter = Math.min(old.text.length, next.text.length);
  let head = 0;
  while (head < shorter && old.text[head] === next.text[head]) head += 1;
  let tail = 0;
  while (tail < shorter - head && old.text.at(-1 - tail) === next.text.at(-1 - tail)) tail += 1;
  // A word is another one as a whole.
  while (head > 0 && (isInWord(old.text, head) || isInWord(next.text, head))) head -= 1;
  while (
    tail > 0 &&
    (isInWord(old.text, old.text.length - tail) || isInWord(next.text, next.text.length - tail))
  )
    tail -= 1;
  // Lines that share little but their indent say more as a whole.
  const shared = old.text.slice(0, head).trim().length + tail;
  if (shared * 3 < old.text.trim().length) return;
  marks.set(old, { from: head, to: old.text.length - tail });
  marks.set(next, { from: head, to: next.text.length - tail });
}

function isInWord(text: string, at: number): boolean {
  return /\w/.test(text.charAt(at - 1)) && /\w/.test(text.charAt(at));
}
