import { describe, it } from 'vitest';
import { liveThrough } from './testing-lives';

/** Half of them are lived through here, the others in a file of their own: each has a processor for itself. */
const seeds = Number(process.env.SHORT_SEEDS ?? 100_000);

describe('the core in many short lives', () => {
  it(
    `[E17] holds its laws for the odd ones of ${seeds} random flows and worlds`,
    { timeout: 3_600_000 },
    () => liveThrough(1, seeds),
  );
});
