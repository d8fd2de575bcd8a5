import { describe, expect, it } from 'vitest';
import type { Json } from '@/lib/expression/json';
import { check } from '@/lib/flow/check';
import { states } from '@/lib/flow/graph';
import type { Definition } from '@/lib/flow/model';
import { parse } from '@/lib/flow/parse';
import { print } from '@/lib/flow/print';
import type { TestRequest } from './test-request';
import { testState } from './test-state';
import { dice, randomFlow } from './testing-flow';
import { TestWorld } from './testing-world';

/** How many texts are read, checked and run, with odd inputs and answers; `npm run fuzz` tries 100,000. */
const texts = Number(process.env.FUZZ ?? 5000);

/** How many bigger definitions are mutated until they are odd all over, and run. */
const seeds = Math.ceil(texts / 20);

/** How many states are tried alone. */
const trials = Math.ceil(texts / 5);

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

/** The definition with a field of a random state odd or gone, as often in so many tries as the check lets it pass. */
function mutated(definition: Definition, roll: () => number, most: number): Definition {
  let kept = definition;
  for (let tries = 0; tries < most; tries += 1) {
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
      const definition = mutated(randomFlow(roll), roll, 15);
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

  it(`[E18] ${texts} texts are refused in words or run to an end, with odd inputs and answers`, {
    timeout: 3_600_000,
  }, () => {
    let refused = 0;
    for (let seed = 1; seed <= texts; seed += 1) {
      const roll = dice(-seed);
      const text = mutatedText(roll);
      try {
        if (!readCheckAndRun(text, roll)) refused += 1;
      } catch (thrown) {
        throw new Error(`seed ${seed}: ${text}`, { cause: thrown });
      }
    }
    // Neither nearly all nor nearly none may be refused: else one half of the way would hardly be tried.
    expect(refused / texts).toBeGreaterThan(0.1);
    expect(refused / texts).toBeLessThan(0.9);
  });

  it(`[E30] ${trials} states are tried or refused in words, with odd inputs, mocks and configurations`, {
    timeout: 3_600_000,
  }, () => {
    let tried = 0;
    for (let seed = 1; seed <= trials; seed += 1) {
      const roll = dice(seed);
      const request = oddRequest(roll);
      try {
        if (!('refused' in testState(request))) tried += 1;
      } catch (thrown) {
        throw new Error(`seed ${seed}: ${JSON.stringify(request)}`, { cause: thrown });
      }
    }
    expect(tried / trials).toBeGreaterThan(0.3);
  });
});

function oddRequest(roll: () => number): TestRequest {
  const odd = () => oddities[Math.floor(roll() * oddities.length)] ?? null;
  const definition = mutated(randomFlow(roll, 1), roll, 3);
  const located = [...states(definition)];
  const { name, state } = located[Math.floor(roll() * located.length)] ?? {};
  const works = state?.Type === 'Task' || state?.Type === 'Map' || state?.Type === 'Parallel';
  const result = state?.Type === 'Task' ? odd() : [odd()];
  const failing = roll() < 0.5;
  const mock = failing
    ? { errorOutput: { error: roll() < 0.5 ? 'Odd' : 'States.Timeout' } }
    : { result, fieldValidationMode: 'NONE' as const };
  return {
    // A Definition is JSON by construction; its interfaces only lack the index signature that says so.
    definition: definition as unknown as Json,
    input: roll() < 0.7 ? { items: [1, odd(), {}] } : odd(),
    ...(name === undefined ? {} : { stateName: name }),
    ...(works || roll() < 0.1 ? { mock } : {}),
    ...(roll() < 0.2 ? { context: odd() } : {}),
    stateConfiguration: { retrierRetryCount: Math.floor(roll() * 3) },
    inspectionLevel: 'TRACE',
    at: 0,
    seed: 'fuzz',
  };
}

const pieces = [
  '',
  '{',
  '}',
  '"',
  ',',
  ':',
  '\n',
  '[',
  ']',
  '\\',
  '0',
  '-',
  '$',
  '{%',
  '%}',
  'null',
  '\u0000',
];

/** A definition as text with odd fields, half of them such that the check lets them pass, and now and then odd characters. */
function mutatedText(roll: () => number): string {
  const flow = randomFlow(roll, roll() < 0.1 ? 2 : 1);
  const definition = roll() < 0.5 ? mutated(flow, roll, 3) : mutatedOnce(flow, roll);
  const text = print(definition, 'json');
  if (roll() < 0.75) return text;
  const at = Math.floor(roll() * text.length);
  return (
    text.slice(0, at) + pieces[Math.floor(roll() * pieces.length)] + text.slice(at + Math.floor(roll() * 4))
  );
}

/** Whether the text got as far as an execution. */
function readCheckAndRun(text: string, roll: () => number): boolean {
  const parsed = parse(text);
  if (!parsed.ok || check(parsed.definition).some(({ severity }) => severity === 'error')) return false;
  const odd = () => oddities[Math.floor(roll() * oddities.length)] ?? null;
  const input = roll() < 0.7 ? { items: [1, odd(), {}], odd: odd() } : odd();
  const answers = () => (roll() < 0.8 ? { output: odd() } : { error: 'Odd' });
  // `parse` and `check` have let it pass: that is what makes it a definition.
  const definition = parsed.definition as Definition;
  new TestWorld({ definition, input, options: { historyLimit: 300 }, answers }).settle();
  return true;
}
