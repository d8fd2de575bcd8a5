import { describe, expect, it } from 'vitest';
import type { Json } from '@/lib/expression/json';
import type { Definition, State } from '@/lib/flow/model';
import { TestWorld } from './testing-world';

/** How long a task, and the whole, may take. */

const end = { End: true } as const;
const task = { Type: 'Task', Resource: 'r', ...end } as const;
const jsonata = { QueryLanguage: 'JSONata' } as const;

/** A task that never answers: what it fails with, and after how many seconds. */
function unanswered(state: State, input: Json = {}) {
  const world = new TestWorld({
    definition: { StartAt: 'It', States: { It: state } },
    input,
    answers: () => undefined,
  });
  const called = world.now;
  world.settle();
  const { status, failure } = world.execution;
  return { ...(status === 'running' ? { status } : failure), seconds: (world.now - called) / 1000 };
}

describe('[E73] a task that does not answer in time', () => {
  it.each<[string, State]>([
    ['TimeoutSeconds', { ...task, TimeoutSeconds: 7 }],
    ['TimeoutSecondsPath', { ...task, TimeoutSecondsPath: '$.s' }],
    [
      'TimeoutSecondsPath looks at what InputPath chose',
      { ...task, InputPath: '$.in', TimeoutSecondsPath: '$' },
    ],
    ['TimeoutSeconds in JSONata', { ...task, ...jsonata, TimeoutSeconds: '{% $states.input.s %}' }],
    ['HeartbeatSeconds', { ...task, TimeoutSeconds: 60, HeartbeatSeconds: 7 }],
    ['HeartbeatSecondsPath', { ...task, TimeoutSeconds: 60, HeartbeatSecondsPath: '$.s' }],
    [
      'HeartbeatSeconds in JSONata',
      { ...task, ...jsonata, TimeoutSeconds: 60, HeartbeatSeconds: '{% $states.input.s %}' },
    ],
    ['HeartbeatSeconds alone', { ...task, HeartbeatSeconds: 7 }],
  ])('%s', (_, state) => {
    expect(unanswered(state, { s: 7, in: 7 })).toEqual({ error: 'States.Timeout', seconds: 7 });
  });

  it('without a limit is waited for', () => {
    expect(unanswered(task)).toEqual({ status: 'running', seconds: 0 });
  });

  it('has the whole time again with each attempt', () => {
    const Retry = [{ ErrorEquals: ['States.Timeout'], IntervalSeconds: 1, MaxAttempts: 1 }];
    expect(unanswered({ ...task, TimeoutSeconds: 7, Retry }).seconds).toBe(15);
  });

  it('is given up: the call is cancelled', () => {
    const definition = { StartAt: 'It', States: { It: { ...task, TimeoutSeconds: 7 } } };
    const world = new TestWorld({ definition, answers: () => undefined });
    expect([...world.open.keys()]).toContain('task:2.1');
    expect([...world.settle().open.keys()]).not.toContain('task:2.1');
  });

  it('a heartbeat puts off the next one that is missed, not the timeout', () => {
    const definition = {
      StartAt: 'It',
      States: { It: { ...task, TimeoutSeconds: 10, HeartbeatSeconds: 6 } },
    };
    const world = new TestWorld({ definition, answers: () => undefined });
    const called = world.now;
    for (const second of [4, 8]) {
      world.now = called + second * 1000;
      world.deliver({ type: 'taskHeartbeat', step: 2, attempt: 1 });
    }
    expect(world.execution.status).toBe('running');
    world.settle();
    expect([world.execution.failure, world.now - called]).toEqual([{ error: 'States.Timeout' }, 10_000]);
  });
});

describe('[E74] TimeoutSeconds of the whole', () => {
  const inner = { StartAt: 'In', States: { In: { Type: 'Wait', Seconds: 60, ...end } as const } };
  const Catch = [{ ErrorEquals: ['States.ALL'], Next: 'Mend' }];
  const definition: Definition = {
    StartAt: 'It',
    TimeoutSeconds: 5,
    States: { It: { Type: 'Parallel', Branches: [inner], Catch, ...end }, Mend: { Type: 'Succeed' } },
  };

  it('ends the execution as timed out, whatever is caught', () => {
    const world = new TestWorld({ definition });
    const began = world.now;
    const { status } = world.settle().execution;
    expect([status, world.now - began]).toEqual(['timedOut', 5000]);
  });

  it('means nothing to an execution that ends before', () => {
    const quick = { ...definition, TimeoutSeconds: 61 };
    expect(new TestWorld({ definition: quick }).settle().execution.status).toBe('succeeded');
  });
});
