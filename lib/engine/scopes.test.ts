import { describe, expect, it } from 'vitest';
import type { Json } from '@/lib/expression/json';
import type { Definition, Machine, State } from '@/lib/flow/model';
import { type Answers, TestWorld } from './testing-world';

/** Which variables are seen where, and in which fields. */

const end = { End: true } as const;
const task = { Type: 'Task', Resource: 'r', ...end } as const;
const echo: Answers = ({ parameters }) => ({ output: parameters });

function outcome(definition: Definition, input: Json = {}): Json {
  const { output, failure } = new TestWorld({ definition, input, answers: echo }).settle().execution;
  return failure === undefined ? (output ?? null) : { ...failure };
}

/** Assigns x, passes the state, and shows what x and y are then. */
function around(It: State): Definition {
  const Ask: State = {
    Type: 'Pass',
    QueryLanguage: 'JSONata',
    Output: { x: '{% $x %}', y: '{% $exists($y) ? $y : "none" %}', was: '{% $states.input %}' },
    ...end,
  };
  const { End: _, ...rest } = It as typeof task;
  return {
    StartAt: 'Set',
    States: {
      Set: { Type: 'Pass', Assign: { x: 1 }, Next: 'It' },
      It: { ...rest, Next: 'Ask' } as State,
      Ask,
    },
  };
}

/** Two states: the first assigns y, the second shows x and y. */
function machine(name: string, y: Json): Machine {
  return {
    StartAt: name,
    States: {
      [name]: { Type: 'Pass', Assign: { y }, Next: `${name}Out` },
      [`${name}Out`]: { Type: 'Pass', Parameters: { 'x.$': '$x', 'y.$': '$y' }, ...end },
    },
  };
}

describe('[E83] a machine inside', () => {
  it('branches see outer variables and their own, and none of each other’s', () => {
    const Branches = [machine('A', 'a'), machine('B', 'b')];
    expect(outcome(around({ Type: 'Parallel', Branches, ...end }))).toEqual({
      x: 1,
      y: 'none',
      was: [
        { x: 1, y: 'a' },
        { x: 1, y: 'b' },
      ],
    });
  });

  it('so do iterations', () => {
    const ItemProcessor: Machine = {
      StartAt: 'In',
      States: {
        In: { Type: 'Choice', Choices: [{ Variable: '$', NumericEquals: 1, Next: 'Mark' }], Default: 'Look' },
        Mark: { Type: 'Pass', Assign: { y: 'marked' }, Next: 'Look' },
        Look: { Type: 'Pass', QueryLanguage: 'JSONata', Output: '{% [$x, $exists($y)] %}', ...end },
      },
    };
    const map: State = {
      Type: 'Map',
      ItemsPath: '$$.Execution.Input',
      MaxConcurrency: 1,
      ItemProcessor,
      ...end,
    };
    expect(outcome(around(map), [1, 2])).toEqual({
      x: 1,
      y: 'none',
      was: [
        [1, true],
        [1, false],
      ],
    });
  });

  it('a machine two levels down sees them all; an item of a distributed Map those of its own items only', () => {
    const inner: Machine = {
      StartAt: 'Look',
      States: {
        Look: { Type: 'Pass', QueryLanguage: 'JSONata', Output: '{% [$exists($x), $exists($z)] %}', ...end },
      },
    };
    const middle: Machine = {
      StartAt: 'Middle',
      States: {
        Middle: { Type: 'Pass', Assign: { z: 3 }, Next: 'Both' },
        Both: { Type: 'Parallel', Branches: [inner], ...end },
      },
    };
    const map = (Mode: 'INLINE' | 'DISTRIBUTED'): State => ({
      Type: 'Map',
      ItemsPath: '$$.Execution.Input',
      ItemProcessor: { ...middle, ProcessorConfig: { Mode } },
      ...end,
    });
    expect(Object(outcome(around(map('INLINE')), [1])).was).toEqual([[[true, true]]]);
    expect(Object(outcome(around(map('DISTRIBUTED')), [1])).was).toEqual([[[false, true]]]);
  });
});

describe('[E84] a state sees the variables as they were when it was entered', () => {
  it.each<[string, State]>([
    [
      'in Parameters, ResultSelector and Assign',
      {
        ...task,
        Parameters: { 'x.$': '$x' },
        ResultSelector: { 'r.$': '$.x', 'x.$': '$x' },
        Assign: { x: 2, 'y.$': '$x' },
      },
    ],
    [
      'in Arguments, Output and Assign',
      {
        ...task,
        QueryLanguage: 'JSONata',
        Arguments: { x: '{% $x %}' },
        Output: { r: '{% $states.result.x %}', x: '{% $x %}' },
        Assign: { x: 2, y: '{% $x %}' },
      },
    ],
  ])('%s', (_, state) => {
    expect(outcome(around(state))).toEqual({ x: 2, y: 1, was: { r: 1, x: 1 } });
  });

  it('what is assigned again is replaced as a whole', () => {
    const states: Definition['States'] = {
      A: { Type: 'Pass', Assign: { v: { a: 1 } }, Next: 'B' },
      B: { Type: 'Pass', Assign: { v: { b: 2 } }, Next: 'C' },
      C: { Type: 'Pass', InputPath: '$v', ...end },
    };
    expect(outcome({ StartAt: 'A', States: states })).toEqual({ b: 2 });
  });
});

describe('[E85] a path may begin at a variable or at the context object, wherever it stands', () => {
  const each: Machine = { StartAt: 'In', States: { In: { Type: 'Pass', ...end } } };
  const choose = (rule: object): State =>
    ({ Type: 'Choice', Choices: [{ ...rule, Next: 'Yes' }], Default: 'No' }) as State;
  const at = new Date(1_007_000).toISOString();

  it.each<[string, State, Json]>([
    ['InputPath', { Type: 'Pass', InputPath: '$v.text', ...end }, 'it'],
    ['InputPath to the context', { Type: 'Pass', InputPath: '$$.State.Name', ...end }, 'It'],
    ['OutputPath', { Type: 'Pass', OutputPath: '$v.text', ...end }, 'it'],
    ['Parameters', { Type: 'Pass', Parameters: { 'p.$': '$v.text' }, ...end }, { p: 'it' }],
    [
      'a call',
      { Type: 'Pass', Parameters: { 'p.$': "States.Format('{}!', $v.text)" }, ...end },
      { p: 'it!' },
    ],
    ['ResultSelector', { ...task, ResultSelector: { 'p.$': '$v.text', 'r.$': '$.a' } }, { p: 'it', r: 'in' }],
    ['ItemsPath', { Type: 'Map', ItemsPath: '$v.list', ItemProcessor: each, ...end }, [1, 2]],
    [
      'ItemSelector',
      { Type: 'Map', ItemsPath: '$v.list', ItemSelector: { 'p.$': '$v.text' }, ItemProcessor: each, ...end },
      [{ p: 'it' }, { p: 'it' }],
    ],
    ['ErrorPath', { Type: 'Fail', ErrorPath: '$v.text' }, { error: 'it' }],
    ['CausePath', { Type: 'Fail', CausePath: '$$.State.Name' }, { cause: 'It' }],
    ['Variable', choose({ Variable: '$v.text', StringEquals: 'it' }), 'yes'],
    ['an operator’s path', choose({ Variable: '$.a', StringLessThanPath: '$v.text' }), 'yes'],
    ['Variable to the context', choose({ Variable: '$$.State.Name', StringEquals: 'It' }), 'yes'],
    ['Variable that nobody has assigned', choose({ Variable: '$nobody', IsPresent: true }), 'no'],
  ])('%s', (_, It, expected) => {
    const States: Definition['States'] = {
      Set: { Type: 'Pass', Assign: { v: { text: 'it', list: [1, 2] } }, Next: 'It' },
      It,
      Yes: { Type: 'Pass', Result: 'yes', ...end },
      No: { Type: 'Pass', Result: 'no', ...end },
    };
    expect(outcome({ StartAt: 'Set', States }, { a: 'in' })).toEqual(expected);
  });

  it.each<[string, State]>([
    ['SecondsPath', { Type: 'Wait', SecondsPath: '$v.seconds', ...end }],
    ['TimestampPath', { Type: 'Wait', TimestampPath: '$v.at', ...end }],
    ['TimeoutSecondsPath', { ...task, TimeoutSecondsPath: '$v.seconds' }],
    ['HeartbeatSecondsPath', { ...task, HeartbeatSecondsPath: '$v.seconds' }],
  ])('%s', (_, It) => {
    const first: State = { Type: 'Pass', Assign: { v: { seconds: 7, at } }, Next: 'It' };
    const world = new TestWorld({
      definition: { StartAt: 'Set', States: { Set: first, It } },
      answers: () => undefined,
    });
    expect(world.settle().now).toBe(1_007_000);
  });
});

describe('[E62] the Assign of a Choice in JSONata', () => {
  it.each<[number, Json]>([
    [1, { x: 1, y: 'rule' }],
    [2, { x: 1, y: 'none' }],
    [3, { x: 'state', y: 'none' }],
  ])('is that of the rule, or on the way to Default that of the state: %j', (n, expected) => {
    const choice: State = {
      Type: 'Choice',
      QueryLanguage: 'JSONata',
      Choices: [
        {
          Condition: '{% $states.context.Execution.Input = 1 %}',
          Assign: { y: '{% "rule" %}' },
          Next: 'Ask',
        },
        { Condition: '{% $states.context.Execution.Input = 2 %}', Next: 'Ask' },
      ],
      Assign: { x: '{% "state" %}' },
      Default: 'Ask',
    };
    const definition = around(choice);
    const States = { ...definition.States, It: choice };
    expect(outcome({ ...definition, States }, n)).toMatchObject(expected as object);
  });
});
