import { describe, expect, test } from 'vitest';
import type { Json, JsonObject } from '@/lib/expression/json';
import { check } from './check';
import { problems, problemsOf } from './testing-check';

const succeed = { Type: 'Succeed' };
const end = { End: true };
const one = { StartAt: 'I', States: { I: succeed } };
const task = { Type: 'Task', Resource: 'arn:aws:lambda:us-east-1:123456789012:function:f', ...end };

describe('[F20] any JSON can be checked', () => {
  test.each([[null], [1], ['x'], [[]], [{}], [{ States: null }], [{ StartAt: 1, States: { A: [] } }]])(
    '%j',
    (value) => {
      expect(check(value as Json).length).toBeGreaterThan(0);
    },
  );

  test('all problems come at once', () => {
    const definition = { StartAt: 'X', States: { A: { Type: 'Pass', Next: 'Y', Foo: 1, InputPath: 'a' } } };

    expect(problems(definition)).toEqual([
      'UNKNOWN_FIELD /States/A/Foo',
      'PATH_SYNTAX /States/A/InputPath',
      'MISSING_TARGET /StartAt',
      'MISSING_TARGET /States/A/Next',
      'NO_TERMINAL_STATE ',
    ]);
  });

  test('a right definition has none', () => {
    expect(
      problems({ StartAt: 'A', Comment: 'x', Version: '1.0', TimeoutSeconds: 9, States: { A: succeed } }),
    ).toEqual([]);
  });
});

describe('[F21] fields', () => {
  test.each<[string, JsonObject, string[]]>([
    ['an unknown one', { Type: 'Pass', ...end, Nxt: 'C' }, ['UNKNOWN_FIELD /Nxt']],
    [
      'one of another type of state',
      { Type: 'Wait', Seconds: 1, ...end, Resource: 'x' },
      ['UNKNOWN_FIELD /Resource'],
    ],
    [
      'one of the other query language',
      { Type: 'Pass', ...end, Output: 1 },
      ['OTHER_QUERY_LANGUAGE /Output'],
    ],
    ['a missing one', { Type: 'Task', ...end }, ['MISSING_FIELD ']],
    [
      'two that exclude each other',
      { Type: 'Fail', Error: 'E', ErrorPath: '$.e' },
      ['EXCLUSIVE_FIELDS /ErrorPath'],
    ],
    ['none of which one must be there', { Type: 'Wait', ...end }, ['MISSING_FIELD ']],
    ['a text for a number', { Type: 'Wait', Seconds: '1', ...end }, ['WRONG_TYPE /Seconds']],
    ['a number out of range', { Type: 'Wait', Seconds: -1, ...end }, ['WRONG_VALUE /Seconds']],
    ['a fraction for a whole number', { Type: 'Wait', Seconds: 1.5, ...end }, ['WRONG_VALUE /Seconds']],
    ['no type', { ...end }, ['MISSING_FIELD ']],
    ['an unknown type', { Type: 'pass', ...end }, ['WRONG_VALUE /Type']],
    [
      'null where a path may be null',
      { Type: 'Pass', InputPath: null, OutputPath: null, ResultPath: null, ...end },
      [],
    ],
    ['Assign on Succeed', { Type: 'Succeed', Assign: {} }, ['UNKNOWN_FIELD /Assign']],
    [
      'ResultSelector on Pass',
      { Type: 'Pass', ResultSelector: {}, ...end },
      ['UNKNOWN_FIELD /ResultSelector'],
    ],
    ['any value as Parameters', { Type: 'Pass', Parameters: 'text', ...end }, []],
    ['Credentials without a role', { ...task, Credentials: {} }, ['MISSING_FIELD /Credentials']],
    ['Credentials with one', { ...task, Credentials: { 'RoleArn.$': '$.role' } }, []],
  ])('%s', (_, state, expected) => {
    expect(problemsOf(state)).toEqual(expected);
  });

  test('of a JSONata state', () => {
    expect(problemsOf({ Type: 'Pass', Parameters: {}, ...end }, 'JSONata')).toEqual([
      'OTHER_QUERY_LANGUAGE /Parameters',
    ]);
    expect(problemsOf({ Type: 'Wait', Seconds: '{% 1 + 1 %}', ...end }, 'JSONata')).toEqual([]);
    expect(problemsOf({ Type: 'Wait', Seconds: 'soon', ...end }, 'JSONata')).toEqual(['WRONG_TYPE /Seconds']);
    expect(problemsOf({ Type: 'Pass', Output: [1, null], ...end }, 'JSONata')).toEqual([]);
  });

  test('JSONPath inside of JSONata is refused, the other way round is not', () => {
    expect(problemsOf({ Type: 'Pass', QueryLanguage: 'JSONPath', ...end }, 'JSONata')).toEqual([
      'QUERY_LANGUAGE_DOWNGRADE /QueryLanguage',
    ]);
    expect(problemsOf({ Type: 'Pass', QueryLanguage: 'JSONata', Output: 1, ...end })).toEqual([]);
  });

  test('a template with x and x.$ is ambiguous', () => {
    expect(problemsOf({ Type: 'Pass', Parameters: { a: [{ x: 1, 'x.$': '$.x' }] }, ...end })).toEqual([
      'DUPLICATE_TEMPLATE_FIELD /Parameters/a/0/x.$',
    ]);
  });
});

describe('[F22] transitions', () => {
  const branch = { StartAt: 'I', States: { I: { Type: 'Pass', Next: 'B' } } };

  test.each<[string, JsonObject, string[]]>([
    ['to nowhere', { Type: 'Pass', Next: 'X' }, ['MISSING_TARGET /Next', 'NO_TERMINAL_STATE ']],
    ['nor an end', { Type: 'Pass' }, ['NO_NEXT_OR_END ']],
    ['End: false alone', { Type: 'Pass', End: false }, ['NO_NEXT_OR_END ']],
    ['and an end', { Type: 'Pass', Next: 'B', End: true }, ['EXCLUSIVE_FIELDS /End']],
    [
      'of a catcher',
      { ...task, Catch: [{ ErrorEquals: ['E'], Next: 'X' }] },
      ['MISSING_TARGET /Catch/0/Next'],
    ],
  ])('a state with a transition %s', (_, state, expected) => {
    expect(problemsOf(state)).toEqual(expected);
  });

  test('cannot leave a machine inside', () => {
    expect(problemsOf({ Type: 'Parallel', Branches: [branch], Next: 'B' })).toEqual([
      'TARGET_IN_OTHER_MACHINE /Branches/0/States/I/Next',
      'NO_TERMINAL_STATE /Branches/0',
    ]);
  });

  test('must lead to every state', () => {
    expect(problems({ StartAt: 'A', States: { A: succeed, B: { Type: 'Pass', Next: 'A' } } })).toEqual([
      'UNREACHABLE_STATE /States/B',
    ]);
  });

  test('must be able to end', () => {
    expect(problems({ StartAt: 'A', States: { A: { Type: 'Pass', Next: 'A' } } })).toEqual([
      'NO_TERMINAL_STATE ',
    ]);
  });
});

test('[F23] state names are unique in the whole definition and 1 to 80 characters long', () => {
  const twice = { StartAt: 'I', States: { I: { Type: 'Map', ItemProcessor: one, End: true } } };

  expect(problems(twice)).toEqual(['DUPLICATE_STATE_NAME /States/I/ItemProcessor/States/I']);
  expect(problems({ StartAt: 'x'.repeat(81), States: { ['x'.repeat(81)]: succeed } })[0]).toMatch(
    /^STATE_NAME/,
  );
  expect(problems({ StartAt: '☃'.repeat(80), States: { ['☃'.repeat(80)]: succeed } })).toEqual([]);
});

describe('[F27] errors', () => {
  const all = { ErrorEquals: ['States.ALL'] };

  test.each<[string, JsonObject, string[]]>([
    ['with other names', { ErrorEquals: ['States.ALL', 'E'] }, ['ERROR_LIST /Retry/0/ErrorEquals']],
    ['empty', { ErrorEquals: [] }, ['WRONG_VALUE /Retry/0/ErrorEquals']],
    ['unknown reserved', { ErrorEquals: ['States.Timeot'] }, ['?UNKNOWN_ERROR_NAME /Retry/0/ErrorEquals/0']],
    [
      'delay not above the interval',
      { ...all, IntervalSeconds: 5, MaxDelaySeconds: 5 },
      ['RETRY_DELAY /Retry/0/MaxDelaySeconds'],
    ],
    ['rate below one', { ...all, BackoffRate: 0.5 }, ['WRONG_VALUE /Retry/0/BackoffRate']],
    ['never again', { ...all, MaxAttempts: 0 }, []],
    ['jitter', { ...all, JitterStrategy: 'SOME' }, ['WRONG_VALUE /Retry/0/JitterStrategy']],
  ])('%s', (_, rule, expected) => {
    expect(problemsOf({ ...task, Retry: [rule] })).toEqual(expected);
  });

  test('rules after States.ALL are never reached', () => {
    expect(problemsOf({ ...task, Retry: [all, { ErrorEquals: ['E'] }] })).toEqual([
      'ERROR_LIST /Retry/1/ErrorEquals',
    ]);
    expect(problemsOf({ ...task, Retry: [{ ErrorEquals: ['E'] }, { ErrorEquals: ['E'] }] })).toEqual([
      '?ERROR_LIST /Retry/1/ErrorEquals',
    ]);
    expect(problemsOf({ ...task, Retry: [], Catch: [] })).toEqual([]);
  });
});

describe('[F28] choice rules', () => {
  test.each<[string, JsonObject, string[]]>([
    ['no operator', { Variable: '$.a' }, ['CHOICE_OPERATOR ']],
    ['two operators', { Variable: '$.a', IsNull: true, IsString: true }, ['CHOICE_OPERATOR /IsString']],
    ['no variable', { StringEquals: 'x' }, ['MISSING_FIELD ']],
    ['a value of the wrong type', { Variable: '$.a', NumericEquals: '1' }, ['WRONG_TYPE /NumericEquals']],
    ['a bad timestamp', { Variable: '$.a', TimestampEquals: 'today' }, ['TIMESTAMP /TimestampEquals']],
    [
      'a bad path',
      { Variable: 'a', StringEqualsPath: 'b' },
      ['PATH_SYNTAX /Variable', 'PATH_SYNTAX /StringEqualsPath'],
    ],
    ['Next inside', { Not: { Variable: '$.a', IsNull: true, Next: 'B' } }, ['UNKNOWN_FIELD /Not/Next']],
    [
      'a combination with a variable',
      { And: [{ Variable: '$.a', IsNull: true }], Variable: '$.b' },
      ['CHOICE_OPERATOR /Variable'],
    ],
    ['an empty combination', { Or: [] }, ['WRONG_VALUE /Or']],
    ['a variable of the flow', { Variable: '$$.Execution.Name', StringMatches: 'a*' }, []],
  ])('%s', (_, rule, expected) => {
    const found = problemsOf({ Type: 'Choice', Choices: [{ ...rule, Next: 'B' }] });

    expect(found.map((problem) => problem.replace('/Choices/0', ''))).toEqual(expected);
  });

  test('of JSONata have a condition', () => {
    const choice = (rule: JsonObject) =>
      problemsOf({ Type: 'Choice', Choices: [{ ...rule, Next: 'B' }] }, 'JSONata');

    expect(choice({ Condition: '{% $states.input.a %}' })).toEqual([]);
    expect(choice({ Condition: true })).toEqual([]);
    expect(choice({ Condition: 'yes' })).toEqual(['WRONG_TYPE /Choices/0/Condition']);
    expect(choice({})).toEqual(['MISSING_FIELD /Choices/0']);
    expect(choice({ Variable: '$.a', IsNull: true, Condition: true })).toEqual([
      'OTHER_QUERY_LANGUAGE /Choices/0/Variable',
      'OTHER_QUERY_LANGUAGE /Choices/0/IsNull',
    ]);
  });
});

describe('[F29] Map', () => {
  const distributed = { ...one, ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'EXPRESS' } };

  test.each<[string, JsonObject, string[]]>([
    ['no processor', {}, ['MISSING_FIELD ']],
    [
      'two processors',
      { ItemProcessor: one, Iterator: { StartAt: 'J', States: { J: succeed } } },
      ['EXCLUSIVE_FIELDS /Iterator'],
    ],
    ['distributed fields', { ItemProcessor: one, Label: 'l' }, ['?DISTRIBUTED_ONLY /Label']],
    ['a label with a blank', { ItemProcessor: distributed, Label: 'a b' }, ['WRONG_VALUE /Label']],
    [
      'no execution type',
      { ItemProcessor: { ...one, ProcessorConfig: { Mode: 'DISTRIBUTED' } } },
      ['MISSING_FIELD /ItemProcessor/ProcessorConfig'],
    ],
    ['a percentage', { ItemProcessor: distributed, ToleratedFailurePercentage: 12.5 }, []],
    [
      'too high a percentage',
      { ItemProcessor: distributed, ToleratedFailurePercentage: 101 },
      ['WRONG_VALUE /ToleratedFailurePercentage'],
    ],
    [
      'batches without a limit',
      { ItemProcessor: distributed, ItemBatcher: {} },
      ['MISSING_FIELD /ItemBatcher'],
    ],
    [
      'given headers',
      {
        ItemProcessor: distributed,
        ItemReader: {
          Resource: 'arn:aws:states:::s3:getObject',
          ReaderConfig: { InputType: 'CSV', CSVHeaderLocation: 'GIVEN' },
        },
      },
      ['MISSING_FIELD /ItemReader/ReaderConfig'],
    ],
  ])('%s', (_, fields, expected) => {
    expect(problemsOf({ Type: 'Map', ...fields, ...end })).toEqual(expected);
  });

  test('an express child cannot wait', () => {
    const waiting = {
      ...task,
      Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken',
      Parameters: { 't.$': '$$.Task.Token' },
    };
    const processor = { ...distributed, States: { I: waiting } };

    expect(problemsOf({ Type: 'Map', ItemProcessor: processor, ...end })).toEqual([
      'EXPRESS_INTEGRATION /ItemProcessor/States/I/Resource',
    ]);
  });
});

test('[F31] heartbeats are shorter than timeouts, timestamps are RFC 3339', () => {
  expect(problemsOf({ ...task, TimeoutSeconds: 10, HeartbeatSeconds: 10 })).toEqual([
    'HEARTBEAT_TOO_LONG /HeartbeatSeconds',
  ]);
  expect(problemsOf({ ...task, TimeoutSeconds: 10, HeartbeatSeconds: 9 })).toEqual([]);
  expect(problemsOf({ Type: 'Wait', Timestamp: '2030-01-31T12:00:00Z', ...end })).toEqual([]);
  expect(problemsOf({ Type: 'Wait', Timestamp: '2030-01-31 12:00:00Z', ...end })).toEqual([
    'TIMESTAMP /Timestamp',
  ]);
});
