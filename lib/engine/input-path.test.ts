import { describe, expect, it } from 'vitest';
import type { Json } from '@/lib/expression/json';
import type { Machine, State } from '@/lib/flow/model';
import { type Answers, TestWorld } from './testing-world';

/** Every other path of a state looks at what InputPath chose, and not at the state's whole input. */

const end = { End: true } as const;
const task = { Type: 'Task', Resource: 'r', InputPath: '$.in', ...end } as const;
const each: Machine = { StartAt: 'In', States: { In: { Type: 'Task', Resource: 'r', ...end } } };
const distributed = { ...each, ProcessorConfig: { Mode: 'DISTRIBUTED' } } as const;
const seven = new Date(1_007_000).toISOString();
const input = { in: { n: 7, two: 2, l: [1, 2, 3], at: seven, bucket: 'b' } };
const echo: Answers = ({ parameters }) => ({ output: parameters });

const map = (more: object): State =>
  ({
    Type: 'Map',
    InputPath: '$.in',
    ItemsPath: '$.l',
    ItemProcessor: distributed,
    ...end,
    ...more,
  }) as State;

function world(It: State, answers: Answers = echo): TestWorld {
  return new TestWorld({ definition: { StartAt: 'It', States: { It } }, input, answers }).settle();
}

describe('[E60] InputPath chooses what is looked at by', () => {
  it.each<[string, State, Json]>([
    ['Parameters of a Task', { ...task, Parameters: { 'n.$': '$.n' } }, { n: 7 }],
    [
      'Parameters of a Parallel',
      { Type: 'Parallel', InputPath: '$.in', Parameters: { 'n.$': '$.n' }, Branches: [each], ...end },
      [{ n: 7 }],
    ],
    [
      'Parameters of a Pass',
      { Type: 'Pass', InputPath: '$.in', Parameters: { 'n.$': '$.n' }, ...end },
      { n: 7 },
    ],
    ['the branches', { Type: 'Parallel', InputPath: '$.in.n', Branches: [each], ...end }, [7]],
    ['ItemsPath', map({}), [1, 2, 3]],
    ['ItemSelector', map({ ItemSelector: { 'n.$': '$.n' } }), [{ n: 7 }, { n: 7 }, { n: 7 }]],
    [
      'MaxItemsPerBatchPath and BatchInput',
      map({ ItemBatcher: { MaxItemsPerBatchPath: '$.two', BatchInput: { 'n.$': '$.n' } } }),
      [
        { BatchInput: { n: 7 }, Items: [1, 2] },
        { BatchInput: { n: 7 }, Items: [3] },
      ],
    ],
  ])('%s', (_, state, expected) => {
    expect(world(state).execution.output).toEqual(expected);
  });

  it.each<[string, State]>([
    ['SecondsPath', { Type: 'Wait', InputPath: '$.in', SecondsPath: '$.n', ...end }],
    ['TimestampPath', { Type: 'Wait', InputPath: '$.in', TimestampPath: '$.at', ...end }],
    ['TimeoutSecondsPath', { ...task, TimeoutSecondsPath: '$.n' }],
    ['HeartbeatSecondsPath', { ...task, HeartbeatSecondsPath: '$.n' }],
  ])('%s', (_, state) => {
    expect(world(state, () => undefined).now).toBe(1_007_000);
  });

  it('MaxConcurrencyPath', () => {
    expect(world(map({ MaxConcurrencyPath: '$.two' }), () => undefined).calls).toHaveLength(2);
  });

  it.each([
    ['ToleratedFailureCountPath', '$.two', 'succeeded'],
    ['ToleratedFailureCountPath', '$.l[0]', 'failed'],
    ['ToleratedFailurePercentagePath', '$.l[0]', 'failed'],
  ])('%s: %s', (field, path, status) => {
    const odd: Answers = ({ parameters }) => (parameters === 2 ? { output: 2 } : { error: 'Odd' });
    expect(world(map({ [field]: path }), odd).execution).toMatchObject({ status });
    expect(world(map({ [field]: path }), odd).execution.failure?.error).not.toBe('States.Runtime');
  });

  it('Parameters of an ItemReader and of a ResultWriter, and MaxItemsPath', () => {
    const parameters = { 'Bucket.$': '$.bucket' };
    const reader = { Resource: 'files', Parameters: parameters, ReaderConfig: { MaxItemsPath: '$.two' } };
    const reading = [...world(map({ ItemsPath: undefined, ItemReader: reader })).open.values()];
    expect(reading).toMatchObject([
      { type: 'readItems', parameters: { Bucket: 'b' }, config: { MaxItems: 2 } },
    ]);
    const writer = { Resource: 'files', Parameters: parameters };
    const writing = [...world(map({ ResultWriter: writer })).open.values()].at(-1);
    expect(writing).toMatchObject({ type: 'writeResults', parameters: { Bucket: 'b' } });
  });
});
