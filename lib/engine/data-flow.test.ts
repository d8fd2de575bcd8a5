import { describe, expect, it } from 'vitest';
import type { Json } from '@/lib/expression/json';
import type { Definition, State } from '@/lib/flow/model';
import { type Answers, TestWorld } from './testing-world';

/** What goes into a state and what comes out of it, field by field. */

const end = { End: true } as const;
const echo: Answers = ({ parameters }) => ({ output: parameters });
const answering =
  (output: Json): Answers =>
  () => ({ output });

function outputOf(definition: Definition, input: Json, answers: Answers = echo): Json | undefined {
  const { execution } = new TestWorld({ definition, input, answers }).settle();
  if (execution.failure !== undefined) throw new Error(JSON.stringify(execution.failure));
  return execution.output;
}

function alone(state: State, language?: 'JSONata'): Definition {
  const definition = { StartAt: 'It', States: { It: state } };
  return language === undefined ? definition : { ...definition, QueryLanguage: language };
}

/** The variables that a state assigns, as the next one sees them. */
function assigned(state: State, names: readonly string[], input: Json, answers?: Answers): Json | undefined {
  const seen = Object.fromEntries(names.map((name) => [`${name}.$`, `$${name}`]));
  const definition = {
    StartAt: 'It',
    States: { It: state, Then: { Type: 'Pass', Parameters: seen, ...end } },
  } as const;
  return outputOf(definition, input, answers);
}

const order = { id: 7, lines: [{ n: 1 }, { n: 2 }], note: null };
const task = { Type: 'Task', Resource: 'r', ...end } as const;
const pass = { Type: 'Pass', ...end } as const;

describe('[E60] JSONPath: InputPath, Parameters, ResultSelector, ResultPath, OutputPath', () => {
  it.each<[string, State, Json, Answers?]>([
    ['without any of them the result replaces the input', task, 'done', answering('done')],
    ['InputPath chooses what the state works on', { ...task, InputPath: '$.lines[1]' }, { n: 2 }],
    ['InputPath may match several places', { ...task, InputPath: '$.lines[*].n' }, [1, 2]],
    ['an InputPath of null is an empty object', { ...task, InputPath: null }, {}],
    [
      'Parameters build the input anew',
      { ...task, Parameters: { 'a.$': '$.id', b: '$.id' } },
      { a: 7, b: '$.id' },
    ],
    ['Parameters reach into lists', { ...task, Parameters: { l: [{ 'a.$': '$.id' }] } }, { l: [{ a: 7 }] }],
    ['Parameters may be any JSON', { ...task, Parameters: 'text' as never }, 'text'],
    [
      'Parameters look at what InputPath chose, and at the context object',
      { ...task, InputPath: '$.lines[0]', Parameters: { 'n.$': '$.n', 'in.$': '$$.State.Name' } },
      { n: 1, in: 'It' },
    ],
    [
      'ResultSelector builds the result anew',
      { ...task, ResultSelector: { 'a.$': '$.x' } },
      { a: 1 },
      answering({ x: 1 }),
    ],
    [
      'ResultPath puts the result into the raw input',
      { ...task, InputPath: '$.id', ResultPath: '$.r' },
      { ...order, r: 7 },
    ],
    [
      'ResultPath makes missing objects',
      { ...task, ResultPath: '$.a.b', InputPath: '$.id' },
      { ...order, a: { b: 7 } },
    ],
    [
      'ResultPath may overwrite an element',
      { ...task, ResultPath: '$.lines[0]', InputPath: '$.id' },
      { ...order, lines: [7, { n: 2 }] },
    ],
    ['a ResultPath of null passes the raw input on', { ...task, InputPath: '$.id', ResultPath: null }, order],
    ['OutputPath chooses what is passed on', { ...task, OutputPath: '$.lines[0]' }, { n: 1 }],
    ['OutputPath looks at what ResultPath made', { ...task, ResultPath: '$.r', OutputPath: '$.r.id' }, 7],
    ['an OutputPath of null is an empty object', { ...task, OutputPath: null }, {}],
    ['InputPath and OutputPath may look elsewhere', { ...task, InputPath: '$$.State.Name' }, 'It'],
    ['a Pass gives its input', pass, order],
    ['a Pass gives its Parameters', { ...pass, Parameters: { 'a.$': '$.id' } }, { a: 7 }],
    ['a Pass gives its Result as it stands', { ...pass, Result: { 'a.$': '$.id' } }, { 'a.$': '$.id' }],
    [
      'a Result goes where ResultPath says',
      { ...pass, Result: 1, ResultPath: '$.note' },
      { ...order, note: 1 },
    ],
    [
      'a Succeed has InputPath and OutputPath',
      { Type: 'Succeed', InputPath: '$.lines', OutputPath: '$[1].n' },
      2,
    ],
    ['a Wait too', { Type: 'Wait', Seconds: 1, InputPath: '$.lines', OutputPath: '$[1].n', ...end }, 2],
  ])('%s', (_, state, expected, answers) => {
    expect(outputOf(alone(state), order, answers)).toEqual(expected);
  });
});

describe('[E61] JSONata: Arguments and Output', () => {
  it.each<[string, State, Json, Answers?]>([
    ['without Output a Task gives its result', task, { r: 1 }, answering({ r: 1 })],
    ['without Arguments a Task is given the input', task, order],
    ['Arguments may be one expression', { ...task, Arguments: '{% $states.input.id %}' as never }, 7],
    [
      'Arguments may hold expressions',
      { ...task, Arguments: { a: ['{% $states.input.id %}', '$.id'] } },
      { a: [7, '$.id'] },
    ],
    [
      'Output sees input and result',
      { ...task, Output: '{% [$states.input.id, $states.result] %}' },
      [7, 'r'],
      answering('r'),
    ],
    [
      'Output may be any JSON',
      { ...pass, Output: [null, 0.5, '{% $states.input.note %}'] },
      [null, 0.5, null],
    ],
    ['an expression with blanks around is a text', { ...pass, Output: ' {% 1 %}' }, ' {% 1 %}'],
    ['without Output a Pass gives its input', pass, order],
    ['a Succeed has an Output', { Type: 'Succeed', Output: '{% $states.input.id + 1 %}' }, 8],
    [
      'a Wait has an Output',
      { Type: 'Wait', Seconds: '{% 2 - 1 %}', Output: '{% $states.context.State.Name %}', ...end },
      'It',
    ],
  ])('%s', (_, state, expected, answers) => {
    expect(outputOf(alone(state, 'JSONata'), order, answers)).toEqual(expected);
  });

  it('a machine in JSONPath may have states in JSONata', () => {
    const state: State = { ...pass, QueryLanguage: 'JSONata', Output: '{% $states.input.id %}' };
    expect(outputOf(alone(state), order)).toBe(7);
  });
});

describe('[E68] Assign', () => {
  it.each<[string, State, Json, Answers?]>([
    [
      'of a Pass sees its result',
      { Type: 'Pass', Result: { r: 1 }, Assign: { 'v.$': '$.r' }, Next: 'Then' },
      1,
    ],
    [
      'of a Wait sees what InputPath chose',
      { Type: 'Wait', Seconds: 0, InputPath: '$.id', Assign: { 'v.$': '$' }, Next: 'Then' },
      7,
    ],
    [
      'of a Task sees what ResultSelector made, not what ResultPath did',
      {
        ...rest(task),
        ResultSelector: { 'a.$': '$.x' },
        ResultPath: null,
        Assign: { 'v.$': '$' },
        Next: 'Then',
      },
      { a: 1 },
      answering({ x: 1 }),
    ],
    [
      'holds constants, paths, calls and templates',
      {
        Type: 'Pass',
        Assign: { v: { a: [1], 'b.$': '$.id', 'c.$': "States.Format('{}', $.id)" } },
        Next: 'Then',
      },
      { a: [1], b: 7, c: '7' },
    ],
    [
      'of JSONata sees input and result',
      {
        ...rest(task),
        QueryLanguage: 'JSONata',
        Assign: { v: '{% $states.input.id + $states.result %}' },
        Next: 'Then',
      },
      8,
      answering(1),
    ],
    [
      'of a catcher sees the error output',
      { ...task, Catch: [{ ErrorEquals: ['E'], Assign: { 'v.$': '$.Error' }, Next: 'Then' }] },
      'E',
      () => ({ error: 'E' }),
    ],
  ])('%s', (_, state, expected, answers) => {
    expect(assigned(state, ['v'], order, answers)).toEqual({ v: expected });
  });

  it('what a branch assigns ends with it; its own variables and the outer ones are seen in it', () => {
    const branch = {
      StartAt: 'In',
      States: {
        In: { Type: 'Pass', Assign: { inner: 2 }, Next: 'Out' },
        Out: { Type: 'Pass', Parameters: { 'inner.$': '$inner', 'outer.$': '$outer' }, ...end },
      },
    } as const;
    const definition: Definition = {
      StartAt: 'Set',
      States: {
        Set: { Type: 'Pass', Assign: { outer: 1 }, Next: 'Both' },
        Both: { Type: 'Parallel', Branches: [branch], ResultSelector: { 'r.$': '$[0]' }, Next: 'Ask' },
        Ask: {
          Type: 'Pass',
          QueryLanguage: 'JSONata',
          Output: '{% [$states.input.r, $exists($inner)] %}',
          ...end,
        },
      },
    };
    expect(outputOf(definition, {})).toEqual([{ inner: 2, outer: 1 }, false]);
  });
});

function rest({ Type, Resource }: typeof task): { Type: 'Task'; Resource: string } {
  return { Type, Resource };
}

describe('[E69] what is caught', () => {
  const failing: Answers = () => ({ error: 'E', cause: 'c' });
  const caught = (catcher: object, language?: 'JSONata') =>
    outputOf(
      {
        StartAt: 'It',
        ...(language === undefined ? {} : { QueryLanguage: language }),
        States: { It: { ...task, Catch: [{ ErrorEquals: ['E'], Next: 'Then', ...catcher }] }, Then: pass },
      },
      order,
      failing,
    );

  it.each<[string, object, Json]>([
    ['the error output is passed on', {}, { Error: 'E', Cause: 'c' }],
    [
      'ResultPath puts it into the raw input',
      { ResultPath: '$.note' },
      { ...order, note: { Error: 'E', Cause: 'c' } },
    ],
    ['a ResultPath of null passes the raw input on', { ResultPath: null }, order],
  ])('JSONPath: %s', (_, catcher, expected) => {
    expect(caught(catcher)).toEqual(expected);
  });

  it.each<[string, object, Json]>([
    ['the error output is passed on', {}, { Error: 'E', Cause: 'c' }],
    [
      'Output sees it and the input',
      { Output: '{% [$states.errorOutput.Error, $states.input.id] %}' },
      ['E', 7],
    ],
  ])('JSONata: %s', (_, catcher, expected) => {
    expect(caught(catcher, 'JSONata')).toEqual(expected);
  });

  it('the first catcher that matches takes it, after the retries', () => {
    const Retry = [{ ErrorEquals: ['E'], MaxAttempts: 2 }];
    const Catch = [
      { ErrorEquals: ['Other'], Next: 'Wrong' },
      { ErrorEquals: ['E'], Next: 'Then', ResultPath: null },
      { ErrorEquals: ['States.ALL'], Next: 'Wrong' },
    ];
    const definition: Definition = {
      StartAt: 'It',
      States: { It: { ...task, Retry, Catch }, Then: pass, Wrong: { Type: 'Fail' } },
    };
    const world = new TestWorld({ definition, input: order, answers: failing }).settle();
    expect(world.calls).toHaveLength(3);
    expect(world.execution.output).toEqual(order);
  });
});
