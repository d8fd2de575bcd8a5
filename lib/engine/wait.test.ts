import { describe, expect, it } from 'vitest';
import type { Json } from '@/lib/expression/json';
import type { Definition, State } from '@/lib/flow/model';
import { TestWorld } from './testing-world';

/** How long a Wait waits, and what it refuses. */

const end = { End: true } as const;
const began = 1_000_000;
const at = new Date(began + 5_000).toISOString();
const there = new Date(began + 5_000 + 7_200_000).toISOString().replace('Z', '+02:00');

function ended(It: State, language: 'JSONPath' | 'JSONata', input: Json): TestWorld {
  const definition: Definition = { QueryLanguage: language, StartAt: 'It', States: { It } };
  return new TestWorld({ definition, input }).settle();
}

describe('[E63] a Wait', () => {
  it.each<[string, State, ('JSONPath' | 'JSONata')?]>([
    ['Seconds', { Type: 'Wait', Seconds: 5, ...end }],
    ['SecondsPath', { Type: 'Wait', SecondsPath: '$.s', ...end }],
    ['Timestamp', { Type: 'Wait', Timestamp: at, ...end }],
    ['Timestamp with an offset', { Type: 'Wait', Timestamp: there, ...end }],
    ['TimestampPath', { Type: 'Wait', TimestampPath: '$.at', ...end }],
    ['Seconds in JSONata', { Type: 'Wait', Seconds: '{% $states.input.s %}', ...end }, 'JSONata'],
    [
      'a part of a second in JSONata is not waited for',
      { Type: 'Wait', Seconds: '{% 5.9 %}', ...end },
      'JSONata',
    ],
    ['Timestamp in JSONata', { Type: 'Wait', Timestamp: '{% $states.input.at %}', ...end }, 'JSONata'],
  ])('%s', (_, state, language = 'JSONPath') => {
    const world = ended(state, language, { s: 5, at });
    expect([world.execution.status, world.now]).toEqual(['succeeded', began + 5_000]);
  });

  it.each<State>([
    { Type: 'Wait', Seconds: 0, ...end },
    { Type: 'Wait', SecondsPath: '$.none', ...end },
    { Type: 'Wait', Timestamp: '1970-01-01T00:00:00+01:00', ...end },
    { Type: 'Wait', TimestampPath: '$.past', ...end },
  ])('that is over does not wait: %j', (state) => {
    const world = ended(state, 'JSONPath', { none: 0, past: '1970-01-01T00:00:00Z' });
    expect([world.execution.status, world.now]).toEqual(['succeeded', began]);
  });

  it('may last 2³¹ seconds, and not one more', () => {
    const lasting = (s: number) => ended({ Type: 'Wait', SecondsPath: '$.s', ...end }, 'JSONPath', { s });
    expect(lasting(2 ** 31).now).toBe(began + 2 ** 31 * 1000);
    expect(lasting(2 ** 31 + 1).execution.failure).toMatchObject({
      error: 'States.Runtime',
      cause: expect.stringContaining('Wait state delay is too long.'),
    });
  });

  it.each<[string, Json, string]>([
    ['SecondsPath', -1, 'The SecondsPath parameter references a negative value: $.x == -1'],
    ['SecondsPath', 1.5, 'The SecondsPath parameter cannot be parsed as a long value: $.x == 1.5'],
    ['SecondsPath', '5', 'The SecondsPath parameter cannot be parsed as a long value: $.x == 5'],
    ['SecondsPath', null, 'The SecondsPath parameter cannot be parsed as a long value: $.x == null'],
    ['TimestampPath', '2016-12-05', 'format string: $.x == 2016-12-05'],
    ['TimestampPath', 5, 'format string: $.x == 5'],
  ])('%s of %j is refused', (field, x, cause) => {
    const { failure } = ended({ Type: 'Wait', [field]: '$.x', ...end } as State, 'JSONPath', { x }).execution;
    expect(failure).toMatchObject({ error: 'States.Runtime', cause: expect.stringContaining(cause) });
  });

  it.each(['SecondsPath', 'TimestampPath'])('%s that leads nowhere is refused', (field) => {
    const { failure } = ended({ Type: 'Wait', [field]: '$.x', ...end } as State, 'JSONPath', {}).execution;
    const cause = `The ${field} parameter does not reference an input value: $.x`;
    expect(failure).toMatchObject({ error: 'States.Runtime', cause: expect.stringContaining(cause) });
  });

  it('a Timestamp in JSONata that is none is refused', () => {
    const state: State = { Type: 'Wait', Timestamp: '{% "2016-12-05" %}', ...end };
    const { failure } = ended(state, 'JSONata', {}).execution;
    const cause =
      'The Timestamp field cannot be parsed as an ISO-8601 extended offset date-time format string: 2016-12-05';
    expect(failure).toMatchObject({
      error: 'States.QueryEvaluationError',
      cause: expect.stringContaining(cause),
    });
  });

  it('[E10] that is retried by hand looks at what InputPath chose of the new input', () => {
    const It: State = { Type: 'Wait', InputPath: '$.in', SecondsPath: '$.s', ...end };
    const world = ended(It, 'JSONPath', { in: { s: 'soon' } });
    expect(world.execution.failure?.error).toBe('States.Runtime');
    world.deliver({ type: 'retryStep', step: world.step('It'), input: { in: { s: 5 } } });
    expect(world.settle().execution.output).toEqual({ s: 5 });
  });
});
