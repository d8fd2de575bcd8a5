import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '@/lib/expression/json';
import type { Definition, Machine, State } from '@/lib/flow/model';
import { TestWorld } from './testing-world';

/** What each type of state does with its own fields. */

const end = { End: true } as const;

function ended(definition: Definition, input: Json = {}): TestWorld {
  return new TestWorld({ definition, input, answers: ({ parameters }) => ({ output: parameters }) }).settle();
}

function outcome(definition: Definition, input: Json = {}): Json {
  const { output, failure } = ended(definition, input).execution;
  return failure === undefined ? (output ?? null) : { ...failure };
}

function alone(state: State, language?: 'JSONata'): Definition {
  const definition = { StartAt: 'It', States: { It: state } };
  return language === undefined ? definition : { ...definition, QueryLanguage: language };
}

function inner(state: State): Machine {
  return { StartAt: 'In', States: { In: state } };
}

describe('[E62] a Choice', () => {
  const jsonpath: Definition = {
    StartAt: 'It',
    States: {
      It: {
        Type: 'Choice',
        Assign: { by: 'state' },
        Choices: [
          { Variable: '$.n', NumericEquals: 1, Next: 'Rule', Assign: { by: 'first' } },
          { Variable: '$.n', NumericLessThan: 3, Next: 'Rule', Assign: { 'by.$': '$.n' } },
        ],
        Default: 'Rule',
      },
      Rule: { Type: 'Pass', Parameters: { 'by.$': '$by', 'n.$': '$.n' }, ...end },
    },
  };

  it.each([
    [1, 'first'],
    [2, 2],
    [3, 'state'],
  ])(
    'goes where the first rule that matches says, with its Assign; else to Default with its own: %j',
    (n, by) => {
      expect(outcome(jsonpath, { n })).toEqual({ by, n });
    },
  );

  it.each<[Json, Json]>([
    [1, 'rule 1'],
    [2, { n: 2 }],
    [3, 'state'],
  ])(
    'gives the Output of the rule or, on the way to Default, its own; without one its input: %j',
    (n, output) => {
      const definition: Definition = {
        StartAt: 'It',
        QueryLanguage: 'JSONata',
        States: {
          It: {
            Type: 'Choice',
            Choices: [
              {
                Condition: '{% $states.input.n = 1 %}',
                Output: '{% "rule " & $states.input.n %}',
                Next: 'End',
              },
              { Condition: '{% $states.input.n = 2 %}', Next: 'End' },
            ],
            Default: 'End',
            Output: 'state',
          },
          End: { Type: 'Succeed' },
        },
      };
      expect(outcome(definition, { n })).toEqual(output);
    },
  );

  it('compares what InputPath chose, and passes on what OutputPath chooses of it', () => {
    const Choices = [{ Variable: '$.n', NumericEquals: 1, Next: 'End' }];
    const It: State = { Type: 'Choice', InputPath: '$.a', OutputPath: '$.n', Choices };
    const definition: Definition = { StartAt: 'It', States: { It, End: { Type: 'Succeed' } } };
    expect(outcome(definition, { a: { n: 1 } })).toBe(1);
    expect(outcome(definition, { a: { n: 2 } })).toMatchObject({ error: 'States.NoChoiceMatched' });
  });

  it('fails where a rule asks for what is not there, unless it asks whether it is', () => {
    const asking = (rule: JsonObject): Definition => ({
      StartAt: 'It',
      States: { It: { Type: 'Choice', Choices: [{ ...rule, Next: 'End' }] }, End: { Type: 'Succeed' } },
    });
    expect(outcome(asking({ Variable: '$.no', IsNull: true }))).toMatchObject({ error: 'States.Runtime' });
    expect(outcome(asking({ Variable: '$.no', IsPresent: false }))).toEqual({});
  });
});

describe('[E64] a Fail', () => {
  it.each<[string, State, JsonObject]>([
    ['has an error and a cause', { Type: 'Fail', Error: 'E', Cause: 'c' }, { error: 'E', cause: 'c' }],
    ['needs neither', { Type: 'Fail' }, {}],
    [
      'takes them from paths',
      { Type: 'Fail', ErrorPath: '$.e', CausePath: '$$.State.Name' },
      { error: 'E', cause: 'It' },
    ],
    ['takes them from calls', { Type: 'Fail', CausePath: "States.Format('<{}>', $.e)" }, { cause: '<E>' }],
    [
      'takes what is no text as JSON',
      { Type: 'Fail', ErrorPath: '$.n', CausePath: '$' },
      { error: '1', cause: '{"e":"E","n":1}' },
    ],
  ])('%s', (_, state, failure) => {
    expect(outcome(alone(state), { e: 'E', n: 1 })).toEqual(failure);
  });
});

it('[E64] in JSONata a Fail takes texts and expressions', () => {
  const state: State = { Type: 'Fail', Error: '$.e', Cause: '{% $states.input.e & "!" %}' };
  expect(outcome(alone(state, 'JSONata'), { e: 'E' })).toEqual({ error: '$.e', cause: 'E!' });
});

describe('[E65] a Parallel', () => {
  const branches = [
    inner({ Type: 'Wait', Seconds: 3, ...end }),
    inner({ Type: 'Pass', Result: 2, ...end }),
  ].map(
    (machine, index) => JSON.parse(JSON.stringify(machine).replaceAll('"In"', `"In${index}"`)) as Machine,
  );

  it('gives each branch its input, and the outputs in the order of the branches', () => {
    expect(outcome(alone({ Type: 'Parallel', Branches: branches, ...end }), { a: 1 })).toEqual([{ a: 1 }, 2]);
  });

  it('gives each branch its Parameters or Arguments', () => {
    const Branches = branches.slice(0, 1);
    const jsonpath: State = { Type: 'Parallel', Parameters: { 'b.$': '$.a' }, Branches, ...end };
    expect(outcome(alone(jsonpath), { a: 1 })).toEqual([{ b: 1 }]);
    const jsonata: State = { Type: 'Parallel', Arguments: { b: '{% $states.input.a %}' }, Branches, ...end };
    expect(outcome(alone(jsonata, 'JSONata'), { a: 1 })).toEqual([{ b: 1 }]);
  });

  it('fails with the error of the first branch that fails, and gives the others up', () => {
    const Branches = [
      branches[0] ?? inner({ Type: 'Fail' }),
      inner({ Type: 'Fail', Error: 'E', Cause: 'c' }),
    ];
    const world = ended(alone({ Type: 'Parallel', Branches, ...end }));
    expect([world.execution.failure, world.now]).toEqual([{ error: 'E', cause: 'c' }, 1_000_000]);
  });
});

describe('[E66] a Map', () => {
  const each = inner({ Type: 'Pass', ...end });
  const map = { Type: 'Map', ItemProcessor: each, ...end } as const;
  it.each<[string, State, Json, Json]>([
    ['iterates over its input', map, [1, 2], [1, 2]],
    ['may have nothing to do', map, [], []],
    [
      'iterates over what ItemsPath finds',
      { ...map, ItemsPath: '$.l[*].n' },
      { l: [{ n: 1 }, { n: 2 }] },
      [1, 2],
    ],
    [
      'builds the input of each item',
      {
        ...map,
        ItemsPath: '$.l',
        ItemSelector: { 'i.$': '$$.Map.Item.Index', 'v.$': '$$.Map.Item.Value', 'k.$': '$.k' },
      },
      { l: ['a'], k: 7 },
      [{ i: 0, v: 'a', k: 7 }],
    ],
    [
      'knows its older field names',
      { Type: 'Map', Iterator: each, ItemsPath: '$.l', Parameters: { 'v.$': '$$.Map.Item.Value' }, ...end },
      { l: ['a'] },
      [{ v: 'a' }],
    ],
    ['has a ResultPath', { ...map, ItemsPath: '$.l', ResultPath: '$.r' }, { l: [1] }, { l: [1], r: [1] }],
    [
      'takes its concurrency from a path',
      { ...map, ItemsPath: '$.l', MaxConcurrencyPath: '$.c' },
      { l: [1, 2], c: '1' },
      [1, 2],
    ],
  ])('%s', (_, state, input, expected) => {
    expect(outcome(alone(state), input)).toEqual(expected);
  });

  it.each<[string, State, Json, Json]>([
    ['iterates over its input', map, [1], [1]],
    ['iterates over Items', { ...map, Items: ['{% $states.input.a %}', 2] }, { a: 1 }, [1, 2]],
    [
      'gives the items of an object with their keys',
      { ...map, Items: '{% $states.input %}' },
      { a: 1 },
      [{ Key: 'a', Value: 1 }],
    ],
    [
      'builds the input of each item',
      { ...map, Items: [5], ItemSelector: '{% $states.context.Map.Item.Value + $states.input.a %}' },
      { a: 1 },
      [6],
    ],
  ])('in JSONata %s', (_, state, input, expected) => {
    expect(outcome(alone(state, 'JSONata'), input)).toEqual(expected);
  });

  it.each<[State, Json, string, 'JSONata'?]>([
    [map, { a: 1 }, 'States.Runtime'],
    [{ ...map, Items: '{% 1 %}' }, {}, 'States.QueryEvaluationError', 'JSONata'],
    [map, 'text', 'States.QueryEvaluationError', 'JSONata'],
  ])('needs a list: %j of %j', (state, input, error, language) => {
    expect(outcome(alone(state, language), input)).toMatchObject({ error });
  });

  it('fails with the error of the item that failed', () => {
    const ItemProcessor = inner({ Type: 'Fail', Error: 'E', Cause: 'c' });
    expect(outcome(alone({ Type: 'Map', ItemProcessor, ...end }), [1])).toEqual({ error: 'E', cause: 'c' });
  });
});

describe('[E67] the context object', () => {
  it('names execution, state machine and state', () => {
    expect(outcome(alone({ Type: 'Pass', Parameters: { 'c.$': '$$' }, ...end }), { a: 1 })).toEqual({
      c: {
        Execution: {
          Id: 'x',
          Input: { a: 1 },
          Name: 'run',
          RoleArn: '',
          StartTime: '1970-01-01T00:16:40.000Z',
          RedriveCount: 0,
        },
        State: { Name: 'It', EnteredTime: '1970-01-01T00:16:40.000Z' },
        StateMachine: { Id: 'f', Name: 'flow' },
      },
    });
  });

  it('counts the retries of a task, and has a token where it waits for a callback', () => {
    const state: State = {
      Type: 'Task',
      Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken',
      Parameters: { 'n.$': '$$.State.RetryCount', 'token.$': '$$.Task.Token' },
      Retry: [{ ErrorEquals: ['E'] }],
      ...end,
    };
    const world = new TestWorld({
      definition: alone(state),
      answers: ({ attempt, parameters }) => (attempt === 1 ? { error: 'E' } : { output: parameters }),
    }).settle();
    expect(world.execution.output).toEqual({ n: 1, token: expect.any(String) });
  });
});
