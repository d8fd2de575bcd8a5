import type { Json } from '@/lib/expression/json';
import type { Definition } from '@/lib/flow/model';

/** What an execution of the crash test begins with. */
export interface Order {
  readonly number: number;
  readonly even: boolean;
  readonly items: readonly number[];
}

/** Of so many executions a third may run at once, and so many calls: some wait for room and for their turns all the time. */
export const limitsOf = (executions: number) => ({ executions: Math.ceil(executions / 3), calls: 40 });

const flaky = [{ ErrorEquals: ['Flaky'], IntervalSeconds: 1, MaxAttempts: 8, BackoffRate: 1 }];
/** Of a kind that is limited, and of one that is not. */
const call = { Type: 'Task', Resource: 'test:call', Retry: flaky } as const;
const free = { ...call, Resource: 'test:free' } as const;

/** What the distributed Map reads: one batch of two has failed for good. */
export const spreadItems = Array.from({ length: 7 }, (_, index) => ({ n: index + 1, bad: index === 4 }));

/** What it writes of the batches that succeed. */
export const spreadResults: Json = [10, 30, 70];

/** Every type of state, a Map of each kind, retries, a catch, a callback and a child; its result follows from its input alone, whatever crashes meanwhile. */
export const definition: Definition = {
  StartAt: 'Prepare',
  States: {
    Prepare: { Type: 'Pass', ResultPath: '$.prepared', Result: true, Next: 'Reserve' },
    Reserve: { ...call, Parameters: { 'value.$': '$.number' }, ResultPath: '$.reserved', Next: 'Decide' },
    Decide: {
      Type: 'Choice',
      Choices: [{ Variable: '$.even', BooleanEquals: true, Next: 'Rest' }],
      Default: 'Both',
    },
    Rest: { Type: 'Wait', Seconds: 1, Next: 'Both' },
    Both: {
      Type: 'Parallel',
      ResultPath: '$.both',
      Next: 'Each',
      Branches: [twoCalls('Left', 1), branch('Right', 2)],
    },
    Each: {
      Type: 'Map',
      ItemsPath: '$.items',
      ResultPath: '$.each',
      MaxConcurrency: 2,
      Next: 'Spread',
      ItemProcessor: {
        StartAt: 'One',
        States: { One: { ...call, Parameters: { 'value.$': '$' }, End: true } },
      },
    },
    Spread: {
      Type: 'Map',
      ItemReader: {
        Resource: 'millrace:file',
        ReaderConfig: { InputType: 'JSONL' },
        Parameters: { path: 'spread.jsonl' },
      },
      ItemBatcher: { MaxItemsPerBatch: 2 },
      MaxConcurrency: 3,
      ToleratedFailureCount: 1,
      ItemProcessor: {
        ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
        StartAt: 'Batch',
        States: {
          Batch: { ...call, Parameters: { 'value.$': '$.Items[0].n' }, ResultPath: '$.came', Next: 'Sort' },
          Sort: {
            Type: 'Choice',
            Choices: [{ Variable: '$.Items[0].bad', BooleanEquals: true, Next: 'BadBatch' }],
            Default: 'GoodBatch',
          },
          BadBatch: { Type: 'Fail', Error: 'BadBatch' },
          GoodBatch: { Type: 'Succeed', InputPath: '$.came' },
        },
      },
      ResultWriter: {
        Resource: 'millrace:file',
        Parameters: { path: 'results' },
        WriterConfig: { Transformation: 'COMPACT', OutputType: 'JSON' },
      },
      ResultSelector: { 'failed.$': 'States.ArrayLength($.failed)' },
      ResultPath: '$.spread',
      Next: 'Ask',
    },
    Ask: {
      Type: 'Task',
      Resource: 'test:ask.waitForTaskToken',
      Parameters: { 'token.$': '$$.Task.Token', 'value.$': '$.number' },
      ResultPath: '$.answer',
      Next: 'Child',
    },
    Child: {
      Type: 'Task',
      Resource: 'test:child',
      Parameters: { 'value.$': '$.number', 'even.$': '$.even' },
      ResultPath: '$.child',
      Catch: [{ ErrorEquals: ['Odd'], ResultPath: '$.child', Next: 'Settle' }],
      Next: 'Settle',
    },
    Settle: {
      Type: 'Task',
      Resource: 'test:refuse',
      Parameters: { 'value.$': '$.number' },
      Catch: [{ ErrorEquals: ['Refused'], ResultPath: null, Next: 'Done' }],
      Next: 'Wrong',
    },
    Wrong: { Type: 'Fail', Error: 'NotRefused' },
    Done: { Type: 'Succeed' },
  },
};

/** What `Child` runs: an execution of its own, which fails for odd numbers. */
export const childDefinition: Definition = {
  StartAt: 'Work',
  States: {
    Work: { ...call, Parameters: { 'value.$': '$.value' }, ResultPath: '$.worked', Next: 'Judge' },
    Judge: {
      Type: 'Choice',
      Choices: [{ Variable: '$.even', BooleanEquals: true, Next: 'Good' }],
      Default: 'Bad',
    },
    Good: { Type: 'Succeed' },
    Bad: { Type: 'Fail', Error: 'Odd', Cause: 'as it must be' },
  },
};

function branch(name: string, value: number) {
  return { StartAt: name, States: { [name]: { ...call, Parameters: { value }, End: true } } };
}

/** While one branch's answer comes in, the other one's next call is about to be made. */
function twoCalls(name: string, value: number) {
  const first = { ...free, Parameters: { value }, ResultPath: '$.first', Next: name };
  return {
    StartAt: `${name} first`,
    States: { [`${name} first`]: first, [name]: { ...free, Parameters: { value }, End: true } },
  };
}

export function orderOf(number: number): Order {
  return { number, even: number % 2 === 0, items: [number, number + 1, number + 2] };
}

/** What an execution must come to. */
export function resultOf(order: Order): Json {
  return {
    number: order.number,
    even: order.even,
    items: order.items,
    prepared: true,
    reserved: order.number * 10,
    both: [10, 20],
    each: order.items.map((item) => item * 10),
    spread: { failed: 1 },
    answer: order.number * 10,
    child: order.even
      ? { value: order.number, even: true, worked: order.number * 10 }
      : { Error: 'Odd', Cause: 'as it must be' },
  };
}
