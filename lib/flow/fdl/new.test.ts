import { describe, expect, test } from 'vitest';
import { check } from '../check';
import { importFdl } from './import';

/** The imported states of a flow whose states are given as YAML; its first state is A. */
function imported(states: string) {
  const text = `Type: StateMachine\nName: f\nSpecVersion: v1\nStartAt: A\nStates:\n${states.replaceAll(/^/gm, '  ')}`;
  const result = importFdl(text);
  if (!result.ok) throw new Error(result.problems[0]?.problem.message);
  return {
    definition: result.definition,
    states: result.definition.States,
    problems: result.problems.map(({ problem }) => `${problem.severity} ${problem.pointer}`),
    checked: check(result.definition).map(({ code, pointer }) => `${code} ${pointer}`),
  };
}

const right = { problems: [], checked: [] };

/** A path that may lead nowhere, as a value. */
function orNull(path: string): string {
  return `{% $exists(${path}) ? ${path} : null %}`;
}

test('[F40] a flow becomes a definition in JSONata', () => {
  const text = [
    'Type: StateMachine',
    'Name: order-flow',
    'SpecVersion: v1',
    'Description: orders',
    'Timeout: "60"',
    'StartAt: A',
    'States:',
    '  - {Name: A, Type: Succeed, End: true}',
  ].join('\n');

  const result = importFdl(text);

  expect(result).toEqual({
    ok: true,
    name: 'order-flow',
    problems: [],
    definition: {
      Comment: 'orders',
      QueryLanguage: 'JSONata',
      TimeoutSeconds: 60,
      StartAt: 'A',
      States: { A: { Type: 'Succeed' } },
    },
  });
});

test('[F40] what is no flow is refused', () => {
  expect(importFdl('StartAt: A')).toMatchObject({
    ok: false,
    problems: [{ problem: { code: 'FDL_UNKNOWN' } }],
  });
  expect(importFdl('a: [')).toMatchObject({ ok: false, problems: [{ problem: { code: 'YAML_SYNTAX' } }] });
});

describe('[F42] constructors', () => {
  test('of a Pass state alone give its output', () => {
    expect(
      imported('- {Name: A, Type: Pass, InputConstructor: {x.$: $Input.a, y: 1}, End: true}'),
    ).toMatchObject({
      ...right,
      states: { A: { Type: 'Pass', Output: { x: orNull('$states.input.a'), y: 1 }, End: true } },
    });
  });

  test('of an input need a state before', () => {
    const { states, definition } = imported(
      '- {Name: A, Type: Wait, Seconds: 1, InputConstructor: {x.$: $Input.a}, OutputConstructor: {y.$: $Input.x}, End: true}',
    );

    expect(definition.StartAt).toBe('A input');
    expect(states).toEqual({
      'A input': { Type: 'Pass', Output: { x: orNull('$states.input.a') }, Next: 'A' },
      A: { Type: 'Wait', Seconds: 1, Output: { y: orNull('$states.input.x') }, End: true },
    });
  });

  test('keep constants that look like expressions', () => {
    expect(
      imported('- {Name: A, Type: Pass, InputConstructor: {x: "{% 1 %}", y: $Input}, End: true}').states,
    ).toMatchObject({
      A: { Output: { x: '{% "{% 1 %}" %}', y: '$Input' } },
    });
  });

  test('of globals see the raw output, and globals begin empty', () => {
    const { states, ...rest } = imported(
      [
        '- {Name: A, Type: Task, Action: "HTTP:Request", Parameters: {url: u}, OutputConstructor: {c.$: $Output.Code}, GlobalConstructor: {code.$: $Output.Code}, Next: B}',
        '- {Name: B, Type: Pass, InputConstructor: {c.$: $Global.code}, End: true}',
      ].join('\n'),
    );

    expect(rest).toMatchObject(right);
    expect(states).toMatchObject({
      Global: { Type: 'Pass', Assign: { Global: {} }, Next: 'A' },
      A: {
        Output: { c: '{% $states.result.status %}' },
        Assign: { Global: '{% $merge([$Global, {"code": $states.result.status}]) %}' },
      },
      B: { Output: { c: orNull('$Global.code') } },
    });
  });

  test('of globals inside a branch are seen inside only, and that is told', () => {
    const { problems, checked, states } = imported(
      [
        '- {Name: A, Type: Pass, GlobalConstructor: {x: 1}, Next: P}',
        '- Name: P',
        '  Type: Parallel',
        '  Branches: [{StartAt: I, States: [{Name: I, Type: Pass, GlobalConstructor: {y.$: $Global.x}, End: true}]}]',
        '  End: true',
      ].join('\n'),
    );

    expect(problems).toEqual(['error /States/1/Branches/0/States/0/GlobalConstructor']);
    expect(checked).toEqual([]);
    expect(JSON.stringify(states)).toContain('"Globals":"{% $merge([$merge([$Global, $Globals]), ');
  });
});

describe('[F44] tasks and containers', () => {
  test('an HTTP request has the output that FDL gives it', () => {
    expect(
      imported(
        '- {Name: A, Type: Task, Action: "HTTP:Request", Parameters: {method: post, url.$: $Input.u, body: {a: [1]}}, Timeout: 0, End: true}',
      ),
    ).toMatchObject({
      ...right,
      states: {
        A: {
          Type: 'Task',
          Resource: 'millrace:http',
          Arguments: { method: 'POST', url: orNull('$states.input.u'), body: { a: [1] } },
          Output: {
            Header: '{% $states.result.headers %}',
            Code: '{% $states.result.status %}',
            Body: '{% $states.result.body %}',
          },
          End: true,
        },
      },
    });
  });

  test('a flow is started, or waited for', () => {
    const task = (mode: string) =>
      imported(
        `- {Name: A, Type: Task, Action: "FNF:StartExecution", TaskMode: ${mode}, Parameters: {resourceArn: "acs:fnf:::flow/child", input: {n.$: $Input.n}}, Timeout.$: $Input.t, End: true}`,
      ).states.A;

    expect(task('WaitForSystemCallback')).toEqual({
      Type: 'Task',
      Resource: 'millrace:flow',
      Arguments: { flow: 'child', input: { n: orNull('$states.input.n') }, wait: true },
      TimeoutSeconds: '{% $states.input.t %}',
      End: true,
    });
    expect(task('RequestComplete')).toMatchObject({
      Arguments: { wait: false },
      Output: { FlowName: '{% "child" %}', ExecutionName: '{% $states.result.name %}' },
    });
  });

  test('a callback is waited for, with its token', () => {
    expect(
      imported(
        '- {Name: A, Type: Task, Action: "HTTP:Request", TaskMode: WaitForCustomCallback, Parameters: {url: u, body: {t.$: $Context.Current.TaskToken}}, End: true}',
      ).states.A,
    ).toMatchObject({
      Resource: 'millrace:http.waitForTaskToken',
      Arguments: {
        body: { t: '{% $states.context.Task.Token %}' },
        headers: { 'X-FnF-Http-Callback-Task-Token': '{% $states.context.Task.Token %}' },
      },
    });
  });

  test('[F41] an action of the cloud keeps its name and is told', () => {
    const { states, problems, checked } = imported(
      '- {Name: A, Type: Task, Action: "FC:InvokeFunction", Parameters: {resourceArn: r, body: {x.$: $Input}}, End: true}',
    );

    expect(states.A).toMatchObject({
      Resource: 'acs:FC:InvokeFunction',
      Arguments: { resourceArn: 'r', body: { x: '{% $states.input %}' } },
    });
    expect([problems, checked]).toEqual([['error /States/0/Action'], []]);
  });

  test('a Parallel gives Branch0, Branch1, …', () => {
    const branches =
      '[{StartAt: X, States: [{Name: X, Type: Pass, End: true}]}, {StartAt: X, States: [{Name: X, Type: Pass, End: true}]}]';
    const parallel = (more: string) =>
      imported(`- {Name: A, Type: Parallel, Branches: ${branches}, ${more}End: true}`);

    expect(parallel('').states.A).toMatchObject({
      Branches: [{ StartAt: 'X' }, { StartAt: 'X (2)' }],
      Output: { Branch0: '{% $states.result[0] %}', Branch1: '{% $states.result[1] %}' },
    });
    expect(parallel('').problems).toEqual(['warning /States/0/Branches/1/States/0/Name']);
    expect(parallel('OutputConstructor: {b.$: $Output.Branch1.y, all.$: $Output}, ').states.A).toMatchObject({
      Output: {
        b: orNull('$states.result[1].y'),
        all: '{% {"Branch0": $states.result[0], "Branch1": $states.result[1]} %}',
      },
    });
  });

  test('a Map gives Items, at most 40 at a time; the misspelt field is read too', () => {
    const processor = 'Processor: {StartAt: X, States: [{Name: X, Type: Pass, End: true}]}';
    const map = (more: string) =>
      imported(`- {Name: A, Type: Map, ItemsPath: $Input.l, ${processor}, ${more}End: true}`);

    expect(map('')).toMatchObject({
      ...right,
      states: {
        A: {
          Type: 'Map',
          Items: '{% $states.input.l %}',
          ItemProcessor: { StartAt: 'X', States: { X: { Type: 'Pass', End: true } } },
          MaxConcurrency: 40,
          Output: { Items: '{% $states.result %}' },
          End: true,
        },
      },
    });
    expect(map('MaxConcuccency: 3, ').states.A).toMatchObject({ MaxConcurrency: 3 });
  });

  test('a distributed Map keeps tolerance, batches and items; OSS is told', () => {
    const { states, problems, checked } = imported(
      [
        '- Name: A',
        '  Type: Map',
        '  ItemsPath: $Input.l',
        '  MaxItems: 2',
        '  ProcessorConfig: {ExecutionMode: Express}',
        '  ItemConstructor: {i.$: $Item.id}',
        '  ItemBatcher: {MaxItemsPerBatch: 10}',
        '  ToleratedFailedPercentage: 5',
        '  ItemReader: {}',
        '  Processor: {StartAt: X, States: [{Name: X, Type: Pass, End: true}]}',
        '  End: true',
      ].join('\n'),
    );

    expect(states.A).toMatchObject({
      Items: '{% [($states.input.l)[[0..1]]] %}',
      ItemSelector: { i: orNull('$states.context.Map.Item.Value.id') },
      ItemProcessor: { ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'EXPRESS' } },
      ItemBatcher: { MaxItemsPerBatch: 10 },
      ToleratedFailurePercentage: 5,
      MaxConcurrency: 100,
    });
    expect(problems).toEqual(['warning /States/0/ItemBatcher', 'error /States/0/ItemReader']);
    expect(checked).toEqual([]);
  });
});

test('a Choice tries its branches in order', () => {
  expect(
    imported(
      [
        '- {Name: A, Type: Choice, Branches: [{Condition: "$Input.n > 1", Next: B}, {Condition: $Input.flag, Next: C}], Default: C}',
        '- {Name: B, Type: Fail, Code: E, Detail.$: $Input.why}',
        '- {Name: C, Type: Succeed, OutputConstructor: {x: 1}}',
      ].join('\n'),
    ),
  ).toMatchObject({
    ...right,
    states: {
      A: {
        Type: 'Choice',
        Choices: [
          { Condition: '{% ($states.input.n > 1) = true %}', Next: 'B' },
          { Condition: '{% $boolean($states.input.flag) = true %}', Next: 'C' },
        ],
        Default: 'C',
      },
      B: {
        Type: 'Fail',
        Error: 'E',
        Cause: '{% $exists($states.input.why) ? $string($states.input.why) : "" %}',
      },
      C: { Type: 'Succeed', Output: { x: 1 } },
    },
  });
});

describe('[F45] failures', () => {
  const failing = (rules: string) =>
    imported(
      `- {Name: A, Type: Task, Action: "HTTP:Request", Parameters: {url: u}, ${rules}, Next: B}\n- {Name: B, Type: Succeed}`,
    );

  test('retries keep constant delays constant', () => {
    expect(
      failing('Retry: [{Errors: [FnF.TaskTimeout, E], MaxAttempts: 2, IntervalSeconds: 5, Description: d}]'),
    ).toMatchObject({
      ...right,
      states: {
        A: {
          Retry: [
            {
              ErrorEquals: ['States.Timeout', 'E'],
              IntervalSeconds: 5,
              BackoffRate: 1,
              MaxAttempts: 2,
              Comment: 'd',
            },
          ],
        },
      },
    });
  });

  test('a bound that is below the interval is the delay', () => {
    expect(
      failing(
        'Retry: [{Errors: [E], MaxAttempts: 2, IntervalSeconds: 9, BackoffRate: 2, MaxBackoffSeconds: 4}]',
      ).states.A,
    ).toMatchObject({
      Retry: [{ IntervalSeconds: 4, BackoffRate: 1 }],
    });
  });

  test('rules after one for all errors are left out, and that is told', () => {
    const { states, problems, checked } = failing(
      'Catch: [{Errors: [FnF.ALL], Next: B}, {Errors: [E], Next: B}]',
    );

    expect(states.A).toMatchObject({
      Catch: [{ ErrorEquals: ['States.ALL'], Output: '{% $states.input %}', Next: 'B' }],
    });
    expect([problems, checked]).toEqual([['warning /States/0/Catch/1'], []]);
  });

  test('an error is read where it was caught', () => {
    expect(
      failing(
        'Catch: [{Errors: [E], Next: B, OutputConstructor: {c.$: $Context.Current.Error.Code, d.$: $Context.Current.Error.Detail}}]',
      ).states.A,
    ).toMatchObject({
      Catch: [{ Output: { c: orNull('$states.errorOutput.Error'), d: orNull('$states.errorOutput.Cause') } }],
    });
  });
});

describe('[F41] nothing is dropped silently', () => {
  test('what is lost is an error, what is carried over by other means a warning, each with its code', () => {
    const states =
      '  - {Name: A, Type: Pass, Foo: 1, InputConstructor: {x.$: {y: $Input.a, z: 1}}, End: true}';
    const result = importFdl(`Type: StateMachine\nSpecVersion: v1\nStartAt: A\nStates:\n${states}`);
    const found = result.problems.map(({ problem: { code, severity } }) => `${severity} ${code}`).sort();

    expect(found).toEqual(['error FDL_LOST', 'warning FDL_CHANGED']);
  });

  test.each<[string, string, string[]]>([
    ['an unknown field', '- {Name: A, Type: Pass, Foo: 1, End: true}', ['error /States/0/Foo']],
    ['an unknown type', '- {Name: A, Type: Loop, End: true}', ['error /States/0/Type']],
    [
      'an expression that cannot be read',
      '- {Name: A, Type: Pass, InputConstructor: {x.$: "$Input."}, End: true}',
      ['error /States/0/InputConstructor/x.$'],
    ],
    [
      'a variable that is not there',
      '- {Name: A, Type: Pass, InputConstructor: {x.$: $Output.a}, End: true}',
      ['error /States/0/InputConstructor/x.$'],
    ],
    [
      'globals that nobody sets',
      '- {Name: A, Type: Pass, InputConstructor: {x.$: $Global.a}, End: true}',
      ['error /States/0/InputConstructor/x.$'],
    ],
    [
      'a map for an expression',
      '- {Name: A, Type: Pass, InputConstructor: {x.$: {y: $Input.a, z: 1}}, End: true}',
      ['warning /States/0/InputConstructor/x.$'],
    ],
    [
      'the bounds of a random number, which are a guess',
      '- {Name: A, Type: Pass, InputConstructor: {x.$: "randomInt(1, 6)"}, End: true}',
      ['warning /States/0/InputConstructor/x.$'],
    ],
    [
      'what a Fail cannot have',
      '- {Name: A, Type: Fail, Code: E, OutputConstructor: {x: 1}, GlobalConstructor: {y: 1}, Next: A, End: true}',
      ['error /States/0/Next', 'error /States/0/OutputConstructor', 'error /States/0/GlobalConstructor'],
    ],
    ['a way on from a Succeed', '- {Name: A, Type: Succeed, Next: A, End: true}', ['error /States/0/Next']],
    [
      'a state that nothing leads to',
      '- {Name: A, Type: Succeed}\n- {Name: B, Type: Succeed}',
      ['warning /States/1/Name'],
    ],
    [
      'a wait without a number',
      '- {Name: A, Type: Wait, Seconds: soon, End: true}',
      ['error /States/0/Seconds'],
    ],
  ])('%s', (_, states, problems) => {
    expect(imported(states)).toMatchObject({ problems, checked: [] });
  });

  test('and the place is that of the text', () => {
    const result = importFdl(
      'Type: StateMachine\nStartAt: A\nStates:\n  - Name: A\n    Type: Succeed\n    Foo: bar\n',
    );

    expect(result.problems).toMatchObject([{ span: { line: 6, column: 10 } }]);
  });
});
