import { describe, expect, test } from 'vitest';
import type { Json } from '@/lib/expression/json';
import { flow, run, steps, type Tasks } from './testing-cloudflow';

/** F40: each construct of CloudFlow's languages, alone, does here what it does there. */

const http = { status: 200, headers: {}, body: { id: 7 } };
const echo: Tasks = (_, parameters) => ({ output: parameters });
const task = (more: string) => `{Name: A, Type: Task, Action: "HTTP:Request", Parameters: {url: u}, ${more}}`;
const pass = (name: string, value: string) =>
  `{Name: ${name}, Type: Pass, InputConstructor: {${value}}, End: true}`;
const branch = (state: string, name: string) => `{StartAt: ${name}, States: [${state}]}`;

describe('[F42] states of the new language', () => {
  test('Pass: without constructors its input is its output', () => {
    expect(run(flow('- {Name: A, Type: Pass, End: true}'), { a: 1 }).output).toEqual({ a: 1 });
  });

  test('Pass: literals beside expressions stay what they are', () => {
    const text = flow(
      '- {Name: A, Type: Pass, InputConstructor: {a: $Input.x, b.$: $Input.x, c: {d.$: $Input.x}}, End: true}',
    );
    expect(run(text, { x: 1 }).output).toEqual({ a: '$Input.x', b: 1, c: { d: 1 } });
  });

  test('[F43] what is missing is null in constructors, in parameters and in globals, and an empty text in a Fail', () => {
    const members = 'a.$: $Input.no.such, b: [{c.$: "get($Input.m, \\"x\\")"}], d.$: "$Input.l[*].n"';
    const text = flow(
      [
        `- {Name: A, Type: Pass, InputConstructor: {${members}}, GlobalConstructor: {g.$: $Input.none}, Next: B}`,
        '- {Name: B, Type: Task, Action: "HTTP:Request", Parameters: {url: u, body.$: $Input.none}, OutputConstructor: {in.$: $Input, g.$: $Global.g, out.$: $Output.Body.none}, End: true}',
      ].join('\n'),
    );
    const bodies: Json[] = [];
    const tasks: Tasks = (_, parameters) => {
      bodies.push(parameters);
      return { output: http };
    };
    expect(run(text, { m: {} }, tasks).output).toEqual({
      in: { a: null, b: [{ c: null }], d: [] },
      g: null,
      out: null,
    });
    expect(bodies).toEqual([{ url: 'u', body: null }]);
    const fail = flow('- {Name: A, Type: Fail, Code: Bad, Detail.$: $Input.why}');
    expect(run(fail, {})).toMatchObject({ error: 'Bad' });
  });

  test('Choice: its constructors hold for every way', () => {
    const text = flow(
      [
        '- {Name: A, Type: Choice, Branches: [{Condition: "$Input.n > 1", Next: B}], Default: B, OutputConstructor: {o.$: $Input.n}, GlobalConstructor: {g.$: $Input.n}}',
        '- {Name: B, Type: Pass, OutputConstructor: {o.$: $Input.o, g.$: $Global.g}, End: true}',
      ].join('\n'),
    );
    expect(run(text, { n: 2 }).output).toEqual({ o: 2, g: 2 });
    expect(run(text, { n: 0 }).output).toEqual({ o: 0, g: 0 });
  });

  test('Succeed ends its own scope only', () => {
    const text = flow(
      [
        `- {Name: A, Type: Parallel, Branches: [${branch('{Name: S, Type: Succeed, OutputConstructor: {s: 1}}', 'S')}], Next: B}`,
        '- {Name: B, Type: Pass, OutputConstructor: {got.$: $Input.Branch0.s}, End: true}',
      ].join('\n'),
    );
    expect(run(text, {})).toMatchObject({ output: { got: 1 }, entered: ['A', 'S', 'B'] });
  });

  test('Fail: its error is seen by the Catch of the state around it', () => {
    const text = flow(
      [
        `- {Name: A, Type: Parallel, Branches: [${branch('{Name: F, Type: Fail, Code: Bad, Detail: why}', 'F')}], Catch: [{Errors: [Bad], Next: C, OutputConstructor: {code.$: $Context.Current.Error.Code, detail.$: $Context.Current.Error.Detail}}], End: true}`,
        '- {Name: C, Type: Pass, End: true}',
      ].join('\n'),
    );
    expect(run(text, {})).toMatchObject({ output: { code: 'Bad', detail: 'why' }, entered: ['A', 'F', 'C'] });
  });

  test('a Parallel gives each branch its input and its outputs as Branch0, Branch1', () => {
    const text = flow(
      `- {Name: A, Type: Parallel, Branches: [${branch(pass('X', 'v.$: $Input.n'), 'X')}, ${branch(pass('Y', 'w.$: $Input.n'), 'Y')}], End: true}`,
    );
    expect(run(text, { n: 2 }).output).toEqual({ Branch0: { v: 2 }, Branch1: { w: 2 } });
  });

  test('a Map iterates over elements, which are the inputs of its iterations', () => {
    const text = flow(
      `- {Name: A, Type: Map, ItemsPath: $Input.l, MaxConcuccency: 1, Processor: ${branch('{Name: X, Type: Pass, OutputConstructor: {n.$: "intAdd($Input.n, 1)"}, End: true}', 'X')}, OutputConstructor: {all.$: $Output.Items}, End: true}`,
    );
    expect(run(text, { l: [{ n: 1 }, { n: 2 }] }).output).toEqual({ all: [{ n: 2 }, { n: 3 }] });
  });

  test('a distributed Map builds its items, puts them together and tolerates failures', () => {
    const text = flow(
      `- {Name: A, Type: Map, ProcessorConfig: {ExecutionMode: Express}, ItemsPath: $Input.l, ItemConstructor: {v.$: $Item.n}, ToleratedFailureCount: 1, Processor: ${branch('{Name: X, Type: Choice, Branches: [{Condition: $Input.v > 1, Next: F}], Default: S}', 'X').replace(']}', ', {Name: F, Type: Fail, Code: Big}, {Name: S, Type: Succeed}]}').replace('[{Condition', '[{Condition')}, End: true}`,
    );
    expect(run(text, { l: [{ n: 1 }, { n: 2 }] }).output).toEqual({ Items: [{ v: 1 }] });
    expect(run(text, { l: [{ n: 1 }, { n: 2 }, { n: 3 }] }).error).toBeDefined();
  });

  test.each<[string, number]>([
    ['Seconds: 5', 5],
    ['Seconds.$: $Input.s', 9],
  ])('Wait: %s', (field, seconds) => {
    expect(run(flow(`- {Name: A, Type: Wait, ${field}, End: true}`), { s: 9 })).toMatchObject({
      output: { s: 9 },
      seconds,
    });
  });

  test.each<[string, Json, string]>([
    ['$Input.a == "x" && $Input.n >= 2', { a: 'x', n: 2 }, 'Yes'],
    ['$Input.a == `x` || $Input.n != 2', { a: 'y', n: 2 }, 'No'],
    ['!($Input.gone)', {}, 'Yes'],
    ['$Input.l[1] > 12.5', { l: [0, 13] }, 'Yes'],
    ['length($Input.l) < 2', { l: [0, 13] }, 'No'],
    ['$Input.a in ["x", "y"]', { a: 'y' }, 'Yes'],
    ['$Context.Current.Input.n <= -1', { n: -1 }, 'Yes'],
    ['$Input.gone > 1', {}, 'No'],
  ])('Choice: %s of %j', (condition, input, state) => {
    const text = flow(
      [
        `- {Name: A, Type: Choice, Branches: [{Condition: ${JSON.stringify(condition)}, Next: "Yes"}], Default: "No"}`,
        '- {Name: "Yes", Type: Succeed}',
        '- {Name: "No", Type: Succeed, End: true}',
      ].join('\n'),
    );
    expect(run(text, input)).toMatchObject({ output: input, entered: ['A', state] });
  });
});

describe('[F42] data of the new language', () => {
  test('globals are merged, and the output is constructed before them', () => {
    const text = flow(
      [
        `- ${task('GlobalConstructor: {a.$: $Output.Body.id, b: 1}, OutputConstructor: {before.$: $Global}, Next: B')}`,
        '- {Name: B, Type: Pass, GlobalConstructor: {b: 2}, Next: C}',
        '- {Name: C, Type: Pass, OutputConstructor: {g.$: $Global, i.$: $Input}, End: true}',
      ].join('\n'),
    );
    expect(run(text, {}, () => ({ output: http })).output).toEqual({
      g: { a: 7, b: 2 },
      i: { before: {} },
    });
  });

  test('the context tells of the execution and the state', () => {
    const text = flow(
      '- {Name: A, Type: Pass, OutputConstructor: {n.$: $Context.Execution.Name, i.$: $Context.Execution.Input.x, s.$: $Context.Current.Name}, End: true}',
    );
    expect(run(text, { x: 1 }).output).toEqual({ n: 'x-1', i: 1, s: 'A' });
  });

  test.each<[string, Json]>([
    ['format("{}-{}", $Input.s, 1)', 'a,b-1'],
    ['length($Input.l)', 3],
    ['split($Input.s, ",")', ['a', 'b']],
    ['regexMatchString("^a", $Input.s)', true],
    ['get($Input.l, 1)', 2],
    ['get($Input.o, "k")', 'v'],
    ['intAdd(1, -3)', -2],
    ['arrayContains($Input.l, 2)', true],
    ['arrayUnique($Input.l)', [1, 2]],
    ['toArray(1, "x")', [1, 'x']],
    ['mapKeys($Input.o)', ['k', 'l']],
    ['mapValues($Input.o)', ['v', 'w']],
    ['toBase64("hi")', 'aGk='],
    ['fromBase64("aGk=")', 'hi'],
    ['hash("a", "MD5")', '0cc175b9c0f1b6a831c399e269772661'],
    ['stringToJson("{\\"a\\": 1}")', { a: 1 }],
    ['fromJSON("{\\"a\\": 1}")', { a: 1 }],
    ['jsonToString($Input.o)', '{"k":"v","l":"w"}'],
    ['jsonMerge($Input.o, stringToJson("{\\"k\\": 2}"))', { k: 2, l: 'w' }],
  ])('%s', (call, expected) => {
    const text = flow(
      `- {Name: A, Type: Pass, OutputConstructor: {r.$: ${JSON.stringify(call)}}, End: true}`,
    );
    expect(run(text, { s: 'a,b', l: [1, 2, 2], o: { k: 'v', l: 'w' } }).output).toEqual({ r: expected });
  });
});

describe('[F45] errors of the new language', () => {
  const failing: Tasks = () => ({ error: 'E', cause: 'no' });

  test('retries grow by BackoffRate up to MaxBackoffSeconds', () => {
    const text = flow(
      `- ${task('Retry: [{Errors: [E], MaxAttempts: 3, IntervalSeconds: 2, BackoffRate: 3, MaxBackoffSeconds: 10}], End: true')}`,
    );
    expect(run(text, {}, failing)).toMatchObject({ error: 'E', seconds: 2 + 6 + 10 });
  });

  test('a Catch without a constructor passes the input of the state on', () => {
    const text = flow(
      [`- ${task('Catch: [{Errors: [E], Next: C}], End: true')}`, '- {Name: C, Type: Pass, End: true}'].join(
        '\n',
      ),
    );
    expect(run(text, { kept: 1 }, failing)).toMatchObject({ output: { kept: 1 }, entered: ['A', 'C'] });
  });

  test('the first rule that matches counts', () => {
    const text = flow(
      [
        `- ${task('Catch: [{Errors: [Other], Next: B}, {Errors: [E, F], Next: C}, {Errors: [FnF.ALL], Next: B}], End: true')}`,
        '- {Name: B, Type: Pass, End: true}',
        '- {Name: C, Type: Pass, End: true}',
      ].join('\n'),
    );
    expect(run(text, {}, failing).entered).toEqual(['A', 'C']);
  });

  test.each<[string]>([['Timeout: 5'], ['Timeout: "5"'], ['Timeout.$: $Input.t']])(
    'a task that takes longer than %s is FnF.TaskTimeout',
    (field) => {
      const text = flow(
        [
          `- ${task(`${field}, Catch: [{Errors: [FnF.TaskTimeout], Next: C}], End: true`)}`,
          '- {Name: C, Type: Pass, End: true}',
        ].join('\n'),
      );
      expect(run(text, { t: 5 }, () => undefined)).toMatchObject({ entered: ['A', 'C'], seconds: 5 });
    },
  );

  test('the whole flow has a timeout', () => {
    const text = flow('- {Name: A, Type: Wait, Seconds: 60, End: true}').replace(
      'StartAt',
      'Timeout: 7\nStartAt',
    );
    expect(run(text, {})).toEqual({ error: undefined, entered: ['A'], seconds: 7 });
  });
});

describe('[F44] task modes', () => {
  test('a callback has its token in the parameters, and what is reported is the output', () => {
    const text = flow(
      '- {Name: A, Type: Task, Action: "FC:InvokeFunction", TaskMode: WaitForCustomCallback, Parameters: {token.$: $Context.Current.TaskToken}, OutputConstructor: {reported.$: $Output.r}, End: true}',
    );
    const given: Json[] = [];
    const result = run(text, {}, (_, parameters) => {
      given.push(parameters);
      return { output: { r: 1 } };
    });
    expect(result.output).toEqual({ reported: 1 });
    expect(given).toEqual([{ token: expect.any(String) }]);
  });

  test('a flow that is waited for gives its output', () => {
    const text = flow(
      '- {Name: A, Type: Task, Action: "FNF:StartExecution", TaskMode: WaitForSystemCallback, Parameters: {resourceArn: "acs:fnf:x:1:flow/sub", input: {n.$: $Input.n}}, End: true}',
    );
    const given: Json[] = [];
    const result = run(text, { n: 1 }, (_, parameters) => {
      given.push(parameters);
      return { output: { sum: 3 } };
    });
    expect(given).toEqual([{ flow: 'sub', input: { n: 1 }, wait: true }]);
    expect(result.output).toEqual({ sum: 3 });
  });
});

const call = (name: string, more = '') =>
  `- {type: task, name: ${name}, resourceArn: "acs:fnf:::flow/${name}", pattern: sync${more}}`;

describe('[F50] steps of the old language', () => {
  test('pass: its output is what its mappings say', () => {
    const text = steps(
      '- {type: pass, name: a, inputMappings: [{target: n, source: $input.k}], outputMappings: [{target: r, source: $input.n}, {target: c, source: {}}]}',
    );
    expect(run(text, { k: 4 }).output).toEqual({ r: 4, c: {} });
  });

  test.each<[string, number]>([
    ['duration: 5', 5],
    ['duration: $.s', 8],
    ['timestamp: "1970-01-01T00:00:09Z"', 9],
    ['timestamp: $.at', 3],
    ['timestamp: "1969-01-01T00:00:09Z"', 0],
  ])('wait: %s', (field, seconds) => {
    const text = steps(`- {type: wait, name: a, ${field}}`);
    expect(run(text, { s: 8, at: '1970-01-01T00:00:03Z' }).seconds).toBe(seconds);
  });

  test('end leaves the list, succeed too', () => {
    expect(run(steps('- {type: pass, name: a, end: true}\n- {type: fail, name: b}'), {}).entered).toEqual([
      'a',
    ]);
    expect(run(steps('- {type: succeed, name: a}\n- {type: fail, name: b}'), {}).entered).toEqual(['a']);
  });

  test('fail: the error is that of the flow', () => {
    expect(run(steps('- {type: fail, name: a, error: Broken, cause: why}'), {}).error).toBe('Broken');
  });

  test('choice: the first that holds, else the default, else the next step', () => {
    const text = (fallback: string) =>
      steps(
        [
          `- {type: choice, name: a, choices: [{condition: "$.n > 1 && $.n < 5", goto: c}, {condition: $.flag, goto: d}]${fallback}}`,
          '- {type: succeed, name: b}',
          '- {type: succeed, name: c}',
          '- {type: succeed, name: d}',
        ].join('\n'),
      );
    expect(run(text(''), { n: 3 }).entered).toEqual(['a', 'c']);
    expect(run(text(''), { n: 9, flag: true }).entered).toEqual(['a', 'd']);
    expect(run(text(''), { n: 9 }).entered).toEqual(['a', 'b']);
    expect(run(text(', default: {goto: c}'), { n: 9 }).entered).toEqual(['a', 'c']);
  });

  test('parallel: the branches have the input, and a failing one fails the step', () => {
    const text = (second: string) =>
      steps(
        [
          '- type: parallel',
          '  name: a',
          `  branches: [{steps: [{type: pass, name: p, outputMappings: [{target: v, source: $input.k}]}]}, {steps: [${second}]}]`,
          '  outputMappings: [{target: all, source: $local}]',
        ].join('\n'),
      );
    expect(run(text('{type: pass, name: q}'), { k: 1 }).output).toEqual({ all: [{ v: 1 }, {}] });
    expect(run(text('{type: fail, name: q, error: Bad}'), { k: 1 }).error).toBe('Bad');
  });

  test('foreach: an iteration has the input of the step, its item and its index', () => {
    const text = steps(
      [
        '- type: foreach',
        '  name: a',
        '  iterationMapping: {collection: $.l, item: it, index: at}',
        '  steps: [{type: pass, name: p, outputMappings: [{target: s, source: $input.it}, {target: i, source: $input.at}, {target: k, source: $input.k}]}]',
        '  outputMappings: [{target: s, source: "$local[*].s"}, {target: all, source: $local}]',
      ].join('\n'),
    );
    expect(run(text, { l: ['x', 'y'], k: 1 }).output).toEqual({
      s: ['x', 'y'],
      all: [
        { s: 'x', i: 0, k: 1 },
        { s: 'y', i: 1, k: 1 },
      ],
    });
  });

  test('task: its whole input, parts of it, or constants are what is sent', () => {
    const sent = (params: string): Json => {
      const given: Json[] = [];
      run(steps(call('a', `, serviceParams: {Input: ${params}}`)), { k: 1 }, (_, parameters) => {
        given.push(parameters);
        return { output: {} };
      });
      return given[0] ?? null;
    };
    expect(sent('$')).toMatchObject({ input: { k: 1 } });
    expect(sent('$.k')).toMatchObject({ input: 1 });
    expect(sent('{c: 5}')).toMatchObject({ input: { c: 5 } });
  });

  test('task: retries have the defaults of the language', () => {
    const text = steps(call('a', ', retry: [{errors: [FnF.ALL]}]'));
    expect(run(text, {}, () => ({ error: 'E' }))).toMatchObject({ error: 'E', seconds: 1 + 2 + 4 });
  });

  test('task: a catch leads to a sibling, backwards too', () => {
    let calls = 0;
    const text = steps(
      ['- {type: pass, name: again}', call('a', ', catch: [{errors: [E], goto: again}]')].join('\n'),
    );
    const result = run(text, {}, () => {
      calls += 1;
      return calls < 3 ? { error: 'E' } : { output: { n: calls } };
    });
    expect(result).toMatchObject({ output: { n: 3 }, entered: ['again', 'a', 'again', 'a', 'again', 'a'] });
  });

  test('task: a timeout is FnF.TaskTimeout', () => {
    const text = steps(
      [
        call('a', ', timeoutSeconds: 4, catch: [{errors: [FnF.TaskTimeout], goto: c}]'),
        '- {type: succeed, name: b}',
        '- {type: succeed, name: c}',
      ].join('\n'),
    );
    expect(run(text, {}, () => undefined)).toMatchObject({ entered: ['a', 'c'], seconds: 4 });
  });

  test('later outputs win in the local of the list', () => {
    const text = steps([call('a'), call('b')].join('\n'));
    let calls = 0;
    const answers: Tasks = () => {
      calls += 1;
      return { output: { x: calls, [`only${calls}`]: true } };
    };
    expect(run(text, {}, answers).output).toEqual({ x: 2, only1: true, only2: true });
  });

  test('the context has names and the token', () => {
    const text = steps(
      '- {type: pass, name: a, outputMappings: [{target: e, source: $context.execution.name}, {target: f, source: $context.flow.name}]}',
    );
    expect(run(text, {}).output).toEqual({ e: 'x-1', f: 'f' });
  });

  test('the flow has a timeout', () => {
    const text = steps('- {type: wait, name: a, duration: 60}', 'timeoutSeconds: 7\n');
    expect(run(text, {})).toMatchObject({ seconds: 7 });
  });

  test('a callback waits with its token', () => {
    const text = steps(
      '- {type: task, name: a, resourceArn: "acs:mns:::/queues/q/messages", pattern: waitForCallback, inputMappings: [{target: t, source: $context.task.token}], serviceParams: {MessageBody: $}}',
    );
    expect(JSON.stringify(run(text, {}, echo).output)).toMatch(/"t":"[^"]+"/);
  });
});
