import { Chaos } from './testing-chaos';

/**
 * As many worlds as there is time for, every second seed from `first` on: in each little happens, so that many different flows
 * meet many different mishaps. Throws with the seed of the first one in which a law does not hold.
 */
export function liveThrough(first: 1 | 2, seeds: number): void {
  for (let seed = first; seed <= seeds; seed += 2) {
    try {
      new Chaos(seed, 'short').run();
    } catch (thrown) {
      throw new Error(`seed ${seed}, short: ${String(thrown)}`, { cause: thrown });
    }
  }
}
