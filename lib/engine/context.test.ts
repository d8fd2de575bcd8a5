import { describe, expect, it } from 'vitest';
import type { Json } from '@/lib/expression/json';
import type { Definition, ItemProcessor, Machine, State } from '@/lib/flow/model';
import { advance } from './advance';
import { compile } from './compile';
import { type Answers, TestWorld } from './testing-world';
import { readToken } from './token';

/** The context object, field by field: `$$` in JSONPath, `$states.context` in JSONata. */

const end = { End: true } as const;
const show: State = { Type: 'Pass', Parameters: { 'c.$': '$$' }, OutputPath: '$.c', ...end };
const echo: Answers = ({ parameters }) => ({ output: parameters });
const showing: Machine = { StartAt: 'Look', States: { Look: show } };

function alone(It: State): Definition {
  return { StartAt: 'It', States: { It } };
}

function seen(definition: Definition, input: Json = {}): Json {
  const { output, failure } = new TestWorld({ definition, input, answers: echo }).settle().execution;
  if (failure !== undefined) throw new Error(JSON.stringify(failure));
  return output ?? null;
}

describe('[E67] Execution and StateMachine', () => {
  it('are the same in both query languages', () => {
    const jsonata: State = {
      Type: 'Pass',
      QueryLanguage: 'JSONata',
      Output: '{% $states.context %}',
      ...end,
    };
    expect(seen(alone(jsonata), { a: 1 })).toEqual(seen(alone(show), { a: 1 }));
    expect(seen(alone(show), { a: 1 })).toMatchObject({
      Execution: { Id: 'x', Name: 'run', Input: { a: 1 } },
    });
  });

  it('have the names under which another service started them', () => {
    const names = { executionId: 'x', executionName: 'run', flowId: 'f', flowName: 'flow', version: 1 };
    const identity = {
      executionId: 'arn:execution',
      stateMachineId: 'arn:machine',
      stateMachineName: 'machine',
      roleArn: 'arn:role',
    };
    const start = { type: 'start', at: 0, input: {}, seed: 's', ...names, identity } as const;
    const { execution } = advance(compile(alone(show)), undefined, start);
    expect(execution.output).toMatchObject({
      Execution: { Id: 'arn:execution', Name: 'run', RoleArn: 'arn:role' },
      StateMachine: { Id: 'arn:machine', Name: 'machine' },
    });
  });

  it('count redrives, and say when the last one was', () => {
    const definition: Definition = {
      StartAt: 'Work',
      States: { Work: { Type: 'Task', Resource: 'r', Next: 'Look' }, Look: show },
    };
    let calls = 0;
    const answers: Answers = () => {
      calls += 1;
      return calls < 3 ? { error: 'E' } : { output: 1 };
    };
    const world = new TestWorld({ definition, answers }).settle();
    for (const second of [10, 20]) {
      world.now = 1_000_000 + second * 1000;
      world.deliver({ type: 'redrive' });
      world.settle();
    }
    expect(world.execution.output).toMatchObject({
      Execution: {
        StartTime: '1970-01-01T00:16:40.000Z',
        RedriveCount: 2,
        RedriveTime: '1970-01-01T00:17:00.000Z',
      },
    });
  });
});

describe('[E67] State', () => {
  it('has its name, and when it was entered', () => {
    const definition: Definition = {
      StartAt: 'Wait',
      States: { Wait: { Type: 'Wait', Seconds: 5, Next: 'Look' }, Look: show },
    };
    expect(seen(definition)).toMatchObject({
      State: { Name: 'Look', EnteredTime: '1970-01-01T00:16:45.000Z' },
    });
  });

  it.each<[string, State]>([
    ['Task', { Type: 'Task', Resource: 'r', ...end }],
    [
      'Parallel',
      {
        Type: 'Parallel',
        Branches: [{ StartAt: 'In', States: { In: { Type: 'Task', Resource: 'r', ...end } } }],
        ...end,
      },
    ],
    [
      'Map',
      {
        Type: 'Map',
        ItemsPath: '$.l',
        ItemProcessor: { StartAt: 'In', States: { In: { Type: 'Task', Resource: 'r', ...end } } },
        ...end,
      },
    ],
  ])('counts the retries of a %s', (_, state) => {
    let calls = 0;
    const answers: Answers = () => {
      calls += 1;
      return calls < 3 ? { error: 'E' } : { output: 1 };
    };
    const It = {
      ...state,
      Retry: [{ ErrorEquals: ['E'] }],
      ResultSelector: { 'n.$': '$$.State.RetryCount' },
    } as State;
    const world = new TestWorld({ definition: alone(It), input: { l: [1] }, answers }).settle();
    expect(world.execution.output).toEqual({ n: 2 });
  });

  it('counts none where nothing can be retried', () => {
    expect(Object.keys(Object(seen(alone(show))).State)).toEqual(['Name', 'EnteredTime']);
  });
});

describe('[E67] Task', () => {
  it('[E9] has a token where it waits for a callback, another one with each attempt', () => {
    const It: State = {
      Type: 'Task',
      Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken',
      Parameters: { 'token.$': '$$.Task.Token' },
      Retry: [{ ErrorEquals: ['E'] }],
      ...end,
    };
    const world = new TestWorld({
      definition: alone(It),
      answers: ({ attempt }) => (attempt === 1 ? { error: 'E' } : { output: 1 }),
    });
    const tokens = world.settle().calls.map(({ parameters }) => Object(parameters).token);
    expect(tokens).toEqual([expect.any(String), expect.any(String)]);
    expect(new Set(tokens).size).toBe(2);
    // Who was given one cannot make up the next.
    expect(new Set(tokens.map((token) => readToken(token)?.secret)).size).toBe(2);
    expect(world.calls.map(({ token }) => token)).toEqual(tokens);
  });

  it('has none elsewhere', () => {
    const It: State = { Type: 'Task', Resource: 'r', Parameters: { 'c.$': '$$' }, ...end };
    expect(Object.keys(Object(seen(alone(It))).c)).toEqual(['Execution', 'State', 'StateMachine']);
  });
});

describe('[E67] Map.Item', () => {
  const item = (definition: Definition, input: Json) =>
    (seen(definition, input) as readonly object[]).map((context) => Object(context).Map.Item);
  const map = (ItemProcessor: ItemProcessor, more: object = {}): State =>
    ({ Type: 'Map', ItemProcessor, ...end, ...more }) as State;

  it('is the item of the iteration, whatever ItemSelector makes of it', () => {
    expect(item(alone(map(showing, { ItemSelector: { other: true } })), ['a', null])).toEqual([
      { Index: 0, Value: 'a' },
      { Index: 1, Value: null },
    ]);
  });

  it('has a key where an object is iterated over', () => {
    const state = map(
      {
        ...showing,
        QueryLanguage: 'JSONata',
        States: { Look: { Type: 'Pass', Output: '{% $states.context %}', ...end } },
      },
      { QueryLanguage: 'JSONata' },
    );
    expect(item(alone(state), { k: 5 })).toEqual([{ Index: 0, Key: 'k', Value: 5 }]);
  });

  it('is that of the nearest Map, also through a Parallel', () => {
    const both: Machine = {
      StartAt: 'Both',
      States: { Both: { Type: 'Parallel', Branches: [showing], OutputPath: '$[0]', ...end } },
    };
    const outer: Machine = { StartAt: 'Inner', States: { Inner: map(both) } };
    const found = seen(alone(map(outer)), [['a'], ['b', 'c']]) as readonly (readonly object[])[];
    expect(found.map((inner) => inner.map((context) => Object(context).Map.Item.Value))).toEqual([
      ['a'],
      ['b', 'c'],
    ]);
  });

  it('is not there outside of a Map', () => {
    expect(Object(seen(alone(show))).Map).toBeUndefined();
  });
});

describe('[E86] an item of a distributed Map is an execution of its own', () => {
  const each: ItemProcessor = { ...showing, ProcessorConfig: { Mode: 'DISTRIBUTED' } };

  it('with its own id, name and input', () => {
    const contexts = seen(
      alone({ Type: 'Map', ItemProcessor: each, ItemSelector: { 'v.$': '$$.Map.Item.Value' }, ...end }),
      [7, 8],
    );
    const executions = (contexts as readonly object[]).map((context) => Object(context).Execution);
    expect(executions.map(({ Input }) => Input)).toEqual([{ v: 7 }, { v: 8 }]);
    const names = executions.map(({ Name }) => Name);
    expect(new Set(names).size).toBe(2);
    expect(names.every((name) => /^[0-9a-f-]{36}$/.test(name))).toBe(true);
    expect(executions.map(({ Id }) => Id)).toEqual(names.map((name) => `x/It:${name}`));
  });

  it('a batch is the value of its item', () => {
    const contexts = seen(
      alone({ Type: 'Map', ItemProcessor: each, ItemBatcher: { MaxItemsPerBatch: 2 }, ...end }),
      [7, 8],
    );
    expect(contexts).toMatchObject([
      {
        Map: { Item: { Index: 0, Value: { Items: [7, 8] }, Source: 'STATE_DATA' } },
        Execution: { Input: { Items: [7, 8] } },
      },
    ]);
  });
});
