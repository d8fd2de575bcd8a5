import { describe, expect, it } from 'vitest';
import type { Json } from '@/lib/expression/json';
import type { Definition, ItemProcessor, Machine, State } from '@/lib/flow/model';
import { type Answers, TestWorld } from './testing-world';

/** Each error that the language itself raises: where it arises, and whether it can be caught there. */

const end = { End: true } as const;
const task = { Type: 'Task', Resource: 'r', ...end } as const;
const jsonata = { QueryLanguage: 'JSONata' } as const;
const tooLarge = 'x'.repeat(262_143);
const inner = (state: State): Machine => ({ StartAt: 'In', States: { In: state } });
const distributed = (state: State): ItemProcessor => ({
  ...inner(state),
  ProcessorConfig: { Mode: 'DISTRIBUTED' },
});
const each = inner({ Type: 'Pass', ...end });
const one = { items: [1], text: 'text' };

interface Place {
  readonly state: State;
  readonly input?: Json;
  readonly answers?: Answers;
}

/** The error that ends the execution. */
function errorOf(
  { state, input = one, answers }: Place,
  around: Partial<Definition> = {},
): string | undefined {
  const definition: Definition = {
    StartAt: 'It',
    States: { It: state, Then: { Type: 'Succeed' } },
    ...around,
  };
  const setting = { definition, input, ...(answers === undefined ? {} : { answers }) };
  const { status, failure } = new TestWorld(setting).settle().execution;
  return status === 'succeeded' ? undefined : failure?.error;
}

/** The same state with a catcher for the error alone. */
function catching(state: State, error: string): State {
  return { ...state, Catch: [{ ErrorEquals: [error], Next: 'Then' }] } as State;
}

const map = (more: object): State =>
  ({ Type: 'Map', ItemProcessor: each, ItemsPath: '$.items', ...end, ...more }) as State;
const parallel = (more: object): State => ({ Type: 'Parallel', Branches: [each], ...end, ...more }) as State;
const choice: State = { Type: 'Choice', Choices: [{ Variable: '$.text', IsNull: true, Next: 'In' }] };
const silent: Answers = () => undefined;

const catchable: readonly (readonly [error: string, where: string, place: Place])[] = [
  [
    'States.Timeout',
    'a task that does not answer',
    { state: { ...task, TimeoutSeconds: 1 }, answers: silent },
  ],
  ['States.Timeout', 'a missed heartbeat', { state: { ...task, HeartbeatSeconds: 1 }, answers: silent }],
  ['States.ResultPathMatchFailure', 'ResultPath of a Task', { state: { ...task, ResultPath: '$.text.x' } }],
  [
    'States.ResultPathMatchFailure',
    'ResultPath of a Parallel',
    { state: parallel({ ResultPath: '$.items[5]' }) },
  ],
  ['States.ResultPathMatchFailure', 'ResultPath of a Map', { state: map({ ResultPath: '$.text.x' }) }],
  [
    'States.IntrinsicFailure',
    'Parameters of a Task',
    { state: { ...task, Parameters: { 'x.$': 'States.ArrayLength($.text)' } } },
  ],
  [
    'States.IntrinsicFailure',
    'ResultSelector of a Parallel',
    { state: parallel({ ResultSelector: { 'x.$': 'States.ArrayGetItem($, 9)' } }) },
  ],
  [
    'States.IntrinsicFailure',
    'ItemSelector of a Map',
    { state: map({ ItemSelector: { 'x.$': 'States.ArrayLength($.text)' } }) },
  ],
  ...['Arguments', 'Output', 'TimeoutSeconds', 'HeartbeatSeconds'].map(
    (field) =>
      [
        'States.QueryEvaluationError',
        `${field} of a Task`,
        { state: { ...task, ...jsonata, [field]: '{% $states.input.no %}' } as State },
      ] as const,
  ),
  ...['Arguments', 'Output'].map(
    (field) =>
      [
        'States.QueryEvaluationError',
        `${field} of a Parallel`,
        { state: parallel({ ...jsonata, [field]: '{% $error("no") %}' }) },
      ] as const,
  ),
  ...['Items', 'ItemSelector', 'MaxConcurrency', 'Output'].map(
    (field) =>
      [
        'States.QueryEvaluationError',
        `${field} of a Map`,
        {
          state: map({ ...jsonata, ItemsPath: undefined, [field]: '{% $states.input[0].no %}' }),
          input: [1],
        },
      ] as const,
  ),
  [
    'States.QueryEvaluationError',
    'Assign of a Task',
    { state: { ...task, ...jsonata, Assign: { v: '{% $no %}' } } },
  ],
  [
    'States.DataLimitExceeded',
    'the result of a Task',
    { state: task, answers: () => ({ output: tooLarge }) },
  ],
  [
    'States.DataLimitExceeded',
    'Arguments of a Task',
    { state: { ...task, ...jsonata, Arguments: '{% $pad("", 262143, "x") %}' } },
  ],
  ['States.NoChoiceMatched', 'a Choice, around it', { state: parallel({ Branches: [inner(choice)] }) }],
  [
    'States.ExceedToleratedFailureThreshold',
    'a distributed Map',
    { state: map({ ItemProcessor: distributed({ Type: 'Fail', Error: 'E' }) }) },
  ],
  ['Mine', 'a Fail, around it', { state: parallel({ Branches: [inner({ Type: 'Fail', Error: 'Mine' })] }) }],
  [
    'States.Permissions',
    'what a task says',
    { state: task, answers: () => ({ error: 'States.Permissions' }) },
  ],
  [
    'States.Http.StatusCode.503',
    'what a task says',
    { state: task, answers: () => ({ error: 'States.Http.StatusCode.503' }) },
  ],
];

describe('[E75] an error that can be caught', () => {
  it.each(catchable)('%s: %s', (error, _, place) => {
    expect(errorOf(place)).toBe(error);
    expect(errorOf({ ...place, state: catching(place.state, error) })).toBeUndefined();
    expect(errorOf({ ...place, state: catching(place.state, 'Other') })).toBe(error);
  });

  it.each([
    ['States.ItemReaderFailed', { ItemReader: { Resource: 'files' } }],
    ['States.ResultWriterFailed', { ResultWriter: { Resource: 'files' } }],
  ])('%s: what reads or writes for a distributed Map has failed', (error, more) => {
    const state = map({ ItemProcessor: distributed({ Type: 'Pass', ...end }), ...more });
    const failing = (It: State) => {
      const definition: Definition = { StartAt: 'It', States: { It, Then: { Type: 'Succeed' } } };
      const world = new TestWorld({ definition, input: one }).settle();
      world.deliver({ type: 'mapTaskFailed', step: 2, attempt: 1, cause: 'the disk is full' });
      return world.settle().execution;
    };
    expect(failing(state).failure).toEqual({ error, cause: 'the disk is full' });
    expect(failing(catching(state, error)).output).toEqual({ Error: error, Cause: 'the disk is full' });
  });
});

const runtime: readonly (readonly [where: string, state: State])[] = [
  ['InputPath', { ...task, InputPath: '$.no' }],
  ['Parameters', { ...task, Parameters: { 'x.$': '$.no' } }],
  ['a path in a call', { ...task, Parameters: { 'x.$': "States.Format('{}', $.no)" } }],
  ['ResultSelector', { ...task, ResultSelector: { 'x.$': '$.no' } }],
  ['OutputPath', { ...task, OutputPath: '$.no' }],
  ['Assign', { ...task, Assign: { 'x.$': '$.no' } }],
  ['TimeoutSecondsPath', { ...task, TimeoutSecondsPath: '$.no' }],
  ['HeartbeatSecondsPath', { ...task, HeartbeatSecondsPath: '$.text' }],
  ['Credentials', { ...task, Credentials: { 'RoleArn.$': '$.no' } }],
  ['ItemsPath', map({ ItemsPath: '$.no' })],
  ['ItemsPath to no list', map({ ItemsPath: '$.text' })],
  ['ItemSelector', map({ ItemSelector: { 'x.$': '$.no' } })],
  ['MaxConcurrencyPath', map({ MaxConcurrencyPath: '$.text' })],
  ['Parameters of a Parallel', parallel({ Parameters: { 'x.$': '$.no' } })],
  ['a variable that nobody has assigned', { ...task, InputPath: '$nobody' }],
];

describe('[E19] States.Runtime', () => {
  it.each(runtime)('%s, and nothing catches it', (_, state) => {
    expect(errorOf({ state: catching(state, 'States.ALL'), answers: () => ({ output: {} }) })).toBe(
      'States.Runtime',
    );
  });

  it.each<[string, State]>([
    ['SecondsPath', { Type: 'Wait', SecondsPath: '$.no', ...end }],
    ['TimestampPath', { Type: 'Wait', TimestampPath: '$.no', ...end }],
    ['ErrorPath', { Type: 'Fail', ErrorPath: '$.no' }],
    ['CausePath', { Type: 'Fail', CausePath: '$.no' }],
    ['Variable', { Type: 'Choice', Choices: [{ Variable: '$.no', IsNull: true, Next: 'Then' }] }],
    [
      'StringEqualsPath',
      { Type: 'Choice', Choices: [{ Variable: '$.text', StringEqualsPath: '$.no', Next: 'Then' }] },
    ],
  ])('%s, not even around it', (_, state) => {
    const place = { state: { ...state, Next: undefined, End: true } as unknown as State };
    expect(errorOf({ state })).toBe('States.Runtime');
    if (state.Type === 'Choice') return;
    expect(errorOf({ state: catching(parallel({ Branches: [inner(place.state)] }), 'States.ALL') })).toBe(
      'States.Runtime',
    );
  });
});

describe('[E76] States.QueryEvaluationError where nothing can catch it', () => {
  it.each<[string, State]>([
    ['Output of a Pass', { Type: 'Pass', Output: '{% $states.input.no %}', ...end }],
    ['Output of a Succeed', { Type: 'Succeed', Output: '{% $states.input.no %}' }],
    [
      'Condition that gives nothing',
      { Type: 'Choice', Choices: [{ Condition: '{% $states.input.no %}', Next: 'Then' }] },
    ],
    [
      'Condition that gives no boolean',
      { Type: 'Choice', Choices: [{ Condition: '{% 1 %}', Next: 'Then' }] },
    ],
    ['Seconds that are no number', { Type: 'Wait', Seconds: '{% "1" %}', ...end }],
    ['Timestamp that is none', { Type: 'Wait', Timestamp: '{% "noon" %}', ...end }],
    ['Timestamp that is no text', { Type: 'Wait', Timestamp: '{% 5 %}', ...end }],
    ['Error that is no text', { Type: 'Fail', Error: '{% 5 %}' }],
    ['Cause that is no text', { Type: 'Fail', Error: 'E', Cause: '{% {} %}' }],
  ])('%s', (_, state) => {
    expect(errorOf({ state }, jsonata)).toBe('States.QueryEvaluationError');
  });
});

describe('[E75] the cause', () => {
  const causeOf = (It: State) =>
    new TestWorld({ definition: { StartAt: 'It', States: { It } }, input: one }).settle().execution.failure
      ?.cause;
  const place = "An error occurred while executing the state 'It' (entered at the event id #2). ";

  it.each<[string, State, string]>([
    [
      'of a path names the state',
      { ...task, InputPath: '$.no' },
      `${place}Invalid path '$.no' : No results for path: $['no']`,
    ],
    [
      'of an expression names the state',
      { ...task, ...jsonata, Output: { a: '{% $error("no") %}' } },
      `${place}The JSONata expression '$error("no")' specified for the field 'Output/a' threw an error during evaluation. D3137: no`,
    ],
    [
      'of a size stands alone',
      { Type: 'Pass', Result: tooLarge, ...end },
      "The state/task 'It' returned a result with a size exceeding the maximum number of bytes service limit.",
    ],
  ])('%s', (_, state, cause) => {
    expect(causeOf(state)).toBe(cause);
  });
});
