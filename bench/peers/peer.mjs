/**
 * One measured engine in a process of its own. The parent sends `{id, work, ...arguments}` over IPC and gets `{id, answer}`
 * or `{id, failed}` back. Works that every peer must know: `flows` (N flows of 10 steps, C in flight) and `map` (one flow
 * that fans out over N items). Both check the results and how many steps the peer itself says it has recorded.
 *
 * @param {Record<string, (request: any) => Promise<unknown>>} works
 * @param {() => Promise<void>} close
 */
export function serve(works, close) {
  process.on('message', async (request) => {
    try {
      const answer = request.work === 'close' ? await close() : await works[request.work](request);
      process.send({ id: request.id, answer });
      if (request.work === 'close') process.exit(0);
    } catch (failure) {
      process.send({ id: request.id, failed: String(failure?.stack ?? failure) });
    }
  });
  process.on('disconnect', () => close().finally(() => process.exit(1)));
  process.send({ id: 0, answer: 'ready' });
}

/**
 * Runs `one(i)` for i in 0…count-1 with `inFlight` of them at a time (a closed loop).
 * @returns {Promise<{ms: number, latencies: number[]}>} milliseconds for all, and of each
 */
export async function closedLoop(count, inFlight, one) {
  const latencies = [];
  let next = 0;
  const began = performance.now();
  const lane = async () => {
    while (next < count) {
      const at = performance.now();
      await one(next++);
      latencies.push(performance.now() - at);
    }
  };
  await Promise.all(Array.from({ length: Math.min(inFlight, count) }, lane));
  return { ms: performance.now() - began, latencies };
}

/** The payload of all workloads: an object of about 100 bytes. */
export const payload = {
  order: 'c1f0a2d4',
  customer: 'somebody@example.org',
  amount: 1250,
  currency: 'EUR',
  items: [1, 2, 3],
};
