const shards = 64;

/** Which shard an execution belongs to: taken from the random end of its id, as version 7 begins with the time. */
export function shardOf(executionId: string): number {
  return Number.parseInt(executionId.slice(-2), 16) % shards;
}
