import { describe, expect, it } from 'vitest';
import type { Json } from '@/lib/expression/json';
import type { State } from '@/lib/flow/model';
import type { Command } from './command';
import { type Answers, TestWorld } from './testing-world';

/** What only Map states have, field by field, in both query languages. */

const end = { End: true } as const;
const work = { StartAt: 'Item', States: { Item: { Type: 'Task', Resource: 'r', ...end } } } as const;
const distributed = { ...work, ProcessorConfig: { Mode: 'DISTRIBUTED' } } as const;
const jsonata = { QueryLanguage: 'JSONata' };
const echo: Answers = ({ parameters }) => ({ output: parameters });
const odd: Answers = ({ parameters }) =>
  Number(parameters) % 2 === 1 ? { error: 'Odd' } : { output: parameters };

function map(more: object): State {
  return { Type: 'Map', ItemProcessor: distributed, ...end, ...more } as State;
}

function begun(state: State, input: Json, answers: Answers = echo): TestWorld {
  return new TestWorld({ definition: { StartAt: 'Each', States: { Each: state } }, input, answers });
}

function outcome(state: State, input: Json, answers?: Answers): Json {
  const { status, output, failure } = begun(state, input, answers).settle().execution;
  if (status === 'succeeded') return output ?? null;
  return failure?.error ?? status;
}

const fourItems = { items: [0, 1, 2, 3], n: 2, text: '2' };

describe('[E77] how many iterations run at once', () => {
  const running = (more: object, input: Json = fourItems) =>
    begun(map({ ItemProcessor: work, ...more }), input, () => undefined).calls.length;
  const path = { ItemsPath: '$.items' };
  const items = { ...jsonata, Items: '{% $states.input.items %}' };

  it.each<[string, object, number]>([
    ['without a limit: all', path, 4],
    ['MaxConcurrency of 0: all', { ...path, MaxConcurrency: 0 }, 4],
    ['MaxConcurrency of 1: one after the other', { ...path, MaxConcurrency: 1 }, 1],
    ['MaxConcurrencyPath', { ...path, MaxConcurrencyPath: '$.n' }, 2],
    ['MaxConcurrencyPath to a text that spells it', { ...path, MaxConcurrencyPath: '$.text' }, 2],
    ['MaxConcurrency in JSONata', { ...items, MaxConcurrency: '{% $states.input.n + 1 %}' }, 3],
    ['in a distributed Map', { ...path, ItemProcessor: distributed, MaxConcurrency: 3 }, 3],
  ])('%s', (_, more, expected) => {
    expect(running(more)).toBe(expected);
  });

  it('a distributed Map without a limit: 10,000', () => {
    const input = Array.from({ length: 10_001 }, (_, at) => at);
    const world = begun(map({}), input, () => undefined).settle();
    expect(world.calls).toHaveLength(10_000);
  });
});

describe('[E22] how many failures a distributed Map tolerates', () => {
  const path = { ItemsPath: '$.items' };
  const items = { ...jsonata, Items: '{% $states.input.items %}' };
  const gone = 'States.ExceedToleratedFailureThreshold';
  const numbers = { ...fourItems, one: 1, half: 50, third: '33.3' };

  it.each<[string, object, Json]>([
    ['without a limit: none', path, gone],
    ['ToleratedFailureCount', { ...path, ToleratedFailureCount: 2 }, [0, 2]],
    ['one more than ToleratedFailureCount', { ...path, ToleratedFailureCount: 1 }, gone],
    ['ToleratedFailureCountPath', { ...path, ToleratedFailureCountPath: '$.n' }, [0, 2]],
    ['… which may be too few', { ...path, ToleratedFailureCountPath: '$.one' }, gone],
    [
      'ToleratedFailureCount in JSONata',
      { ...items, ToleratedFailureCount: '{% $states.input.n %}' },
      [0, 2],
    ],
    [
      '… which may be too few in JSONata',
      { ...items, ToleratedFailureCount: '{% $states.input.one %}' },
      gone,
    ],
    ['ToleratedFailurePercentage', { ...path, ToleratedFailurePercentage: 50 }, [0, 2]],
    ['less than the share that failed', { ...path, ToleratedFailurePercentage: 49.9 }, gone],
    ['ToleratedFailurePercentagePath', { ...path, ToleratedFailurePercentagePath: '$.half' }, [0, 2]],
    ['… to a text that spells it', { ...path, ToleratedFailurePercentagePath: '$.third' }, gone],
    [
      'ToleratedFailurePercentage in JSONata',
      { ...items, ToleratedFailurePercentage: '{% $states.input.half %}' },
      [0, 2],
    ],
    ['100 percent: all may fail', { ...path, ToleratedFailurePercentage: 100 }, [0, 2]],
    [
      'the count, where the percentage would do',
      { ...path, ToleratedFailureCount: 1, ToleratedFailurePercentage: 100 },
      gone,
    ],
    [
      'the percentage, where the count would do',
      { ...path, ToleratedFailureCount: 9, ToleratedFailurePercentage: 10 },
      gone,
    ],
  ])('%s', (_, more, expected) => {
    expect(outcome(map(more), numbers, odd)).toEqual(expected);
  });
});

it('[E22] while items are still to be read, their share is judged by what will be known', () => {
  const state = map({ ItemReader: { Resource: 'files' }, ToleratedFailurePercentage: 50 });
  const world = begun(state, {}, odd);
  world.deliver({ type: 'itemsRead', step: 2, attempt: 1, items: [1], next: 'p2' });
  expect(world.answer().execution.status).toBe('running');
  world.deliver({ type: 'itemsRead', step: 2, attempt: 1, items: [2], from: 'p2' });
  expect(world.settle().execution.output).toEqual([2]);
});

describe('[E79] how items are put together into batches', () => {
  const path = { ItemsPath: '$.items' };
  const items = { ...jsonata, Items: '{% $states.input.items %}' };
  const twoByTwo = [{ Items: [0, 1] }, { Items: [2, 3] }];
  const numbers = { ...fourItems, bytes: 15 };

  it.each<[string, object, object, Json]>([
    ['MaxItemsPerBatch', path, { MaxItemsPerBatch: 3 }, [{ Items: [0, 1, 2] }, { Items: [3] }]],
    ['MaxItemsPerBatchPath', path, { MaxItemsPerBatchPath: '$.n' }, twoByTwo],
    ['MaxItemsPerBatch in JSONata', items, { MaxItemsPerBatch: '{% $states.input.n %}' }, twoByTwo],
    ['MaxInputBytesPerBatch', path, { MaxInputBytesPerBatch: 15 }, twoByTwo],
    ['MaxInputBytesPerBatchPath', path, { MaxInputBytesPerBatchPath: '$.bytes' }, twoByTwo],
    [
      'MaxInputBytesPerBatch in JSONata',
      items,
      { MaxInputBytesPerBatch: '{% $states.input.bytes %}' },
      twoByTwo,
    ],
    ['the smaller of both', path, { MaxItemsPerBatch: 3, MaxInputBytesPerBatch: 15 }, twoByTwo],
    [
      'BatchInput, the same for each batch',
      path,
      { MaxItemsPerBatch: 2, BatchInput: { 'n.$': '$.n' } },
      twoByTwo.map((batch) => ({ BatchInput: { n: 2 }, ...batch })),
    ],
    [
      'BatchInput in JSONata',
      items,
      { MaxItemsPerBatch: 2, BatchInput: { n: '{% $states.input.n %}' } },
      twoByTwo.map((batch) => ({ BatchInput: { n: 2 }, ...batch })),
    ],
  ])('%s', (_, more, ItemBatcher, expected) => {
    expect(outcome(map({ ...more, ItemBatcher }), numbers)).toEqual(expected);
  });

  it('what ItemSelector makes of the items is batched', () => {
    const ItemSelector = { 'v.$': '$$.Map.Item.Value' };
    expect(outcome(map({ ...path, ItemSelector, ItemBatcher: { MaxItemsPerBatch: 4 } }), numbers)).toEqual([
      { Items: [{ v: 0 }, { v: 1 }, { v: 2 }, { v: 3 }] },
    ]);
  });
});

/** The command of a type that is open. */
function asked(world: TestWorld, type: Command['type']): Command | undefined {
  return [...world.open.values()].find((command) => command.type === type);
}

describe('[E80] what reads the items of a distributed Map', () => {
  const reader = (more: object) => ({ Resource: 'arn:aws:states:::s3:getObject', ...more });
  const input = { bucket: 'b', most: 2 };
  const config = { InputType: 'CSV', CSVHeaderLocation: 'GIVEN', CSVHeaders: ['a'], CSVDelimiter: 'TAB' };

  it.each<[string, object, Json, Json]>([
    ['Parameters', { ItemReader: reader({ Parameters: { 'Bucket.$': '$.bucket' } }) }, { Bucket: 'b' }, {}],
    [
      'Parameters look at what InputPath chose',
      { InputPath: '$.bucket', ItemReader: reader({ Parameters: { 'Bucket.$': '$' } }) },
      { Bucket: 'b' },
      {},
    ],
    [
      'Arguments in JSONata',
      { ...jsonata, ItemReader: reader({ Arguments: { Bucket: '{% $states.input.bucket %}' } }) },
      { Bucket: 'b' },
      {},
    ],
    ['ReaderConfig as it stands', { ItemReader: reader({ ReaderConfig: config }) }, null, config],
    ['MaxItems', { ItemReader: reader({ ReaderConfig: { MaxItems: 5 } }) }, null, { MaxItems: 5 }],
    [
      'MaxItemsPath',
      { ItemReader: reader({ ReaderConfig: { MaxItemsPath: '$.most' } }) },
      null,
      { MaxItems: 2 },
    ],
    [
      'MaxItems in JSONata',
      { ...jsonata, ItemReader: reader({ ReaderConfig: { MaxItems: '{% $states.input.most + 1 %}' } }) },
      null,
      { MaxItems: 3 },
    ],
    [
      'other fields in JSONata',
      {
        ...jsonata,
        ItemReader: reader({ ReaderConfig: { ItemsPointer: '{% "/" & $states.input.bucket %}' } }),
      },
      null,
      { ItemsPointer: '/b' },
    ],
  ])('%s', (_, more, parameters, wanted) => {
    expect(asked(begun(map(more), input), 'readItems')).toMatchObject({
      resource: 'arn:aws:states:::s3:getObject',
      parameters,
      config: wanted,
    });
  });

  it('the items that were read go through ItemSelector', () => {
    const ItemSelector = { 'row.$': '$$.Map.Item.Value', 'bucket.$': '$.bucket' };
    const world = begun(map({ ItemReader: reader({}), ItemSelector }), input);
    world.deliver({ type: 'itemsRead', step: 2, attempt: 1, items: [{ a: '1' }] });
    expect(world.settle().execution.output).toEqual([{ row: { a: '1' }, bucket: 'b' }]);
  });
});

describe('[E81] what writes the results of a distributed Map', () => {
  const writer = (more: object) => ({ Resource: 'arn:aws:states:::s3:putObject', ...more });
  const WriterConfig = { OutputType: 'JSONL', Transformation: 'FLATTEN' };
  const input = { items: [1], bucket: 'b' };

  it.each<[string, object, Json, Json]>([
    [
      'Parameters',
      { ItemsPath: '$.items', ResultWriter: writer({ Parameters: { 'Bucket.$': '$.bucket' } }) },
      { Bucket: 'b' },
      {},
    ],
    [
      'Arguments in JSONata',
      {
        ...jsonata,
        Items: '{% $states.input.items %}',
        ResultWriter: writer({ Arguments: { Bucket: '{% $states.input.bucket %}' } }),
      },
      { Bucket: 'b' },
      {},
    ],
    ['WriterConfig', { ItemsPath: '$.items', ResultWriter: writer({ WriterConfig }) }, null, WriterConfig],
  ])('%s', (_, more, parameters, config) => {
    expect(asked(begun(map(more), input).settle(), 'writeResults')).toMatchObject({
      resource: 'arn:aws:states:::s3:putObject',
      parameters,
      config,
    });
  });

  it('what it answers is the result, which goes through ResultSelector and ResultPath', () => {
    const more = { ItemsPath: '$.items', ResultSelector: { 'at.$': '$.Key' }, ResultPath: '$.written' };
    const world = begun(map({ ...more, ResultWriter: writer({}) }), input).settle();
    world.deliver({ type: 'resultsWritten', step: 2, attempt: 1, output: { Key: 'k' } });
    expect(world.execution.output).toEqual({ ...input, written: { at: 'k' } });
  });
});
