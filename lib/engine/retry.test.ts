import { describe, expect, it } from 'vitest';
import type { Definition, Machine, Retrier, State } from '@/lib/flow/model';
import { type Answers, TestWorld } from './testing-world';

/** When a step is tried again, and how often. */

const end = { End: true } as const;
const task = { Type: 'Task', Resource: 'r', ...end } as const;
const failing: Answers = () => ({ error: 'Down', cause: 'for a while' });

function retried(Retry: readonly Retrier[], answers: Answers = failing): TestWorld {
  const definition: Definition = { StartAt: 'It', States: { It: { ...task, Retry: [...Retry] } } };
  return new TestWorld({ definition, answers }).settle();
}

/** Seconds between one call and the next. */
function waits(world: TestWorld): number[] {
  const at = world.events.flatMap((event) => (event.type === 'TaskScheduled' ? [event.at] : []));
  return at.slice(1).map((time, index) => (time - (at[index] ?? 0)) / 1000);
}

const all = { ErrorEquals: ['States.ALL'] };

describe('[E70] a field of Retry', () => {
  it.each<[string, object, number[]]>([
    ['none: three attempts, after 1, 2 and 4 seconds', {}, [1, 2, 4]],
    ['IntervalSeconds: the first wait', { IntervalSeconds: 5 }, [5, 10, 20]],
    ['MaxAttempts: how often it is tried again', { MaxAttempts: 1 }, [1]],
    ['MaxAttempts of 0: never', { MaxAttempts: 0 }, []],
    ['BackoffRate: by what each wait is multiplied', { BackoffRate: 1.5 }, [1, 1.5, 2.25]],
    ['BackoffRate of 1: all waits are the same', { BackoffRate: 1 }, [1, 1, 1]],
    [
      'MaxDelaySeconds: the longest wait',
      { IntervalSeconds: 2, BackoffRate: 3, MaxDelaySeconds: 10 },
      [2, 6, 10],
    ],
    ['JitterStrategy NONE: as computed', { JitterStrategy: 'NONE' }, [1, 2, 4]],
    ['Comment: nothing', { Comment: 'because' }, [1, 2, 4]],
  ])('%s', (_, fields, expected) => {
    expect(waits(retried([{ ...all, ...fields }]))).toEqual(expected);
  });

  it('JitterStrategy FULL: anything up to the computed wait', () => {
    const found = waits(
      retried([{ ...all, IntervalSeconds: 10, BackoffRate: 1, JitterStrategy: 'FULL', MaxAttempts: 20 }]),
    );
    expect(found).toHaveLength(20);
    expect(found.every((wait) => wait >= 0 && wait <= 10)).toBe(true);
    expect(new Set(found).size).toBeGreaterThan(10);
  });

  it('ErrorEquals: the errors that are meant, by name', () => {
    expect(retried([{ ErrorEquals: ['Other'] }]).calls).toHaveLength(1);
    expect(retried([{ ErrorEquals: ['Other', 'Down'] }]).calls).toHaveLength(4);
  });
});

describe('[E20] entries of Retry', () => {
  it('the first that matches counts; when it is exhausted, the next does not take over', () => {
    const world = retried([
      { ErrorEquals: ['Down'], MaxAttempts: 1 },
      { ...all, MaxAttempts: 5 },
    ]);
    expect(world.calls).toHaveLength(2);
  });

  it('each counts its own attempts', () => {
    const alternating: Answers = ({ attempt }) => ({ error: attempt % 2 === 1 ? 'A' : 'B' });
    const world = retried(
      [
        { ErrorEquals: ['A'], MaxAttempts: 2, IntervalSeconds: 1 },
        { ErrorEquals: ['B'], MaxAttempts: 2, IntervalSeconds: 10 },
      ],
      alternating,
    );
    expect(waits(world)).toEqual([1, 10, 2, 20]);
    expect(world.execution.failure).toEqual({ error: 'A' });
  });

  it('a state that is visited again has all its attempts again', () => {
    const definition: Definition = {
      StartAt: 'Count',
      States: {
        Count: { Type: 'Pass', Assign: { visits: 0 }, Next: 'It' },
        It: {
          ...task,
          Retry: [{ ...all, MaxAttempts: 1 }],
          Catch: [{ ...all, Assign: { 'visits.$': 'States.MathAdd($visits, 1)' }, Next: 'Again' }],
        },
        Again: {
          Type: 'Choice',
          Choices: [{ Variable: '$visits', NumericLessThan: 2, Next: 'It' }],
          Default: 'Done',
        },
        Done: { Type: 'Succeed' },
      },
    };
    expect(new TestWorld({ definition, answers: failing }).settle().calls).toHaveLength(4);
  });
});

describe('[E71] a Parallel or Map is retried as a whole', () => {
  const inner = (name: string): Machine => ({ StartAt: name, States: { [name]: task } });
  /** The first call of `b` fails. */
  const once = (): Answers => {
    let left = 1;
    return ({ state, parameters }) => {
      if (state !== 'B' && parameters !== 'b') return { output: 'ok' };
      left -= 1;
      return left >= 0 ? { error: 'Down' } : { output: 'ok' };
    };
  };
  const Retry = [{ ErrorEquals: ['Down'], IntervalSeconds: 3 }];

  it.each<[string, State]>([
    ['Parallel', { Type: 'Parallel', Branches: [inner('A'), inner('B')], Retry, ...end }],
    ['Map', { Type: 'Map', ItemsPath: '$.l', ItemProcessor: inner('Item'), Retry, ...end }],
  ])('%s: all its parts run again, in the same visit', (_, state) => {
    const definition = { StartAt: 'It', States: { It: state } };
    const world = new TestWorld({ definition, input: { l: ['a', 'b'] }, answers: once() }).settle();
    expect(world.execution.output).toEqual(['ok', 'ok']);
    expect(world.calls).toHaveLength(4);
    expect(world.now).toBe(1_003_000);
    const entered = world.events.filter((event) => event.type === 'StateEntered' && event.state === 'It');
    expect(entered).toHaveLength(1);
  });

  it('a distributed Map too, after the error of its own', () => {
    const ProcessorConfig = { Mode: 'DISTRIBUTED' } as const;
    const own = [{ ErrorEquals: ['States.ExceedToleratedFailureThreshold'], IntervalSeconds: 3 }];
    const state: State = {
      Type: 'Map',
      ItemProcessor: { ...inner('Item'), ProcessorConfig },
      Retry: own,
      ...end,
    };
    const definition = { StartAt: 'It', States: { It: state } };
    const world = new TestWorld({ definition, input: ['a', 'b'], answers: once() }).settle();
    expect(world.execution.output).toEqual(['ok', 'ok']);
    expect(world.now).toBe(1_003_000);
  });
});
