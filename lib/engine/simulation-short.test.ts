import { describe, it } from 'vitest';
import { Chaos } from './testing-chaos';

/** As many worlds as there is time for: in each little happens, so that many different flows meet many different mishaps. */
const seeds = Number(process.env.SHORT_SEEDS ?? 100_000);

describe('the core in many short lives', () => {
  it(`[E17] holds its laws for ${seeds} random flows and worlds`, { timeout: 3_600_000 }, () => {
    for (let seed = 1; seed <= seeds; seed += 1) {
      try {
        new Chaos(seed, 'short').run();
      } catch (thrown) {
        throw new Error(`seed ${seed}, short: ${String(thrown)}`, { cause: thrown });
      }
    }
  });
});
