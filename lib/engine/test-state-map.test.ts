import { describe, expect, it } from 'vitest';
import type { Json } from '@/lib/expression/json';
import type { TestRequest } from './test-request';
import { testState } from './test-state';

function tried(given: Omit<TestRequest, 'at' | 'seed'>) {
  return testState({ ...given, at: Date.UTC(2026, 0, 1), seed: 'test' });
}

const inner = { StartAt: 'In', States: { In: { Type: 'Pass', End: true } } };
const distributed = { ...inner, ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' } };

describe('[E33] a Map', () => {
  const map = (more: object): { readonly [field: string]: Json } => ({
    Type: 'Map',
    ItemProcessor: distributed,
    End: true,
    ...more,
  });

  it('notes its items, what ItemSelector makes of them, and the batches', () => {
    const definition = map({
      ItemsPath: '$.items',
      ItemSelector: { 'i.$': '$$.Map.Item.Index', 'v.$': '$$.Map.Item.Value' },
      ItemBatcher: { MaxItemsPerBatch: 2, BatchInput: { b: 1 } },
      MaxConcurrency: 4,
    });
    const items = ['a', 'b', 'c'];
    const inputs = items.map((v, i) => ({ i, v }));
    expect(tried({ definition, input: { items }, mock: { result: [1, 2] } })).toMatchObject({
      status: 'SUCCEEDED',
      inspectionData: {
        afterItemsPath: items,
        afterItemSelector: inputs,
        afterItemBatcher: [
          { BatchInput: { b: 1 }, Items: inputs.slice(0, 2) },
          { BatchInput: { b: 1 }, Items: inputs.slice(2) },
        ],
        maxConcurrency: 4,
      },
    });
  });

  it('takes what its reader is said to have read', () => {
    const definition = map({
      ItemReader: {
        Resource: 'arn:aws:states:::s3:getObject',
        ReaderConfig: { InputType: 'JSON', ItemsPointer: '/rows' },
        Parameters: { Bucket: 'b', Key: 'k' },
      },
      ToleratedFailurePercentage: 50,
    });
    const failing = (mapIterationFailureCount: number) =>
      tried({
        definition,
        mock: { result: [] },
        stateConfiguration: { mapIterationFailureCount, mapItemReaderData: '{"rows":[1,2,3,4]}' },
      });
    expect(failing(2)).toMatchObject({
      status: 'SUCCEEDED',
      inspectionData: { afterItemsPointer: [1, 2, 3, 4], toleratedFailurePercentage: 50 },
    });
    expect(failing(3)).toMatchObject({
      status: 'FAILED',
      error: 'States.ExceedToleratedFailureThreshold',
    });
  });

  it('notes how many failures it tolerates, and fails with more of them', () => {
    const failing = (ToleratedFailureCount: number) =>
      tried({
        definition: map({ ToleratedFailureCount, ItemsPath: '$' }),
        input: [1, 2, 3],
        mock: { result: [] },
        stateConfiguration: { mapIterationFailureCount: 2 },
      });
    expect(failing(2)).toMatchObject({ status: 'SUCCEEDED', inspectionData: { toleratedFailureCount: 2 } });
    expect(failing(1)).toMatchObject({
      status: 'FAILED',
      error: 'States.ExceedToleratedFailureThreshold',
    });
  });

  it('fails with the mocked error, which may be said to come from a state inside', () => {
    const Catch = [{ ErrorEquals: ['Busy'], Next: 'Mend' }];
    const mock = { errorOutput: { error: 'Busy', cause: 'at noon' } };
    const stateConfiguration = { errorCausedByState: 'In' };
    expect(
      tried({ definition: map({ Catch, ItemsPath: '$' }), input: [1], mock, stateConfiguration }),
    ).toMatchObject({
      status: 'CAUGHT_ERROR',
      nextState: 'Mend',
      output: { Error: 'Busy', Cause: 'at noon' },
    });
  });

  it('in JSONata has Items, of a list or an object, and its result', () => {
    const definition = map({
      QueryLanguage: 'JSONata',
      Items: '{% $states.input.all %}',
      ItemSelector: { v: '{% $states.context.Map.Item.Value %}' },
      MaxConcurrency: '{% $states.input.most %}',
      Output: '{% $count($states.result) %}',
    });
    expect(
      tried({ definition, input: { all: { a: 1, b: 2 }, most: 3 }, mock: { result: ['x', 'y'] } }),
    ).toMatchObject({
      status: 'SUCCEEDED',
      output: 2,
      inspectionData: { afterItemSelector: [{ v: 1 }, { v: 2 }], maxConcurrency: 3 },
    });
  });
});
