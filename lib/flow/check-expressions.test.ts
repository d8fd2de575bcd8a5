import { describe, expect, test } from 'vitest';
import type { Json, JsonObject } from '@/lib/expression/json';
import { check } from './check';
import { variableReferences } from './references';

function problems(definition: Json) {
  return check(definition).map(({ code, pointer, column }) =>
    column === undefined ? [code, pointer] : [code, pointer, column],
  );
}

function flow(states: JsonObject, language: 'JSONPath' | 'JSONata' = 'JSONata'): JsonObject {
  return { QueryLanguage: language, StartAt: Object.keys(states)[0] ?? '', States: states };
}

const end = { End: true };
const task = { Type: 'Task', Resource: 'millrace:http', ...end };

describe('[F24] expressions are read', () => {
  test('a mistake in a path has its column', () => {
    expect(problems(flow({ A: { Type: 'Pass', InputPath: '$.a[', ...end } }, 'JSONPath'))).toEqual([
      ['PATH_SYNTAX', '/States/A/InputPath', 5],
    ]);
  });

  test('an intrinsic call has no blanks before it', () => {
    expect(
      problems(
        flow({ A: { Type: 'Pass', Parameters: { 'a.$': " States.Array('x')" }, ...end } }, 'JSONPath'),
      ),
    ).toMatchObject([['PATH_SYNTAX', '/States/A/Parameters/a.$', 1]]);
  });

  test('ResultPath is a reference path', () => {
    expect(problems(flow({ A: { Type: 'Pass', ResultPath: '$.a[*]', ...end } }, 'JSONPath'))[0]?.[0]).toBe(
      'PATH_SYNTAX',
    );
  });

  test('ErrorPath takes a call only if it gives a string', () => {
    const fail = (ErrorPath: string) => problems(flow({ A: { Type: 'Fail', ErrorPath } }, 'JSONPath'));

    expect(fail("States.Format('{}', $.e)")).toEqual([]);
    expect(fail('States.MathAdd($.a, 1)')).toEqual([['PATH_SYNTAX', '/States/A/ErrorPath']]);
  });

  test('a field with .$ holds a text', () => {
    expect(problems(flow({ A: { Type: 'Pass', Parameters: { 'a.$': 1 }, ...end } }, 'JSONPath'))).toEqual([
      ['PATH_SYNTAX', '/States/A/Parameters/a.$'],
    ]);
  });

  test('a mistake in JSONata has its column in the text of the field', () => {
    expect(problems(flow({ A: { Type: 'Pass', Output: { a: ['{% 1 + %}'] }, ...end } }))).toEqual([
      ['EXPRESSION_SYNTAX', '/States/A/Output/a/0', 7],
    ]);
  });

  test.each([
    ['10 %}', 'EXPRESSION_DELIMITERS'],
    ['{% 10', 'EXPRESSION_DELIMITERS'],
    [' {% 10 %}', 'EXPRESSION_DELIMITERS'],
    ['plain $text', undefined],
  ])('%j between delimiters', (Output, code) => {
    expect(problems(flow({ A: { Type: 'Pass', Output, ...end } }))[0]?.[0]).toBe(code);
  });

  test('a field with .$ is plain data in JSONata, which is doubtful', () => {
    expect(problems(flow({ A: { Type: 'Pass', Output: { 'a.$': '$.b' }, ...end } }))).toEqual([
      ['UNUSED_PATH_FIELD', '/States/A/Output/a.$'],
    ]);
  });
});

describe('[F25] $states', () => {
  test('has a result in Output and Assign of states that work', () => {
    expect(
      problems(
        flow({ A: { ...task, Output: '{% $states.result %}', Assign: { r: '{% $states.result.id %}' } } }),
      ),
    ).toEqual([]);
    expect(problems(flow({ A: { Type: 'Pass', Output: '{% $states.result %}', ...end } }))).toEqual([
      ['STATES_FIELD', '/States/A/Output'],
    ]);
  });

  test('has no result before the work', () => {
    expect(problems(flow({ A: { ...task, Arguments: { a: '{% $states.result %}' } } }))).toEqual([
      ['STATES_FIELD', '/States/A/Arguments/a'],
    ]);
  });

  test('has no error output outside of catchers', () => {
    const read = '{% $states.errorOutput %}';
    expect(problems(flow({ A: { ...task, Output: read } }))).toEqual([['STATES_FIELD', '/States/A/Output']]);
    expect(problems(flow({ A: { ...task, Assign: { e: read } } }))).toEqual([
      ['STATES_FIELD', '/States/A/Assign/e'],
    ]);
  });

  test('has an error output in catchers, and no result there', () => {
    const catching = (Output: string) =>
      problems(
        flow({ A: { ...task, Catch: [{ ErrorEquals: ['E'], Next: 'B', Output }] }, B: { Type: 'Succeed' } }),
      );

    expect(catching('{% $states.errorOutput.Cause %}')).toEqual([]);
    expect(catching('{% $states.result %}')).toEqual([['STATES_FIELD', '/States/A/Catch/0/Output']]);
  });
});

describe('[F26] variables', () => {
  const set = { Type: 'Pass', Assign: { x: 1 }, Next: 'Use' };
  const use = { Type: 'Pass', Output: '{% $x %}', ...end };

  test('are there from the next state on', () => {
    expect(problems(flow({ Set: set, Use: use }))).toEqual([]);
    expect(problems(flow({ Set: { ...set, Output: '{% $x %}' }, Use: use }))).toEqual([
      ['UNDEFINED_VARIABLE', '/States/Set/Output'],
    ]);
  });

  test('that nobody assigns are doubtful', () => {
    expect(problems(flow({ Set: set, Use: { ...use, Output: '{% $y %}' } }))).toEqual([
      ['UNDEFINED_VARIABLE', '/States/Use/Output'],
    ]);
  });

  test('that only some ways assign are doubtful, unless the expression asks', () => {
    const choose = { Type: 'Choice', Choices: [{ Condition: true, Next: 'Set' }], Default: 'Use' };

    expect(problems(flow({ Choose: choose, Set: set, Use: use }))).toEqual([
      ['UNASSIGNED_ON_SOME_WAYS', '/States/Use/Output'],
    ]);
    expect(
      problems(flow({ Choose: choose, Set: set, Use: { ...use, Output: '{% $exists($x) ? $x : 0 %}' } })),
    ).toEqual([]);
  });

  test("of a rule or a catcher take the place of the state's", () => {
    const choose = {
      Type: 'Choice',
      Choices: [{ Condition: true, Next: 'Use', Assign: { y: 1 } }],
      Assign: { x: 1 },
    };

    expect(problems(flow({ Choose: choose, Use: use }))).toEqual([
      ['UNDEFINED_VARIABLE', '/States/Use/Output'],
    ]);
    const bare = { ...choose, Choices: [{ Condition: true, Next: 'Use' }] };
    expect(problems(flow({ Choose: bare, Use: use }))).toEqual([
      ['UNDEFINED_VARIABLE', '/States/Use/Output'],
    ]);
    expect(problems(flow({ Choose: { ...bare, Default: 'Use' }, Use: use }))).toEqual([
      ['UNASSIGNED_ON_SOME_WAYS', '/States/Use/Output'],
    ]);
  });

  test('of the machine around can be read inside, but not assigned', () => {
    const inside = (state: JsonObject) => ({
      Type: 'Map',
      ItemProcessor: { StartAt: 'In', States: { In: state } },
      ...end,
    });

    expect(problems(flow({ Set: set, Use: inside(use) }))).toEqual([]);
    expect(problems(flow({ Set: set, Use: inside({ Type: 'Pass', Assign: { x: 2 }, ...end }) }))).toEqual([
      ['OUTER_VARIABLE', '/States/Use/ItemProcessor/States/In/Assign/x'],
    ]);
  });

  test('are not seen by a distributed Map', () => {
    const ProcessorConfig = { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' };
    const map = {
      Type: 'Map',
      ItemProcessor: { ProcessorConfig, StartAt: 'In', States: { In: use } },
      ...end,
    };

    expect(problems(flow({ Set: set, Use: map }))).toEqual([
      ['UNDEFINED_VARIABLE', '/States/Use/ItemProcessor/States/In/Output'],
    ]);
  });

  test('have names', () => {
    const assigning = (name: string) =>
      problems(flow({ A: { Type: 'Pass', Assign: { [name]: 1 }, ...end } }))[0]?.[0];

    expect(['x', 'größe_2', 'states', '2x', 'x.y', ''].map(assigning)).toEqual([
      undefined,
      undefined,
      'VARIABLE_NAME',
      'VARIABLE_NAME',
      'VARIABLE_NAME',
      'VARIABLE_NAME',
    ]);
  });

  test('bound inside an expression are its own', () => {
    expect(
      problems(
        flow({ A: { Type: 'Pass', Output: '{% ($t := 1; $map([1], function($v) { $v + $t })) %}', ...end } }),
      ),
    ).toEqual([]);
  });
});

test("[F34] variable references are those of a state's own fields, sorted", () => {
  const inner = {
    StartAt: 'In',
    States: { In: { Type: 'Pass', Parameters: { 'q.$': '$question' }, ...end } },
  };
  const definition = flow(
    {
      Ask: {
        Type: 'Choice',
        Choices: [{ Variable: '$guess', StringEqualsPath: '$answer.text', Next: 'Each' }],
      },
      Each: {
        Type: 'Map',
        ItemsPath: '$list',
        ItemSelector: { 'a.$': "States.Format('{}', $b)" },
        Iterator: inner,
        ...end,
      },
    },
    'JSONPath',
  );

  expect(variableReferences(definition)).toEqual({
    Ask: ['answer', 'guess'],
    Each: ['b', 'list'],
    In: ['question'],
  });
});

test('[F33] 1,000 states are checked quickly at each keystroke', () => {
  const states = Object.fromEntries(
    Array.from({ length: 1000 }, (_, index) => [
      `S${index}`,
      {
        Type: 'Pass',
        Output: `{% $states.input.a[${index}] %}`,
        ...(index === 999 ? end : { Next: `S${index + 1}` }),
      },
    ]),
  );
  const definition = flow(states);
  check(definition);

  // The best of many: a busy machine may be slow at times, a slow check always is.
  let best = Number.POSITIVE_INFINITY;
  for (let count = 0; count < 40 && best >= 50; count += 1) {
    const before = performance.now();
    check(definition);
    best = Math.min(best, performance.now() - before);
  }
  expect(best).toBeLessThan(50);
});
