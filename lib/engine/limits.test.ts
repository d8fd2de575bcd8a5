import { describe, expect, it } from 'vitest';
import type { Json } from '@/lib/expression/json';
import type { Machine, State } from '@/lib/flow/model';
import type { Options } from './event';
import { type Answers, TestWorld } from './testing-world';

/** Bytes of a payload; the JSON text of a string has two more than the string. */
const most = 262_144;
const tooLong = `{% $pad("", ${most - 1}, "x") %}`;
const pass: Machine = { StartAt: 'In', States: { In: { Type: 'Pass', End: true } } };
const short: Machine = { StartAt: 'In', States: { In: { Type: 'Pass', Result: 1, End: true } } };
const half: Machine = {
  StartAt: 'In',
  States: { In: { Type: 'Pass', Result: 'x'.repeat(most / 2), End: true } },
};
const distributed = (machine: Machine) => ({ ...machine, ProcessorConfig: { Mode: 'DISTRIBUTED' } as const });

function ended(state: State, input: Json = {}, answers?: Answers, options?: Options) {
  const definition = { StartAt: 'It', States: { It: state } };
  const { execution } = new TestWorld({
    definition,
    input,
    ...(answers === undefined ? {} : { answers }),
    ...(options === undefined ? {} : { options }),
  }).settle();
  return execution.failure?.error ?? execution.output;
}

describe('[E24] nothing is larger than a payload may be', () => {
  const jsonata = { QueryLanguage: 'JSONata', End: true } as const;
  const end = { End: true } as const;
  it.each<[string, State, Json?, Answers?]>([
    ['the input', { Type: 'Pass', ...end }, 'x'.repeat(most - 1)],
    ['an output', { Type: 'Pass', Output: tooLong, ...jsonata }],
    ['a constant result', { Type: 'Pass', Result: 'x'.repeat(most - 1), ...end }],
    ['the arguments of a task', { Type: 'Task', Resource: 'r', Arguments: tooLong, ...jsonata }],
    [
      'the result of a task',
      { Type: 'Task', Resource: 'r', ...end },
      1,
      () => ({ output: 'é'.repeat(most / 2) }),
    ],
    ['the arguments of a Parallel', { Type: 'Parallel', Arguments: tooLong, Branches: [short], ...jsonata }],
    ['the result of a Parallel', { Type: 'Parallel', Branches: [half, half], ResultSelector: {}, ...end }],
    [
      'what ItemSelector makes',
      { Type: 'Map', ItemSelector: tooLong, Items: [1], ItemProcessor: short, ...jsonata },
    ],
    ['the result of a Map', { Type: 'Map', ItemProcessor: half, ResultSelector: {}, ...end }, [1, 2]],
    ['the result of a distributed Map', { Type: 'Map', ItemProcessor: distributed(half), ...end }, [1, 2]],
  ])('%s', (_, state, input, answers) => {
    expect(ended(state, input, answers)).toBe('States.DataLimitExceeded');
  });

  it('a payload that just fits is passed on', () => {
    expect(ended({ Type: 'Pass', End: true }, 'x'.repeat(most - 2))).toHaveLength(most - 2);
  });

  it('a setting of the execution raises the limit', () => {
    const output = ended({ Type: 'Pass', End: true }, 'x'.repeat(most), undefined, {
      payloadLimit: 2 * most,
    });
    expect(output).toHaveLength(most);
  });

  it('a result that is thrown away may be larger', () => {
    expect(ended({ Type: 'Map', ItemProcessor: half, ResultPath: null, End: true }, [1, 2])).toEqual([1, 2]);
  });
});

describe('[E25] variables have limits of their own', () => {
  const assign = (Assign: { readonly [name: string]: Json }): State => ({
    Type: 'Pass',
    QueryLanguage: 'JSONata',
    Assign,
    End: true,
  });
  const text = (length: number) => `{% $pad("", ${length}, "x") %}`;

  it('one Assign is no larger than a payload', () => {
    expect(ended(assign({ a: text(most) }))).toBe('States.DataLimitExceeded');
    expect(ended(assign({ a: text(most / 2), b: text(most / 2) }))).toBe('States.DataLimitExceeded');
    expect(ended(assign({ a: text(most - 8) }))).toEqual({});
  });

  it('all variables together are no larger than forty payloads', () => {
    const names = Array.from({ length: 41 }, (_, i) => `v${i}`);
    const States = Object.fromEntries(
      names.map((name, i) => {
        const { End: _, ...state } = assign({ [name]: text(980) }) as State & { End: true };
        const next = names[i + 1];
        return [name, { ...state, ...(next === undefined ? { End: true } : { Next: next }) } as State];
      }),
    );
    const world = new TestWorld({ definition: { StartAt: 'v0', States }, options: { payloadLimit: 1000 } });
    const { execution } = world.settle();
    expect(execution.failure?.error).toBe('States.DataLimitExceeded');
    expect(world.events.filter(({ type }) => type === 'StateExited')).toHaveLength(40);
  });
});

describe('[E26] a number that a field cannot take', () => {
  const map = (more: object): State => ({
    Type: 'Map',
    ItemProcessor: distributed(pass),
    End: true,
    ...more,
  });
  const jsonata = (more: object) => map({ QueryLanguage: 'JSONata', Items: [1], ...more });
  const at = (path: string) => map({ ItemsPath: '$.items', [path]: '$.n' });

  it.each<[State, Json]>([
    [at('MaxConcurrencyPath'), -1],
    [at('MaxConcurrencyPath'), 1.5],
    [at('ToleratedFailureCountPath'), -1],
    [at('ToleratedFailureCountPath'), 'three'],
    [at('ToleratedFailurePercentagePath'), 100.5],
    [at('ToleratedFailurePercentagePath'), null],
    [map({ ItemsPath: '$.items', ItemBatcher: { MaxItemsPerBatchPath: '$.n' } }), 0],
    [map({ ItemsPath: '$.items', ItemBatcher: { MaxInputBytesPerBatchPath: '$.n' } }), 262_145],
    [{ Type: 'Wait', SecondsPath: '$.n', End: true }, -1],
    [{ Type: 'Task', Resource: 'r', TimeoutSecondsPath: '$.n', End: true }, 'x'],
  ])('from a path: %j of %j', (state, n) => {
    expect(ended(state, { items: [1], n })).toBe('States.Runtime');
  });

  it('a text that spells a number is one', () => {
    expect(ended(at('MaxConcurrencyPath'), { items: [1], n: '1' })).toEqual([1]);
    expect(ended(at('ToleratedFailurePercentagePath'), { items: [1], n: '33.3' })).toEqual([1]);
  });

  it.each<State>([
    jsonata({ MaxConcurrency: '{% -1 %}' }),
    jsonata({ MaxConcurrency: '{% 0.5 %}' }),
    jsonata({ ToleratedFailureCount: '{% -1 %}' }),
    jsonata({ ToleratedFailurePercentage: '{% 101 %}' }),
    jsonata({ ItemBatcher: { MaxItemsPerBatch: '{% 0 %}' } }),
    jsonata({ MaxConcurrency: '{% "1" %}' }),
    { Type: 'Wait', QueryLanguage: 'JSONata', Seconds: '{% -1 %}', End: true },
    { Type: 'Task', QueryLanguage: 'JSONata', Resource: 'r', TimeoutSeconds: '{% -1 %}', End: true },
  ])('from JSONata: %j', (state) => {
    expect(ended(state)).toBe('States.QueryEvaluationError');
  });
});

describe('[E27] a wait that no clock can hold is refused', () => {
  it.each<State>([
    { Type: 'Wait', SecondsPath: '$.long', End: true },
    { Type: 'Wait', Timestamp: '9999-01-01T00:00:00Z', End: true },
    { Type: 'Wait', TimestampPath: '$.far', End: true },
    { Type: 'Wait', QueryLanguage: 'JSONata', Seconds: '{% $states.input.long %}', End: true },
    { Type: 'Wait', QueryLanguage: 'JSONata', Timestamp: '{% $states.input.far %}', End: true },
  ])('%j', (state) => {
    expect(ended(state, { long: 2 ** 31 + 1, far: '9999-01-01T00:00:00Z' })).toBe('States.Runtime');
  });
});

describe('[E28] batches', () => {
  const batches = (ItemBatcher: { readonly [field: string]: Json }, input: Json) =>
    ended({ Type: 'Map', ItemProcessor: distributed(pass), ItemBatcher, ResultPath: null, End: true }, input);

  it('hold no more than fits, their common input counted', () => {
    const item = 'x'.repeat(50_000);
    const BatchInput = 'y'.repeat(100_000);
    expect(batches({ MaxItemsPerBatch: 10, BatchInput }, [item, item, item, item, item])).toHaveLength(5);
  });

  it('hold an item that is larger than the batch should be', () => {
    const definition: State = {
      Type: 'Map',
      ItemProcessor: distributed(pass),
      ItemBatcher: { MaxInputBytesPerBatch: 19 },
      End: true,
    };
    expect(ended(definition, ['a long one', 'b', 'c'])).toEqual([
      { Items: ['a long one'] },
      { Items: ['b', 'c'] },
    ]);
  });

  it.each<[string, object]>([
    ['an item', {}],
    ['a batch of one item', { ItemBatcher: { MaxItemsPerBatch: 1 } }],
  ])('%s that was read is no larger than a payload', (_, more) => {
    const Each = {
      Type: 'Map',
      ItemReader: { Resource: 'r' },
      ItemProcessor: distributed(short),
      ...more,
      End: true,
    };
    const definition = { StartAt: 'Each', States: { Each: Each as State } };
    const world = new TestWorld({ definition });
    world.deliver({ type: 'itemsRead', step: 2, attempt: 1, items: ['x'.repeat(most)] });
    expect(world.settle().execution.failure?.error).toBe('States.DataLimitExceeded');
  });
});
