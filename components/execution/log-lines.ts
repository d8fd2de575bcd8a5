import type { LiveLine } from './live';

/**
 * The lines that were read and those that came live, each once and in order. A live line has no number, so one that was
 * also read is told by all that it says; lines that are said twice stay two.
 */
export function joinLines(read: readonly LiveLine[], live: readonly LiveLine[]): readonly LiveLine[] {
  if (live.length === 0) return read;
  const known = new Map<string, number>();
  for (const line of read) known.set(keyOf(line), (known.get(keyOf(line)) ?? 0) + 1);
  const fresh = live.filter((line) => {
    const times = known.get(keyOf(line)) ?? 0;
    known.set(keyOf(line), times - 1);
    return times <= 0;
  });
  return [...read, ...fresh].sort((one, other) => one.at - other.at);
}

function keyOf({ attempt, at, level, text }: LiveLine): string {
  return `${attempt} ${at} ${level} ${text}`;
}
