import { describe, expect, test } from 'vitest';
import type { Json, JsonObject } from '@/lib/expression/json';
import { check } from './check';
import { tokens } from './pointer';
import type { Fix } from './problem';

const succeed = { Type: 'Succeed' };
const task = { Type: 'Task', Resource: 'arn:aws:lambda:us-east-1:123456789012:function:f', End: true };

describe('[F32] a fix mends', () => {
  test.each<[string, JsonObject]>([
    [
      'a mistyped target',
      { StartAt: 'First', States: { First: { Type: 'Pass', Next: 'Secnd' }, Second: succeed } },
    ],
    ['a mistyped field', { StartAt: 'A', States: { A: { Type: 'Pass', End: true, InputPth: '$' } } }],
    ['no start', { States: { A: succeed } }],
    ['a start at nothing', { StartAt: 'Begin', States: { A: succeed } }],
    [
      'an open delimiter',
      { QueryLanguage: 'JSONata', StartAt: 'A', States: { A: { Type: 'Succeed', Output: '{% 1' } } },
    ],
    [
      'a slow heartbeat',
      { StartAt: 'A', States: { A: { ...task, TimeoutSeconds: 9, HeartbeatSeconds: 9 } } },
    ],
    ['an unknown field', { StartAt: 'A', States: { A: { Type: 'Pass', End: true, Foo: 1 } } }],
    ['an unreachable state', { StartAt: 'A', States: { A: succeed, B: succeed } }],
    ['a missing end', { StartAt: 'A', States: { A: { Type: 'Pass' } } }],
    ['a mistyped type', { StartAt: 'A', States: { A: { Type: 'Succed' } } }],
    ['a number in a text', { StartAt: 'A', States: { A: { Type: 'Wait', Seconds: '30', End: true } } }],
    ['a path without its $', { StartAt: 'A', States: { A: { Type: 'Pass', End: true, InputPath: 'a.b' } } }],
    [
      'blanks before a call',
      { StartAt: 'A', States: { A: { Type: 'Pass', End: true, Parameters: { 'x.$': ' States.UUID()' } } } },
    ],
    [
      'a timestamp as people write it',
      { StartAt: 'A', States: { A: { Type: 'Wait', Timestamp: '2030-01-31 12:00', End: true } } },
    ],
    [
      'a variable name with a hyphen',
      { StartAt: 'A', States: { A: { Type: 'Pass', Assign: { 'my-name.$': '$.a' }, End: true } } },
    ],
    [
      'a comparison of nothing',
      {
        StartAt: 'A',
        States: { A: { Type: 'Choice', Choices: [{ IsNull: true, Next: 'B' }] }, B: succeed },
      },
    ],
    [
      'a distributed Map without its type',
      {
        StartAt: 'A',
        States: {
          A: {
            Type: 'Map',
            ItemProcessor: { ProcessorConfig: { Mode: 'DISTRIBUTED' }, StartAt: 'B', States: { B: succeed } },
            End: true,
          },
        },
      },
    ],
    [
      'what works in distributed Maps only',
      {
        StartAt: 'A',
        States: {
          A: {
            Type: 'Map',
            Label: 'L',
            ItemProcessor: { StartAt: 'B', States: { B: succeed } },
            End: true,
          },
        },
      },
    ],
    [
      'a rule after States.ALL',
      {
        StartAt: 'A',
        States: { A: { ...task, Retry: [{ ErrorEquals: ['States.ALL'] }, { ErrorEquals: ['E'] }] } },
      },
    ],
  ])('%s', (_, definition) => {
    const [problem] = check(definition).filter(({ fix }) => fix !== undefined);

    expect(problem?.fix).toBeDefined();
    expect(problem?.fix && check(applied(definition, problem.fix))).toEqual([]);
  });
});

function applied(definition: JsonObject, { pointer, value }: Fix): Json {
  const copy = structuredClone(definition) as Json;
  const keys = tokens(pointer);
  const last = keys.at(-1) ?? '';
  const holder = keys.slice(0, -1).reduce((at: unknown, key) => Object(at)[key], copy);
  if (Array.isArray(holder) && value === undefined) holder.splice(Number(last), 1);
  else if (value === undefined) delete Object(holder)[last];
  else Object(holder)[last] = value;
  return copy;
}
