import { describe, expect, test } from 'vitest';
import type { Json } from '@/lib/expression/json';
import { flow, run, steps } from './testing-cloudflow';

/** F40: flows of CloudFlow's languages do here what they do there. */

const http = { status: 200, headers: { h: '1' }, body: { id: 7 } };

describe('[F42] the new language', () => {
  test('constructs input and output, and keeps globals', () => {
    const text = flow(
      [
        '- {Name: A, Type: Task, Action: "HTTP:Request", InputConstructor: {n.$: $Input.order.n}, Parameters: {url.$: "format(\\"http://x/{}\\", $Input.n)"}, OutputConstructor: {id.$: $Output.Body.id, n.$: $Input.n}, GlobalConstructor: {code.$: $Output.Code}, Next: B}',
        '- {Name: B, Type: Pass, InputConstructor: {all.$: $Input, code.$: $Global.code, first.$: $Context.Execution.Input.order.n}, End: true}',
      ].join('\n'),
    );
    const called: Json[] = [];

    const result = run(text, { order: { n: 3 } }, (_, parameters) => {
      called.push(parameters);
      return { output: http };
    });

    expect(called).toEqual([{ url: 'http://x/3' }]);
    expect(result).toMatchObject({
      output: { all: { id: 7, n: 3 }, code: 200, first: 3 },
      entered: ['A', 'B'],
    });
  });

  test.each<[Json, string]>([
    [{ n: 5 }, 'Big'],
    [{ n: 1, flag: true }, 'Flagged'],
    [{ n: 1 }, 'Rest'],
    [{}, 'Rest'],
  ])('chooses for %j', (input, state) => {
    const text = flow(
      [
        '- {Name: A, Type: Choice, Branches: [{Condition: "$Input.n > 3", Next: Big}, {Condition: $Input.flag, Next: Flagged}], Default: Rest}',
        '- {Name: Big, Type: Succeed}',
        '- {Name: Flagged, Type: Succeed}',
        '- {Name: Rest, Type: Succeed}',
      ].join('\n'),
    );

    expect(run(text, input)).toMatchObject({ output: input, entered: ['A', state] });
  });

  test('joins branches and iterations under the names of the language', () => {
    const branch = (value: number) =>
      `{StartAt: X, States: [{Name: X, Type: Pass, InputConstructor: {v: ${value}}, End: true}]}`;
    const text = flow(
      [
        `- {Name: A, Type: Parallel, Branches: [${branch(1)}, ${branch(2)}], OutputConstructor: {one.$: $Output.Branch0.v, two.$: $Output.Branch1, l.$: $Input.l}, Next: M}`,
        '- {Name: M, Type: Map, ItemsPath: $Input.l, Processor: {StartAt: Y, States: [{Name: Y, Type: Pass, InputConstructor: {twice.$: "intAdd($Input.n, $Input.n)"}, End: true}]}, End: true}',
      ].join('\n'),
    );

    expect(run(text, { l: [{ n: 1 }, { n: 2 }] }).output).toEqual({ Items: [{ twice: 2 }, { twice: 4 }] });
    expect(run(text, { l: [{ n: 1 }] }).output).toEqual({ Items: [{ twice: 2 }] });
    expect(run(text, { l: [] }).output).toEqual({ Items: [] });
  });

  test('waits, retries with constant delays, and catches with the error', () => {
    const text = flow(
      [
        '- {Name: A, Type: Wait, Seconds.$: $Input.s, Next: T}',
        '- {Name: T, Type: Task, Action: "HTTP:Request", Parameters: {url: u}, Retry: [{Errors: [E], MaxAttempts: 2, IntervalSeconds: 5}], Catch: [{Errors: [FnF.ALL], Next: C, OutputConstructor: {code.$: $Context.Current.Error.Code, why.$: $Context.Current.Error.Detail}}], End: true}',
        '- {Name: C, Type: Pass, End: true}',
      ].join('\n'),
    );

    const result = run(text, { s: 7 }, () => ({ error: 'E', cause: 'no' }));

    expect(result).toEqual({ output: { code: 'E', why: 'no' }, entered: ['A', 'T', 'C'], seconds: 17 });
  });

  test('fails with a code', () => {
    expect(run(flow('- {Name: A, Type: Fail, Code: Broken, Detail: d}'), {})).toMatchObject({
      error: 'Broken',
    });
  });
});

describe('[F50] the old language', () => {
  test('merges outputs into the local of the flow', () => {
    const text = steps(
      [
        '- {type: task, name: a, resourceArn: "acs:fnf:::flow/x", pattern: sync}',
        '- {type: pass, name: b, outputMappings: [{target: sum, source: $input.id}, {target: one, source: 1}]}',
      ].join('\n'),
      'outputMappings: [{target: id, source: $local.id}, {target: sum, source: $local.sum}, {target: in, source: $input.k}]\n',
    );

    expect(run(text, { k: 'v' }, () => ({ output: { id: 7 } }))).toMatchObject({
      output: { id: 7, sum: 7, in: 'v' },
      entered: ['a', 'b'],
    });
  });

  test('loops with goto until a page has no marker', () => {
    const text = steps(
      [
        '- type: task',
        '  name: list',
        '  resourceArn: acs:fnf:::flow/list',
        '  pattern: sync',
        '  inputMappings: [{target: marker, source: $local.marker}, {target: count, source: $local.count}]',
        '- {type: choice, name: more, choices: [{condition: "$.marker != \\"\\"", goto: list}]}',
        '- {type: pass, name: done}',
      ].join('\n'),
    );
    let pages = 0;

    const result = run(text, {}, () => {
      pages += 1;
      return { output: { marker: pages < 3 ? `m${pages}` : '', count: pages } };
    });

    expect(result).toMatchObject({
      output: { marker: '', count: 3 },
      entered: ['list', 'more', 'list', 'more', 'list', 'more', 'done'],
    });
  });

  test('runs the steps of a choice with data of their own', () => {
    const text = steps(
      [
        '- type: choice',
        '  name: a',
        '  outputMappings: [{target: kept, source: $local.x}]',
        '  choices:',
        '    - condition: $.go',
        '      steps: [{type: pass, name: b, outputMappings: [{target: x, source: $input.v}, {target: y, source: 2}]}]',
        '      goto: d',
        '- {type: fail, name: c, error: Skipped}',
        '- {type: pass, name: d}',
      ].join('\n'),
    );

    expect(run(text, { go: true, v: 1 })).toMatchObject({ output: { kept: 1 }, entered: ['a', 'b', 'd'] });
    expect(run(text, { go: false, v: 1 })).toMatchObject({ error: 'Skipped', entered: ['a', 'c'] });
  });

  test('gathers iterations and branches', () => {
    const text = steps(
      [
        '- type: foreach',
        '  name: each',
        '  iterationMapping: {collection: $.items, item: it, index: i}',
        '  steps:',
        '    - {type: wait, name: w, duration: $.it}',
        '    - {type: pass, name: p, outputMappings: [{target: o, source: $input.it}, {target: at, source: $input.i}]}',
        '  outputMappings: [{target: all, source: "$local[*].o"}, {target: whole, source: $local}]',
        '- type: parallel',
        '  name: both',
        '  branches: [{steps: [{type: pass, name: q, outputMappings: [{target: r, source: $input.k}]}]}, {steps: [{type: succeed, name: s}]}]',
        '  outputMappings: [{target: branches, source: $local}]',
      ].join('\n'),
    );

    expect(run(text, { items: [3, 1], k: 'v' })).toMatchObject({
      output: {
        all: [3, 1],
        whole: [
          { o: 3, at: 0 },
          { o: 1, at: 1 },
        ],
        branches: [{ r: 'v' }, {}],
      },
      seconds: 3,
    });
    expect(run(text, { items: [], k: 'v' }).output).toMatchObject({ all: [], whole: [] });
  });

  test('compensates: errors are mapped, and goto leads to the step that undoes', () => {
    const text = steps(
      [
        '- type: task',
        '  name: book',
        '  resourceArn: acs:fnf:::flow/book',
        '  pattern: sync',
        '  retry: [{errors: [Busy], intervalSeconds: 1, maxAttempts: 2, multiplier: 2}]',
        '  catch: [{errors: [FnF.ALL], goto: undo}]',
        '  errorMappings: [{target: why, source: $local.error}]',
        '  end: true',
        '- {type: task, name: undo, resourceArn: "acs:fnf:::flow/undo", pattern: sync, serviceParams: {Input: $}}',
        '- {type: fail, name: failed, error: OrderFailed, cause: $.why}',
      ].join('\n'),
    );
    const undone: Json[] = [];

    const result = run(text, { order: 1 }, (_, parameters) => {
      if (JSON.stringify(parameters).includes('"undo"')) undone.push(parameters);
      return JSON.stringify(parameters).includes('"book"')
        ? { error: 'Busy', cause: 'full' }
        : { output: {} };
    });

    expect(result).toEqual({ error: 'OrderFailed', entered: ['book', 'undo', 'failed'], seconds: 3 });
    expect(undone).toEqual([{ flow: 'undo', input: { order: 1, why: 'Busy' }, wait: true }]);
  });
});
