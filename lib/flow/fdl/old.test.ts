import { describe, expect, test } from 'vitest';
import { check } from '../check';
import { importFdl } from './import';

/** The imported flow of steps given as YAML. */
function imported(steps: string, more = '') {
  const result = importFdl(`version: v1\ntype: flow\n${more}steps:\n${steps.replaceAll(/^/gm, '  ')}`);
  if (!result.ok) throw new Error(result.problems[0]?.problem.message);
  return {
    definition: result.definition,
    states: result.definition.States,
    problems: result.problems.map(({ problem }) => `${problem.severity} ${problem.pointer}`),
    checked: check(result.definition).map(({ code, pointer }) => `${code} ${pointer}`),
  };
}

const right = { problems: [], checked: [] };
const wholeInput = '$merge([$states.input.input, $states.input.local])';

describe('[F50] steps', () => {
  test("run from top to bottom, between the flow's input and output", () => {
    expect(imported('- {type: pass, name: a}\n- {type: wait, name: b, duration: 3}')).toEqual({
      ...right,
      definition: expect.objectContaining({ QueryLanguage: 'JSONata', StartAt: 'Flow input' }),
      states: {
        'Flow input': { Type: 'Pass', Output: { input: '{% $states.input %}', local: {} }, Next: 'a' },
        a: { Type: 'Pass', Next: 'b' },
        b: { Type: 'Wait', Seconds: 3, Next: 'Flow output' },
        'Flow output': { Type: 'Pass', Output: '{% $states.input.local %}', End: true },
      },
    });
  });

  test('end the flow with end, succeed and fail', () => {
    const { states } = imported(
      [
        '- {type: choice, name: a, choices: [{condition: $.x, goto: c}, {condition: $.y, goto: d}]}',
        '- {type: pass, name: b, end: true}',
        '- {type: succeed, name: c}',
        '- {type: fail, name: d, error: E, cause: $.why}',
      ].join('\n'),
    );

    expect(states).toMatchObject({
      a: { Choices: [{ Next: 'c' }, { Next: 'd' }], Default: 'b' },
      b: { Next: 'Flow output' },
      c: { Next: 'Flow output' },
      d: { Type: 'Fail', Error: 'E', Cause: `{% ($input := ${wholeInput}; $input.why) %}` },
    });
  });

  test('wait for a duration or a timestamp, given or read', () => {
    const wait = (field: string) => imported(`- {type: wait, name: a, ${field}}`).states.a;

    expect(wait('duration: "5"')).toMatchObject({ Seconds: 5 });
    expect(wait('duration: $.s')).toMatchObject({ Seconds: `{% ($input := ${wholeInput}; $input.s) %}` });
    expect(wait('timestamp: 2030-01-31T12:00:00Z')).toMatchObject({ Timestamp: '2030-01-31T12:00:00Z' });
  });
});

describe('[F51] data', () => {
  test('a step adds to the local of its list what it gives', () => {
    const { states } = imported('- {type: task, name: a, resourceArn: "acs:fnf:::flow/x", pattern: sync}');

    expect(states.a).toMatchObject({
      Resource: 'millrace:flow',
      Arguments: { flow: 'x', input: `{% ${wholeInput} %}`, wait: true },
      Output: '{% $merge([$states.input, {"local": $merge([$states.input.local, $states.result])}]) %}',
    });
  });

  test('mappings read the list before a step, and the step after it', () => {
    const { states } = imported(
      [
        '- type: task',
        '  name: a',
        '  resourceArn: acs:fnf:::flow/x',
        '  inputMappings: [{target: p, source: $local.q}, {target: c, source: ""}, {target: l, source: [1]}]',
        '  serviceParams: {Input: {k: $.p}, ExecutionName: $.c}',
        '  outputMappings: [{target: r, source: $local.r}, {target: p, source: $input.p}]',
      ].join('\n'),
    );
    const input = '{"p": $states.input.local.q, "c": "", "l": [1]}';

    expect(states.a).toMatchObject({
      Arguments: {
        input: `{% {"k": ($input := ${input}; $input.p)} %}`,
        name: `{% ($input := ${input}; $input.c) %}`,
        wait: false,
      },
      Output: `{% $merge([$states.input, {"local": $merge([$states.input.local, ($input := ${input}; {"r": $states.result.r, "p": $input.p})])}]) %}`,
    });
  });

  test('the flow maps what comes in and what goes out', () => {
    const { states } = imported(
      '- {type: pass, name: a}',
      'inputMappings: [{target: x, source: $input.payload.x}]\noutputMappings: [{target: y, source: $local.z}, {target: x, source: $input.x}]\n',
    );

    expect(states['Flow input']).toMatchObject({ Output: { input: '{% {"x": $states.input.payload.x} %}' } });
    expect(states['Flow output']).toMatchObject({
      Output: '{% {"y": $states.input.local.z, "x": $states.input.input.x} %}',
    });
  });

  test('parallel and foreach give nothing unless they are told to', () => {
    expect(
      imported('- {type: parallel, name: a, branches: [{steps: [{type: pass, name: b}]}]}').states.a,
    ).toMatchObject({
      Output: '{% $states.input %}',
    });
    expect(
      imported(
        '- {type: parallel, name: a, branches: [{steps: [{type: pass, name: b}]}], outputMappings: [{target: x, source: "$local[*].y"}]}',
      ).states.a,
    ).toMatchObject({
      Output:
        '{% $merge([$states.input, {"local": $merge([$states.input.local, {"x": [$states.result.y]}])}]) %}',
    });
  });
});

describe('[F52] lists inside', () => {
  test('the steps of a choice have data of their own, and give it back', () => {
    const { states, ...rest } = imported(
      [
        '- type: choice',
        '  name: a',
        '  inputMappings: [{target: n, source: $local.n}]',
        '  outputMappings: [{target: m, source: $local.k}]',
        '  choices:',
        '    - condition: $.n > 1',
        '      steps: [{type: pass, name: b}]',
        '      goto: c',
        '  default: {goto: a}',
        '- {type: pass, name: c}',
      ].join('\n'),
    );

    expect(rest).toMatchObject(right);
    expect(states).toMatchObject({
      a: {
        Choices: [
          {
            Condition: '{% ($input := {"n": $states.input.local.n}; ($input.n > 1) = true) %}',
            Next: 'b',
            Output: '{% {"input": {"n": $states.input.local.n}, "local": {}, "outer": $states.input} %}',
          },
        ],
        Default: 'a',
      },
      b: { Next: 'a end' },
      'a end': {
        Output:
          '{% $merge([$states.input.outer, {"local": $merge([$states.input.outer.local, {"m": $states.input.local.k}])}]) %}',
        Next: 'c',
      },
    });
  });

  test('a branch and an iteration give their local', () => {
    const { states, ...rest } = imported(
      [
        '- type: foreach',
        '  name: a',
        '  iterationMapping: {collection: $.items, item: it, index: i}',
        '  steps: [{type: pass, name: b, outputMappings: [{target: o, source: $input.it}]}]',
        '- {type: parallel, name: p, branches: [{steps: [{type: pass, name: c}]}]}',
      ].join('\n'),
    );

    expect(rest).toMatchObject(right);
    expect(states.a).toMatchObject({
      Items: `{% ($input := ${wholeInput}; $input.items) %}`,
      ItemSelector: {
        input: `{% $merge([${wholeInput}, {"it": $states.context.Map.Item.Value, "i": $states.context.Map.Item.Index}]) %}`,
        local: {},
      },
      ItemProcessor: {
        StartAt: 'b',
        States: { 'a result': { Output: '{% $states.input.local %}', End: true } },
      },
    });
    expect(states.p).toMatchObject({ Arguments: { input: `{% ${wholeInput} %}`, local: {} } });
  });
});

describe('[F45] failures', () => {
  test('are retried with the old defaults and caught with a goto', () => {
    const { states, ...rest } = imported(
      [
        '- type: task',
        '  name: a',
        '  resourceArn: acs:fnf:::flow/x',
        '  retry: [{errors: [FC.ResourceThrottled]}]',
        '  catch: [{errors: [FnF.ALL], goto: b}]',
        '  errorMappings: [{target: e, source: $local.error}, {target: c, source: $local.cause}]',
        '- {type: pass, name: b}',
      ].join('\n'),
    );
    const error = '{"error": $states.errorOutput.Error, "cause": $states.errorOutput.Cause}';

    expect(rest).toMatchObject(right);
    expect(states.a).toMatchObject({
      Retry: [
        {
          ErrorEquals: ['FC.ResourceThrottled'],
          IntervalSeconds: 1,
          BackoffRate: 2,
          MaxDelaySeconds: 86_400,
          MaxAttempts: 3,
        },
      ],
      Catch: [
        {
          ErrorEquals: ['States.ALL'],
          Output: `{% $merge([$states.input, {"local": $merge([$states.input.local, ($local := ${error}; {"e": $local.error, "c": $local.cause})])}]) %}`,
          Next: 'b',
        },
      ],
    });
  });

  test('are caught with steps', () => {
    const { states, ...rest } = imported(
      '- {type: task, name: a, resourceArn: "acs:fnf:::flow/x", catch: [{errors: [E], steps: [{type: fail, name: f, error: E}]}]}',
    );

    expect(rest).toMatchObject(right);
    expect(states.a).toMatchObject({ Catch: [{ Next: 'f' }] });
  });
});

describe('[F41] nothing is dropped silently', () => {
  test.each<[string, string, string[]]>([
    ['an unknown field', '- {type: pass, name: a, foo: 1}', ['error /steps/0/foo']],
    ['a loop', '- {type: loop, name: a, steps: []}', ['error /steps/0/type']],
    [
      'a function',
      '- {type: task, name: a, resourceArn: "acs:fc:::services/s/functions/f"}',
      ['error /steps/0/resourceArn'],
    ],
    [
      'a function named by a tag',
      '- {type: task, name: a, resourceArn: !Ref s/f}',
      ['warning /steps/0/resourceArn', 'error /steps/0/resourceArn', 'warning '],
    ],
    [
      'a goto to nowhere',
      '- {type: choice, name: a, choices: [{condition: $.x, goto: z}]}',
      ['error /steps/0/choices/0/goto'],
    ],
    [
      'a context that is not here',
      '- {type: pass, name: a, inputMappings: [{target: x, source: $context.step.eventId}], outputMappings: [{target: y, source: $input.x}]}',
      ['error /steps/0/inputMappings/0/source'],
    ],
    [
      'a step that nothing leads to',
      '- {type: fail, name: a}\n- {type: pass, name: b}',
      ['warning /steps/1/name'],
    ],
  ])('%s', (_, steps, problems) => {
    expect(imported(steps)).toMatchObject({ problems, checked: [] });
  });
});
