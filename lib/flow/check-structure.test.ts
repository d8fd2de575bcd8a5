import { describe, expect, test } from 'vitest';
import type { Json, JsonObject } from '@/lib/expression/json';
import { type CheckOptions, check } from './check';

/** What must be there, and what may stand only at some places. */

const end = { End: true };
const succeed = { Type: 'Succeed' };
const task = { Type: 'Task', Resource: 'millrace:http', ...end };
const machine = { StartAt: 'I', States: { I: succeed } };
const standard = { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' };
const map = { Type: 'Map', ItemProcessor: { ...machine, ProcessorConfig: standard }, ...end };

/** Code and pointer (behind the state's own) of each problem; warnings begin with a question mark. */
function problems(definition: JsonObject, options?: CheckOptions): string[] {
  return check(definition, options).map(
    ({ code, pointer, severity }) =>
      `${severity === 'error' ? '' : '?'}${code} ${pointer.replace('/States/A', '')}`,
  );
}

function alone(state: Json, language?: 'JSONata'): JsonObject {
  const z = JSON.stringify(state).includes('"Z"') ? { Z: succeed } : {};
  const definition = { StartAt: 'A', States: { A: state, ...z } };
  return language === undefined ? definition : { QueryLanguage: language, ...definition };
}

describe('[F21] what must be there', () => {
  test.each<[string, JsonObject, string[]]>([
    ['StartAt', { States: { A: succeed } }, ['MISSING_FIELD ']],
    ['States', { StartAt: 'A' }, ['MISSING_FIELD ', 'MISSING_TARGET /StartAt']],
    ['a state', { StartAt: 'A', States: {} }, ['MISSING_FIELD /States', 'MISSING_TARGET /StartAt']],
    ['Type', alone({ ...end }), ['MISSING_FIELD ']],
    ['Resource', alone({ Type: 'Task', ...end }), ['MISSING_FIELD ']],
    ['Choices', alone({ Type: 'Choice', Default: 'Z' }), ['MISSING_FIELD ']],
    ['a choice', alone({ Type: 'Choice', Choices: [], Default: 'Z' }), ['WRONG_VALUE /Choices']],
    [
      'Next of a choice',
      alone({ Type: 'Choice', Choices: [{ Variable: '$', IsNull: true }], Default: 'Z' }),
      ['MISSING_FIELD /Choices/0'],
    ],
    ['Branches', alone({ Type: 'Parallel', ...end }), ['MISSING_FIELD ']],
    ['a branch', alone({ Type: 'Parallel', Branches: [], ...end }), ['WRONG_VALUE /Branches']],
    [
      'StartAt and States of a branch',
      alone({ Type: 'Parallel', Branches: [{}], ...end }),
      ['MISSING_FIELD /Branches/0', 'MISSING_FIELD /Branches/0'],
    ],
    ['ItemProcessor', alone({ Type: 'Map', ...end }), ['MISSING_FIELD ']],
    [
      'StartAt and States of an ItemProcessor',
      alone({ Type: 'Map', ItemProcessor: {}, ...end }),
      ['MISSING_FIELD /ItemProcessor', 'MISSING_FIELD /ItemProcessor'],
    ],
    ['one of the four forms of Wait', alone({ Type: 'Wait', ...end }), ['MISSING_FIELD ']],
    ['ErrorEquals of a retry rule', alone({ ...task, Retry: [{}] }), ['MISSING_FIELD /Retry/0']],
    ['ErrorEquals of a catcher', alone({ ...task, Catch: [{ Next: 'Z' }] }), ['MISSING_FIELD /Catch/0']],
    ['Next of a catcher', alone({ ...task, Catch: [{ ErrorEquals: ['E'] }] }), ['MISSING_FIELD /Catch/0']],
    ['Resource of an ItemReader', alone({ ...map, ItemReader: {} }), ['MISSING_FIELD /ItemReader']],
    ['a limit of an ItemBatcher', alone({ ...map, ItemBatcher: {} }), ['MISSING_FIELD /ItemBatcher']],
    ['Resource or WriterConfig', alone({ ...map, ResultWriter: {} }), ['MISSING_FIELD /ResultWriter']],
    [
      'both fields of a WriterConfig',
      alone({ ...map, ResultWriter: { WriterConfig: {} } }),
      ['MISSING_FIELD /ResultWriter/WriterConfig', 'MISSING_FIELD /ResultWriter/WriterConfig'],
    ],
    ['a role in Credentials', alone({ ...task, Credentials: {} }), ['MISSING_FIELD /Credentials']],
  ])('%s', (_, definition, expected) => {
    expect(problems(definition)).toEqual(expected);
  });

  test('Condition of a choice in JSONata', () => {
    expect(problems(alone({ Type: 'Choice', Choices: [{ Next: 'Z' }] }, 'JSONata'))).toEqual([
      'MISSING_FIELD /Choices/0',
    ]);
  });
});

describe('[F21] what belongs to the other query language', () => {
  const catching = (more: object) => ({ ...task, Catch: [{ ErrorEquals: ['E'], Next: 'Z', ...more }] });
  const choosing = (rule: object) => ({ Type: 'Choice', Choices: [{ ...rule, Next: 'Z' }] });
  const plain = { Variable: '$.a', IsNull: true };

  test.each<[string, JsonObject, string]>([
    ['Output of a catcher', catching({ Output: 1 }), '/Catch/0/Output'],
    ['Output of a choice', choosing({ ...plain, Output: 1 }), '/Choices/0/Output'],
    ['Condition of a choice', choosing({ ...plain, Condition: true }), '/Choices/0/Condition'],
    [
      'Arguments of a reader',
      { ...map, ItemReader: { Resource: 'r', Arguments: {} } },
      '/ItemReader/Arguments',
    ],
    [
      'Arguments of a writer',
      { ...map, ResultWriter: { Resource: 'r', Arguments: {} } },
      '/ResultWriter/Arguments',
    ],
  ])('JSONPath: %s', (_, state, pointer) => {
    expect(problems(alone(state))).toEqual([`OTHER_QUERY_LANGUAGE ${pointer}`]);
  });

  test.each<[string, JsonObject, string]>([
    ['ResultPath of a catcher', catching({ ResultPath: '$.e' }), '/Catch/0/ResultPath'],
    [
      'Parameters of a reader',
      { ...map, ItemReader: { Resource: 'r', Parameters: {} } },
      '/ItemReader/Parameters',
    ],
    [
      'Parameters of a writer',
      { ...map, ResultWriter: { Resource: 'r', Parameters: {} } },
      '/ResultWriter/Parameters',
    ],
    [
      'MaxItemsPath',
      { ...map, ItemReader: { Resource: 'r', ReaderConfig: { MaxItemsPath: '$.n' } } },
      '/ItemReader/ReaderConfig/MaxItemsPath',
    ],
    [
      'MaxItemsPerBatchPath',
      { ...map, ItemBatcher: { MaxItemsPerBatchPath: '$.n' } },
      '/ItemBatcher/MaxItemsPerBatchPath',
    ],
    ['RoleArn.$', { ...task, Credentials: { RoleArn: 'r', 'RoleArn.$': '$.r' } }, '/Credentials/RoleArn.$'],
  ])('JSONata: %s', (_, state, pointer) => {
    expect(problems(alone(state, 'JSONata'))).toContain(`OTHER_QUERY_LANGUAGE ${pointer}`);
  });
});

describe('[F21] a machine inside', () => {
  test.each(['TimeoutSeconds', 'Version', 'ProcessorConfig'])('of a Parallel has no %s', (field) => {
    const Branches = [{ ...machine, [field]: 1 }];
    expect(problems(alone({ Type: 'Parallel', Branches, ...end }))).toEqual([
      `UNKNOWN_FIELD /Branches/0/${field}`,
    ]);
  });

  test.each(['TimeoutSeconds', 'Version'])('of a Map has no %s', (field) => {
    const ItemProcessor = { ...machine, [field]: 1 };
    expect(problems(alone({ Type: 'Map', ItemProcessor, ...end }))).toEqual([
      `UNKNOWN_FIELD /ItemProcessor/${field}`,
    ]);
  });

  test('may be written in JSONata, but not in JSONPath inside of JSONata', () => {
    const inside = (QueryLanguage: string) => ({
      Type: 'Parallel',
      Branches: [{ ...machine, QueryLanguage }],
      ...end,
    });
    expect(problems(alone(inside('JSONata')))).toEqual([]);
    expect(problems(alone(inside('JSONPath'), 'JSONata'))).toEqual([
      'QUERY_LANGUAGE_DOWNGRADE /Branches/0/QueryLanguage',
    ]);
  });
});

describe('[F22] a transition to nowhere', () => {
  const plain = { Variable: '$.a', IsNull: true };
  test.each<[string, JsonObject, string]>([
    ['of a choice', { Type: 'Choice', Choices: [{ ...plain, Next: 'X' }], Default: 'Z' }, '/Choices/0/Next'],
    ['Default', { Type: 'Choice', Choices: [{ ...plain, Next: 'Z' }], Default: 'X' }, '/Default'],
    ...[
      { ...task },
      { Type: 'Parallel', Branches: [machine], ...end },
      { Type: 'Map', ItemProcessor: machine, ...end },
    ].map((state): [string, JsonObject, string] => [
      `of a catcher of a ${state.Type}`,
      { ...state, Catch: [{ ErrorEquals: ['E'], Next: 'X' }] },
      '/Catch/0/Next',
    ]),
  ])('%s', (_, state, pointer) => {
    expect(problems(alone(state))).toEqual([`MISSING_TARGET ${pointer}`]);
  });

  test('a state that only a catcher leads to is reached', () => {
    expect(problems(alone({ ...task, Catch: [{ ErrorEquals: ['E'], Next: 'Z' }] }))).toEqual([]);
  });
});

describe('[F23] a name', () => {
  const named = (name: string) => problems({ StartAt: name, States: { [name]: succeed } })[0]?.split(' ')[0];
  test('of a state has 1 to 80 characters, none of them a control character', () => {
    expect(['a', 'x'.repeat(80), 'a b/c', '🙂'.repeat(80)].map(named)).toEqual(Array(4).fill(undefined));
    expect(['x'.repeat(81), 'a\nb', 'a\u0000'].map(named)).toEqual(Array(3).fill('STATE_NAME'));
    expect(problems({ StartAt: 'A', States: { A: succeed, '': succeed } })).toContain('STATE_NAME /States/');
  });

  test('of a variable has 80 characters at most', () => {
    const assigning = (name: string) => problems(alone({ Type: 'Pass', Assign: { [name]: 1 }, ...end }));
    expect(assigning('x'.repeat(80))).toEqual([]);
    expect(assigning('x'.repeat(81))[0]).toMatch(/^VARIABLE_NAME/);
  });
});

describe('[F27] an error name', () => {
  const reserved = (
    'ALL BranchFailed DataLimitExceeded ExceedToleratedFailureThreshold HeartbeatTimeout Http.Socket ' +
    'Http.StatusCode.404 Http.StatusCode.503 IntrinsicFailure ItemReaderFailed NoChoiceMatched ' +
    'ParameterPathFailure Permissions QueryEvaluationError ResultPathMatchFailure ResultWriterFailed Runtime ' +
    'TaskFailed Timeout'
  ).split(' ');
  const caught = (name: string) => problems(alone({ ...task, Catch: [{ ErrorEquals: [name], Next: 'Z' }] }));

  test.each(reserved)('States.%s is known', (name) => {
    expect(caught(`States.${name}`)).toEqual([]);
  });

  test.each(['States.Nope', 'States.all', 'States.', 'States.Http.StatusCode.5'])('%s is not', (name) => {
    expect(caught(name)).toEqual(['?UNKNOWN_ERROR_NAME /Catch/0/ErrorEquals/0']);
  });

  test('of your own may be anything', () => {
    expect(['Lambda.ServiceException', 'mine', 'states.ALL', 'ü'].flatMap(caught)).toEqual([]);
  });

  test('MaxDelaySeconds is greater than IntervalSeconds, which is 1 where it is absent', () => {
    const delayed = (rule: object) => problems(alone({ ...task, Retry: [{ ErrorEquals: ['E'], ...rule }] }));
    expect(delayed({ MaxDelaySeconds: 2 })).toEqual([]);
    expect(delayed({ MaxDelaySeconds: 1 })).toEqual(['RETRY_DELAY /Retry/0/MaxDelaySeconds']);
    expect(delayed({ IntervalSeconds: 9, MaxDelaySeconds: 10 })).toEqual([]);
    expect(delayed({ IntervalSeconds: 9, MaxDelaySeconds: 9 })).toEqual([
      'RETRY_DELAY /Retry/0/MaxDelaySeconds',
    ]);
  });
});

describe('[F29] fields of distributed Map states', () => {
  const inline = { Type: 'Map', ItemProcessor: machine, ...end };
  test.each<[string, Json]>([
    ['ItemReader', { Resource: 'r' }],
    ['ItemBatcher', { MaxItemsPerBatch: 1 }],
    ['ResultWriter', { Resource: 'w' }],
    ['Label', 'l'],
    ['ToleratedFailureCount', 1],
    ['ToleratedFailureCountPath', '$.n'],
    ['ToleratedFailurePercentage', 1],
    ['ToleratedFailurePercentagePath', '$.n'],
  ])('%s is remarked upon in an inline one', (field, value) => {
    expect(problems(alone({ ...map, [field]: value }))).toEqual([]);
    expect(problems(alone({ ...inline, [field]: value }))).toEqual([`?DISTRIBUTED_ONLY /${field}`]);
  });

  test.each<[string, Json, boolean]>([
    ['a list', [1], true],
    ['an object', { a: 1 }, true],
    ['an expression', '{% $states.input %}', true],
    ['a text', 'items', false],
    ['a number', 1, false],
  ])('Items of a Map in JSONata may be %s: %j, %s', (_, Items, right) => {
    expect(problems(alone({ ...inline, Items }, 'JSONata'))).toEqual(right ? [] : ['WRONG_TYPE /Items']);
  });
});

test('[F30] an express flow waits for nothing, in its Maps neither', () => {
  const waiting = { ...task, Resource: 'arn:aws:states:us-east-1:123456789012:activity:a' };
  const inside = { StartAt: 'I', States: { I: waiting } };
  const express: CheckOptions = { profile: 'express' };
  expect(problems(alone(waiting), express)).toEqual(['EXPRESS_INTEGRATION /Resource']);
  expect(problems(alone({ Type: 'Map', ItemProcessor: inside, ...end }), express)).toEqual([
    'EXPRESS_INTEGRATION /ItemProcessor/States/I/Resource',
  ]);
});

test('[F24] ErrorPath and CausePath take calls that give a string, and no others', () => {
  const calls = {
    Format: "'{}', $.a",
    JsonToString: '$.a',
    ArrayGetItem: '$.a, 0',
    Base64Encode: '$.a',
    Base64Decode: '$.a',
    Hash: "$.a, 'MD5'",
    UUID: '',
    StringToJson: '$.a',
    Array: '$.a',
    ArrayLength: '$.a',
    MathAdd: '1, 2',
    StringSplit: "$.a, ','",
  };
  const isTaken = (field: string) => (name: string) =>
    problems(alone({ Type: 'Fail', [field]: `States.${name}(${Object(calls)[name]})` })).length === 0;
  const textual = Object.keys(calls).slice(0, 7);
  expect(Object.keys(calls).filter(isTaken('ErrorPath'))).toEqual(textual);
  expect(Object.keys(calls).filter(isTaken('CausePath'))).toEqual(textual);
});
