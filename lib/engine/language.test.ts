import { describe, expect, it } from 'vitest';
import type { Json } from '@/lib/expression/json';
import type { Definition, State } from '@/lib/flow/model';
import { type Answers, TestWorld } from './testing-world';

function one(state: State, others: { readonly [name: string]: State } = {}): Definition {
  return { StartAt: 'It', States: { It: state, ...others } };
}

function outcome(definition: Definition, input: Json = {}, answers?: Answers) {
  const setting = answers === undefined ? { definition, input } : { definition, input, answers };
  const { status, output, failure } = new TestWorld(setting).settle().execution;
  return { status, ...(output === undefined ? {} : { output }), ...failure };
}

describe('data and variables', () => {
  it('[E21] inline iterations see outer variables, items of a distributed Map do not', () => {
    const each = (Mode: 'INLINE' | 'DISTRIBUTED') =>
      one(
        { Type: 'Pass', Assign: { x: 1 }, Next: 'Each' },
        {
          Each: {
            Type: 'Map',
            ItemProcessor: {
              ProcessorConfig: { Mode },
              StartAt: 'Item',
              States: {
                Item: { Type: 'Pass', QueryLanguage: 'JSONata', Output: '{% $exists($x) %}', End: true },
              },
            },
            End: true,
          },
        },
      );
    expect(outcome(each('INLINE'), [1]).output).toEqual([true]);
    expect(outcome(each('DISTRIBUTED'), [1]).output).toEqual([false]);
  });

  it('[E24] a result larger than the payload limit is States.DataLimitExceeded', () => {
    const definition = one({ Type: 'Task', Resource: 'r', End: true });
    const answers: Answers = () => ({ output: 'x'.repeat(262_143) });
    expect(outcome(definition, {}, answers)).toMatchObject({ error: 'States.DataLimitExceeded' });
    expect(outcome(definition, {}, () => ({ output: 'x'.repeat(262_142) })).status).toBe('succeeded');
  });

  it('[E74] the whole times out uncaught', () => {
    const definition = { ...one({ Type: 'Wait', Seconds: 60, End: true }), TimeoutSeconds: 5 };
    expect(outcome(definition)).toEqual({ status: 'timedOut' });
  });
});

describe('Map', () => {
  const distributed = (more: object): Definition =>
    one({
      Type: 'Map',
      ItemProcessor: {
        ProcessorConfig: { Mode: 'DISTRIBUTED' },
        StartAt: 'Item',
        States: { Item: { Type: 'Task', Resource: 'r', End: true } },
      },
      End: true,
      ...more,
    });

  it('[E79] puts items together into batches', () => {
    const definition = distributed({ ItemBatcher: { MaxItemsPerBatch: 2, BatchInput: { run: 7 } } });
    const echo: Answers = ({ parameters }) => ({ output: parameters });
    expect(outcome(definition, [1, 2, 3], echo).output).toEqual([
      { BatchInput: { run: 7 }, Items: [1, 2] },
      { BatchInput: { run: 7 }, Items: [3] },
    ]);
  });

  it('[E21] an item of a distributed Map knows where it comes from', () => {
    const selected = { ItemSelector: { 'from.$': '$$.Map.Item.Source' } };
    const echo: Answers = ({ parameters }) => ({ output: parameters });
    expect(outcome(distributed(selected), [7], echo).output).toEqual([{ from: 'STATE_DATA' }]);
    const inside = {
      StartAt: 'In',
      States: { In: { Type: 'Pass', Parameters: { 'v.$': '$$.Map.Item.Value' }, End: true } },
    };
    const ItemProcessor = { ...inside, ProcessorConfig: { Mode: 'DISTRIBUTED' } };
    expect(outcome(distributed({ ItemProcessor }), [1, null, 3]).output).toEqual([
      { v: 1 },
      { v: null },
      { v: 3 },
    ]);
    const Parameters = { Bucket: 'b', Key: 'k.json' };
    const ItemReader = { Resource: 'files', Parameters, ReaderConfig: { InputType: 'JSON' } };
    const world = new TestWorld({ definition: distributed({ ...selected, ItemReader }), answers: echo });
    world.deliver({ type: 'itemsRead', step: 2, attempt: 1, items: [1] });
    expect(world.settle().execution.output).toEqual([{ from: 'S3://b/k.json' }]);
  });

  it('[E50] reads its items page by page and counts each page once', () => {
    const ItemReader = { Resource: 'files', Parameters: { Key: 'a' }, ReaderConfig: { InputType: 'JSON' } };
    const world = new TestWorld({
      definition: distributed({ ItemReader }),
      answers: ({ parameters }) => ({ output: parameters }),
    });
    const first = { type: 'itemsRead', step: 2, attempt: 1, items: [1, 2], next: 'p2' } as const;
    world.deliver(first);
    expect(world.deliver(first).events).toEqual([]);
    world.deliver({ type: 'itemsRead', step: 2, attempt: 1, items: [3], from: 'p2' });
    world.settle();
    expect(world.execution.output).toEqual([1, 2, 3]);
  });

  it('[E81] hands its results to a ResultWriter, and its answer is the result', () => {
    const ResultWriter = { Resource: 'files', Parameters: { Prefix: 'out' } };
    const world = new TestWorld({
      definition: distributed({ ResultWriter }),
      input: [5],
      answers: () => ({ output: 'ok' }),
    });
    world.settle();
    expect([...world.open.values()].at(-1)).toMatchObject({
      type: 'writeResults',
      parameters: { Prefix: 'out' },
      results: [{ status: 'SUCCEEDED', input: 5, output: 'ok' }],
    });
    world.deliver({ type: 'resultsWritten', step: 2, attempt: 1, output: { Key: 'out/1' } });
    expect(world.execution.output).toEqual({ Key: 'out/1' });
  });

  it('[E77] runs at most MaxConcurrency iterations at a time, results in order of items', () => {
    const inline: Definition = one({
      Type: 'Map',
      MaxConcurrency: 2,
      ItemProcessor: { StartAt: 'Item', States: { Item: { Type: 'Task', Resource: 'r', End: true } } },
      End: true,
    });
    const world = new TestWorld({ definition: inline, input: ['a', 'b', 'c'], answers: () => undefined });
    expect(world.calls.map(({ parameters }) => parameters)).toEqual(['a', 'b']);
    for (const index of [1, 0, 2]) {
      const call = world.calls[index];
      if (call !== undefined)
        world.deliver({ type: 'taskSucceeded', step: call.step, attempt: 1, output: call.parameters });
    }
    expect(world.execution.output).toEqual(['a', 'b', 'c']);
  });
});

describe('Fail', () => {
  it('[E23] in JSONPath, what looks like an expression of JSONata is the text itself', () => {
    const fail: State = { Type: 'Fail', Error: '{% 1/0 %}', Cause: '{%} no expression %}' };
    expect(outcome(one(fail))).toMatchObject({ error: '{% 1/0 %}', cause: '{%} no expression %}' });
    expect(
      outcome({ ...one({ Type: 'Fail', Error: '{% "It" & 1 %}' }), QueryLanguage: 'JSONata' }),
    ).toMatchObject({
      error: 'It1',
    });
  });
});
