import { describe, it } from 'vitest';
import type { Json } from '@/lib/expression/json';
import { check } from '@/lib/flow/check';
import type { Definition } from '@/lib/flow/model';
import { dice, randomFlow } from './testing-flow';
import { TestWorld } from './testing-world';

/** How many mutated definitions are run; `SEEDS=100000` runs more. */
const seeds = Number(process.env.SEEDS ?? 500);

const oddities: readonly Json[] = [
  null,
  true,
  0,
  -1,
  1.5,
  1e9,
  '',
  '$',
  '$.items',
  '$.items[*]',
  '$$.State.Name',
  '$nothing',
  'States.UUID()',
  "States.Format('{}', $)",
  '{% $states.input %}',
  '{% $undefined %}',
  '{% 1/0 %}',
  [],
  {},
  [1],
  { 'a.$': '$.no' },
  'States.ALL',
];
const fields = [
  'InputPath',
  'OutputPath',
  'ResultPath',
  'Parameters',
  'ResultSelector',
  'Assign',
  'Output',
  'Arguments',
  'ItemsPath',
  'Items',
  'ItemSelector',
  'MaxConcurrency',
  'MaxConcurrencyPath',
  'TimeoutSeconds',
  'TimeoutSecondsPath',
  'HeartbeatSeconds',
  'SecondsPath',
  'QueryLanguage',
  'Result',
  'ToleratedFailurePercentage',
  'Default',
  'End',
  'Next',
  'Type',
];

/** The definition with a field of a random state odd or gone, as often as the check lets it pass. */
function mutated(definition: Definition, roll: () => number): Definition {
  let kept = definition;
  for (let tries = 0; tries < 15; tries += 1) {
    const tampered = mutatedOnce(kept, roll);
    if (!check(tampered).some(({ severity }) => severity === 'error')) kept = tampered;
  }
  return kept;
}

function mutatedOnce(definition: Definition, roll: () => number): Definition {
  const copy = JSON.parse(JSON.stringify(definition));
  const states: { [field: string]: unknown }[] = [];
  JSON.stringify(copy, (_, value) => {
    if (value !== null && typeof value === 'object' && typeof value.Type === 'string') states.push(value);
    return value;
  });
  const pick = <Value>(values: readonly Value[]) => values[Math.floor(roll() * values.length)];
  const state = pick(states);
  const field = pick(roll() < 0.5 ? fields : Object.keys(state ?? {}));
  if (state === undefined || field === undefined) return copy;
  if (roll() < 0.2) delete state[field];
  else state[field] = pick(oddities);
  return copy;
}

describe('definitions that were tampered with', () => {
  it(`[E18] what passes the check runs without an exception: ${seeds} mutants`, {
    timeout: 3_600_000,
  }, () => {
    for (let seed = 1; seed <= seeds; seed += 1) {
      const roll = dice(seed);
      const definition = mutated(randomFlow(roll), roll);
      const odd = oddities[Math.floor(roll() * oddities.length)] ?? null;
      const input = roll() < 0.7 ? { items: [1, null, {}] } : odd;
      const answers = () => (roll() < 0.8 ? { output: odd } : { error: 'Odd' });
      try {
        new TestWorld({ definition, input, options: { historyLimit: 2000 }, answers }).settle();
      } catch (thrown) {
        throw new Error(`seed ${seed}: ${JSON.stringify(definition)}`, { cause: thrown });
      }
    }
  });
});
