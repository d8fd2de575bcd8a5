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

const failing: Answers = () => ({ error: 'Down', cause: 'for a while' });
const end: State = { Type: 'Pass', End: true };

describe('Retry and Catch', () => {
  it('[E20] an exhausted entry of Retry does not hand over to the next', () => {
    const Retry = [
      { ErrorEquals: ['Down'], MaxAttempts: 1 },
      { ErrorEquals: ['States.ALL'], MaxAttempts: 5 },
    ];
    const world = new TestWorld({
      definition: one({ Type: 'Task', Resource: 'r', Retry, End: true }),
      answers: failing,
    });
    expect(world.settle().calls).toHaveLength(2);
  });

  it('[E20] each wait grows by BackoffRate up to MaxDelaySeconds', () => {
    const Retry = [
      {
        ErrorEquals: ['States.ALL'],
        IntervalSeconds: 2,
        BackoffRate: 3,
        MaxDelaySeconds: 10,
        MaxAttempts: 3,
      },
    ];
    const world = new TestWorld({
      definition: one({ Type: 'Task', Resource: 'r', Retry, End: true }),
      answers: failing,
    });
    world.settle();
    const at = world.events.flatMap((event) => (event.type === 'TaskScheduled' ? [event.at] : []));
    expect(at.map((time) => (time - (at[0] ?? 0)) / 1000)).toEqual([0, 2, 8, 18]);
  });

  it('[E20] with JitterStrategy FULL a wait is anything up to what it would be', () => {
    const Retry = [
      {
        ErrorEquals: ['States.ALL'],
        IntervalSeconds: 10,
        BackoffRate: 1,
        JitterStrategy: 'FULL',
        MaxAttempts: 20,
      },
    ] as const;
    const definition = one({ Type: 'Task', Resource: 'r', Retry: [...Retry], End: true });
    const world = new TestWorld({ definition, answers: failing }).settle();
    const at = world.events.flatMap((event) => (event.type === 'TaskScheduled' ? [event.at] : []));
    const waits = at.slice(1).map((time, index) => (time - (at[index] ?? 0)) / 1000);
    expect(waits).toHaveLength(20);
    expect(waits.every((wait) => wait >= 0 && wait <= 10)).toBe(true);
    expect(new Set(waits).size).toBeGreaterThan(10);
  });

  it('[E20] HeartbeatSecondsPath says how long a silent task is waited for', () => {
    const definition = one({
      Type: 'Task',
      Resource: 'r',
      TimeoutSeconds: 60,
      HeartbeatSecondsPath: '$.beat',
      End: true,
    });
    const world = new TestWorld({ definition, input: { beat: 7 }, answers: () => undefined });
    const called = world.now;
    world.settle();
    expect(world.execution.status).toBe('failed');
    expect(world.execution.failure?.error).toBe('States.Timeout');
    expect(world.now - called).toBe(7_000);
  });

  it('[E20] States.TaskFailed matches every error but States.Timeout, also those of what is inside', () => {
    const Catch = [{ ErrorEquals: ['States.TaskFailed'], Next: 'Mend' }];
    const inside = (state: State): Definition =>
      one(
        { Type: 'Parallel', Branches: [{ StartAt: 'In', States: { In: state } }], Catch, End: true },
        { Mend: end },
      );
    expect(outcome(inside({ Type: 'Fail', Error: 'Mine' })).output).toEqual({ Error: 'Mine' });
    const late: State = { Type: 'Task', Resource: 'r', TimeoutSeconds: 1, End: true };
    expect(outcome(inside(late), {}, () => undefined)).toEqual({ status: 'failed', error: 'States.Timeout' });
    const wrong: State = {
      Type: 'Task',
      Resource: 'r',
      Arguments: '{% $states.input.no %}',
      Catch,
      End: true,
    };
    expect(outcome({ ...one(wrong, { Mend: end }), QueryLanguage: 'JSONata' }).output).toMatchObject({
      Error: 'States.QueryEvaluationError',
    });
  });

  it('[E19] States.Runtime is neither retried nor caught', () => {
    const Catch = [{ ErrorEquals: ['States.Runtime', 'States.ALL'], Next: 'Mend' }];
    const definition = one(
      { Type: 'Task', Resource: 'r', OutputPath: '$.no', Catch, End: true },
      { Mend: end },
    );
    expect(outcome(definition, {}, () => ({ output: {} }))).toMatchObject({
      status: 'failed',
      error: 'States.Runtime',
    });
  });

  it('a missed heartbeat is a States.Timeout that States.HeartbeatTimeout matches', () => {
    const Catch = [{ ErrorEquals: ['States.HeartbeatTimeout'], Next: 'Mend' }];
    const definition = one(
      { Type: 'Task', Resource: 'r', HeartbeatSeconds: 5, Catch, End: true },
      { Mend: end },
    );
    expect(outcome(definition, {}, () => undefined).output).toEqual({ Error: 'States.Timeout' });
  });

  it('an error without name and cause is caught with both as null', () => {
    const Catch = [{ ErrorEquals: ['States.ALL'], ResultPath: '$.why', Next: 'Mend' }];
    const definition = one({ Type: 'Task', Resource: 'r', Catch, End: true }, { Mend: end });
    expect(outcome(definition, { a: 1 }, () => ({})).output).toEqual({
      a: 1,
      why: { Error: null, Cause: null },
    });
  });
});

describe('data and variables', () => {
  it('expressions see the variables on entry; what is assigned is seen from the next state on', () => {
    const definition = one(
      { Type: 'Pass', Assign: { x: 1 }, Next: 'Second' },
      {
        Second: { Type: 'Pass', Assign: { x: 2, 'old.$': '$x' }, Next: 'Third' },
        Third: { Type: 'Pass', Parameters: { 'x.$': '$x', 'old.$': '$old' }, End: true },
      },
    );
    expect(outcome(definition).output).toEqual({ x: 2, old: 1 });
  });

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

  it('a result larger than the payload limit is States.DataLimitExceeded', () => {
    const definition = one({ Type: 'Task', Resource: 'r', End: true });
    const answers: Answers = () => ({ output: 'x'.repeat(262_143) });
    expect(outcome(definition, {}, answers)).toMatchObject({ error: 'States.DataLimitExceeded' });
    expect(outcome(definition, {}, () => ({ output: 'x'.repeat(262_142) })).status).toBe('succeeded');
  });

  it('the whole times out uncaught', () => {
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
  const odd: Answers = ({ parameters }) =>
    Number(parameters) % 2 === 1 ? { error: 'Odd' } : { output: parameters };

  it('[E22] goes on while failures are within the tolerated count', () => {
    expect(outcome(distributed({ ToleratedFailureCount: 2 }), [0, 1, 2, 3], odd).output).toEqual([0, 2]);
    expect(outcome(distributed({ ToleratedFailureCount: 1 }), [0, 1, 2, 3], odd)).toMatchObject({
      error: 'States.ExceedToleratedFailureThreshold',
    });
  });

  it('[E22] goes on while failures are within the tolerated percentage', () => {
    expect(outcome(distributed({ ToleratedFailurePercentage: 50 }), [0, 1, 2, 3], odd).output).toEqual([
      0, 2,
    ]);
    expect(outcome(distributed({ ToleratedFailurePercentage: 49.9 }), [0, 1, 2, 3], odd).status).toBe(
      'failed',
    );
  });

  it('puts items together into batches', () => {
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

  it('reads its items page by page and counts each page once', () => {
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

  it('hands its results to a ResultWriter, and its answer is the result', () => {
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

  it('runs at most MaxConcurrency iterations at a time, results in order of items', () => {
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
