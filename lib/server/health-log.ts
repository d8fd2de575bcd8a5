import { log } from './log';

const lookEvery = 1_000;

/** Says once when executions cannot be started any more, and once when they can be again. Returns what ends it. */
export function logHealth(waitsFor: () => string | undefined): () => void {
  let waited = waitsFor() !== undefined;
  let wasReady = !waited;
  const timer = setInterval(() => {
    const reason = waitsFor();
    const waits = reason !== undefined;
    if (waits !== waited && wasReady) {
      if (waits) log.warn({ reason }, 'executions cannot be started now');
      else log.warn('executions can be started again');
    }
    waited = waits;
    wasReady ||= !waits;
  }, lookEvery);
  timer.unref();
  return () => clearInterval(timer);
}
