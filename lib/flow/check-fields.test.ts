import { describe, expect, test } from 'vitest';
import type { Json, JsonObject } from '@/lib/expression/json';
import { check } from './check';

/** Which type of state has which field, in both query languages. */

const inner = { StartAt: 'In', States: { In: { Type: 'Succeed' } } };
const end = { End: true };

/** The least that a state of each type must have. */
const least: Readonly<Record<string, { JSONPath: JsonObject; JSONata: JsonObject }>> = {
  Pass: both({ Type: 'Pass', ...end }),
  Task: both({ Type: 'Task', Resource: 'millrace:http', ...end }),
  Choice: {
    JSONPath: { Type: 'Choice', Choices: [{ Variable: '$.a', IsNull: true, Next: 'Z' }], Default: 'Z' },
    JSONata: { Type: 'Choice', Choices: [{ Condition: true, Next: 'Z' }], Default: 'Z' },
  },
  Wait: both({ Type: 'Wait', Seconds: 1, ...end }),
  Succeed: both({ Type: 'Succeed' }),
  Fail: both({ Type: 'Fail' }),
  Parallel: both({ Type: 'Parallel', Branches: [inner], ...end }),
  Map: both({ Type: 'Map', ItemProcessor: inner, ...end }),
};

function both(state: JsonObject): { JSONPath: JsonObject; JSONata: JsonObject } {
  return { JSONPath: state, JSONata: state };
}

function isAllowed(type: string, language: 'JSONPath' | 'JSONata', field: JsonObject): boolean {
  const state = { ...least[type]?.[language], ...field };
  const target = JSON.stringify(state).includes('"Z"') ? { Z: { Type: 'Succeed' } } : {};
  const definition: Json = { QueryLanguage: language, StartAt: 'A', States: { A: state, ...target } };
  return check(definition).every(({ severity }) => severity !== 'error');
}

const types = Object.keys(least);
const working = ['Task', 'Parallel', 'Map'];
const withData = types.filter((type) => type !== 'Fail');
const leaving = withData.filter((type) => type !== 'Succeed');

const handler = { ErrorEquals: ['E'], Next: 'Z' };
const jsonpath: readonly (readonly [JsonObject, readonly string[]])[] = [
  [{}, types],
  [{ Comment: 'c' }, types],
  [{ QueryLanguage: 'JSONPath' }, types],
  [{ InputPath: '$.a' }, withData],
  [{ OutputPath: null }, withData],
  [{ Parameters: { 'a.$': '$.b' } }, ['Pass', ...working]],
  [{ ResultPath: '$.r' }, ['Pass', ...working]],
  [{ ResultSelector: { 'a.$': '$.b' } }, working],
  [{ Assign: { 'v.$': '$.a' } }, leaving],
  [{ Retry: [{ ErrorEquals: ['E'] }] }, working],
  [{ Catch: [handler] }, working],
  [{ Result: 1 }, ['Pass']],
  [{ Output: 1 }, []],
  [{ Arguments: 1 }, []],
  [{ ErrorPath: '$.e', CausePath: '$.c' }, ['Fail']],
  [{ TimeoutSecondsPath: '$.t' }, ['Task']],
  [{ HeartbeatSecondsPath: '$.t' }, ['Task']],
  [{ ItemsPath: '$.i' }, ['Map']],
  [{ MaxConcurrencyPath: '$.i' }, ['Map']],
  [{ Items: [] }, []],
];
const jsonata: readonly (readonly [JsonObject, readonly string[]])[] = [
  [{}, types],
  [{ Comment: 'c' }, types],
  [{ QueryLanguage: 'JSONata' }, types],
  [{ QueryLanguage: 'JSONPath' }, []],
  [{ Output: '{% 1 %}' }, withData],
  [{ Arguments: { a: '{% 1 %}' } }, ['Task', 'Parallel']],
  [{ Assign: { v: '{% 1 %}' } }, leaving],
  [{ Retry: [{ ErrorEquals: ['E'] }] }, working],
  [{ Catch: [{ ...handler, Output: '{% $states.errorOutput %}' }] }, working],
  [{ Items: '{% [1] %}' }, ['Map']],
  [{ ItemSelector: '{% 1 %}' }, ['Map']],
  [{ MaxConcurrency: '{% 1 %}' }, ['Map']],
  [{ TimeoutSeconds: '{% 9 %}', HeartbeatSeconds: '{% 1 %}' }, ['Task']],
  [{ Error: '{% "E" %}', Cause: 'c' }, ['Fail']],
  ...[
    'InputPath',
    'OutputPath',
    'ResultPath',
    'ItemsPath',
    'TimeoutSecondsPath',
    'SecondsPath',
    'ErrorPath',
  ].map((name) => [{ [name]: '$.a' }, []] as const),
  ...['Parameters', 'ResultSelector', 'Result'].map((name) => [{ [name]: {} }, []] as const),
];

describe('[F21] each type of state has its own fields', () => {
  test.each(jsonpath)('JSONPath: %j', (field, allowed) => {
    expect(types.filter((type) => isAllowed(type, 'JSONPath', field))).toEqual(
      types.filter((type) => allowed.includes(type)),
    );
  });

  test.each(jsonata)('JSONata: %j', (field, allowed) => {
    expect(types.filter((type) => isAllowed(type, 'JSONata', field))).toEqual(
      types.filter((type) => allowed.includes(type)),
    );
  });
});
