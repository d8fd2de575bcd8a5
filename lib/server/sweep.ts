import { setTimeout as pause } from 'node:timers/promises';
import { EngineUnavailable, type Runner } from '@/lib/runner/ports';
import type { Store } from '@/lib/store/client';
import { expired, type Retention, retentions } from '@/lib/store/retention';

interface World {
  readonly store: Store;
  readonly runner: Pick<Runner, 'remove'>;
}

const batch = 200;
/** Between batches others get their turn. */
const breath = 20;
const day = 86_400_000;

/**
 * Deletes the executions that their flows keep no longer, histories and all, a bounded batch at a time. Running ones are never
 * deleted. Returns how many were.
 */
export async function sweep({ store, runner }: World, now: number, signal: AbortSignal): Promise<number> {
  let deleted = 0;
  for (const retention of await retentions(store))
    for await (const ids of batches(store, retention, now)) {
      if (signal.aborted) return deleted;
      deleted += (await runner.remove(ids)).length;
      await pause(breath);
    }
  return deleted;
}

async function* batches(store: Store, { flowId, days, count }: Retention, now: number) {
  const endedBefore = days === null ? null : now - days * day;
  for (let after: string | null = null; ; ) {
    const ids: readonly string[] = await expired(
      store,
      { flowId, endedBefore, count },
      { after, limit: batch },
    );
    if (ids.length > 0) yield ids;
    if (ids.length < batch) return;
    after = ids.at(-1) ?? null;
  }
}

const firstSweepAfter = 30_000;
const sweepEvery = 300_000;

/** Sweeps from time to time until the returned function is called; what fails is tried again with the next sweep. */
export function beginSweeping(world: World, failed: (error: unknown) => void): () => Promise<void> {
  const closing = new AbortController();
  const { signal } = closing;
  const run = async () => {
    for (let wait = firstSweepAfter; ; wait = sweepEvery) {
      await pause(wait, undefined, { signal, ref: false });
      await sweep(world, Date.now(), signal).catch((error: unknown) => {
        if (!(error instanceof EngineUnavailable)) failed(error);
      });
    }
  };
  const ended = run().catch(() => {});
  return async () => {
    closing.abort();
    await ended;
  };
}
