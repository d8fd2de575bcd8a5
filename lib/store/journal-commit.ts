import type { Turn } from '@/lib/runner/journal-port';
import { encodeChunk } from './chunk';
import { commitOfMany } from './commit-of-many';
import { commitOfOne } from './commit-of-one';
import type { Chunk, CommitStatement } from './commit-statement';

const eventsPerChunk = 500;

/** Writes whatever the turns hold. */
export function commitStatement(fence: number, turns: readonly Turn[]): CommitStatement {
  const chunks = turns.flatMap(chunksOf);
  const [turn] = turns;
  const [chunk] = chunks;
  const ofOne =
    turn && chunk && turns.length === 1 && chunks.length === 1 ? commitOfOne(fence, turn, chunk) : undefined;
  return ofOne ?? commitOfMany(fence, turns, chunks);
}

/** One row for a turn, or several for a long one, so that a reader of a few events need not read them all. */
function chunksOf({ executionId, events }: Turn): readonly Chunk[] {
  if (events.length <= eventsPerChunk) return [{ executionId, ...encodeChunk(executionId, events) }];
  const chunks: Chunk[] = [];
  for (let from = 0; from < events.length; from += eventsPerChunk)
    chunks.push({ executionId, ...encodeChunk(executionId, events.slice(from, from + eventsPerChunk)) });
  return chunks;
}
