import { setImmediate as othersHaveTheirTurn } from 'node:timers/promises';

/** Milliseconds that long work may take before others have their turn. */
const slice = 10;

/** Does long work that stops at each of its steps, the event loop free every few of them. Rejects with what it throws. */
export async function inSlices<Result>(work: Iterator<undefined, Result>): Promise<Result> {
  for (let began = performance.now(); ; ) {
    const { done, value } = work.next();
    if (done === true) return value;
    if (performance.now() - began < slice) continue;
    await othersHaveTheirTurn();
    began = performance.now();
  }
}
