import { describe, expect, it } from 'vitest';
import type { Json } from '@/lib/expression/json';
import type { Definition, State } from '@/lib/flow/model';
import { type Answers, TestWorld } from './testing-world';

const trip: Definition = {
  StartAt: 'Book',
  States: {
    Book: {
      Type: 'Parallel',
      Branches: ['Train', 'Flight', 'Hotel'].map((name) => ({
        StartAt: name,
        States: { [name]: { Type: 'Task', Resource: name, End: true } },
      })),
      Next: 'Done',
    },
    Done: { Type: 'Pass', End: true },
  },
};

/** Each state answers its name; those named in `broken` fail. */
function services(broken: Set<string>, open: ReadonlySet<string> = new Set()): Answers {
  return ({ state }) => {
    if (open.has(state)) return undefined;
    return broken.has(state) ? { error: 'Down', cause: `${state} is down` } : { output: state };
  };
}

function failedTrip(options?: ConstructorParameters<typeof TestWorld>[0]['options']) {
  const broken = new Set(['Flight']);
  const setting = { definition: trip, answers: services(broken) };
  const world = new TestWorld(options === undefined ? setting : { ...setting, options }).settle();
  return { world, broken };
}

describe('repair by hand', () => {
  it('[E10] a failed step is retried alone, and the execution goes on to its end', () => {
    const { world, broken } = failedTrip();
    expect(world.execution.status).toBe('failed');

    broken.clear();
    world.deliver({ type: 'retryStep', step: world.step('Flight'), by: 'Ada', why: 'it is up again' });
    world.settle();

    expect(world.execution.output).toEqual(['Train', 'Flight', 'Hotel']);
    expect(world.calls.filter(({ state }) => state === 'Train')).toHaveLength(1);
  });

  it('[E10] attempts go on counting', () => {
    const { world, broken } = failedTrip();
    broken.clear();
    world.deliver({ type: 'retryStep', step: world.step('Flight') });

    expect(world.calls.filter(({ state }) => state === 'Flight').map(({ attempt }) => attempt)).toEqual([
      1, 2,
    ]);
  });

  it('[E10] a step may be retried with another input', () => {
    const { world, broken } = failedTrip();
    broken.clear();
    world.deliver({ type: 'retryStep', step: world.step('Flight'), input: { seat: '7A' } });

    const again = world.calls.findLast(({ state }) => state === 'Flight');
    expect(again?.parameters).toEqual({ seat: '7A' });
  });

  it('[E11] while another failure is left, a retried step ends in that one', () => {
    const broken = new Set(['Flight', 'Hotel']);
    const setting = { definition: trip, answers: services(broken) };
    const world = new TestWorld({ ...setting, options: { onFailure: 'park' } }).settle();
    world.deliver({ type: 'failStep', step: world.step('Flight') });
    broken.clear();

    world.deliver({ type: 'retryStep', step: world.step('Flight') });
    world.settle();
    expect(world.execution).toMatchObject({ status: 'failed', failure: { cause: 'Hotel is down' } });

    world.deliver({ type: 'retryStep', step: world.step('Hotel') });
    world.settle();
    expect(world.execution.output).toEqual(['Train', 'Flight', 'Hotel']);
  });

  it('[E12] a redrive runs what failed or was given up, and keeps what is finished', () => {
    const broken = new Set(['Flight']);
    const world = new TestWorld({ definition: trip, answers: services(broken, new Set(['Hotel'])) }).settle();
    expect(world.types().filter((type) => type === 'StateAborted')).toHaveLength(2);

    broken.clear();
    world.deliver({ type: 'redrive', by: 'Ada' });
    world.answer();
    world.deliver({ type: 'taskSucceeded', step: world.step('Hotel'), attempt: 2, output: 'Hotel' });

    expect(world.execution.output).toEqual(['Train', 'Flight', 'Hotel']);
    expect(world.calls.filter(({ state }) => state === 'Train')).toHaveLength(1);
  });

  it('[E12] a stopped execution can be redriven', () => {
    const world = new TestWorld({
      definition: trip,
      answers: services(new Set(), new Set(['Hotel'])),
    }).answer();
    world.deliver({ type: 'stop' });
    world.deliver({ type: 'redrive' });
    world.deliver({ type: 'taskSucceeded', step: world.step('Hotel'), attempt: 2, output: 'Hotel' });

    expect(world.execution.output).toEqual(['Train', 'Flight', 'Hotel']);
  });

  it('[E13] a failed step is skipped with an output', () => {
    const { world } = failedTrip();
    world.deliver({ type: 'skipStep', step: world.step('Flight'), output: 'by bus' });
    world.settle();

    expect(world.execution.output).toEqual(['Train', 'by bus', 'Hotel']);
  });

  it('[E14] with onFailure park, a step that failed for good waits while the others go on', () => {
    const { world, broken } = failedTrip({ onFailure: 'park' });
    expect(world.execution.status).toBe('running');
    expect(world.types().at(-1)).not.toBe('ExecutionFailed');

    broken.clear();
    world.deliver({ type: 'retryStep', step: world.step('Flight') });
    world.settle();
    expect(world.execution.output).toEqual(['Train', 'Flight', 'Hotel']);
  });

  it('[E14] a failure that something around it catches is not parked', () => {
    const caught: Definition = {
      StartAt: 'Try',
      States: {
        Try: {
          Type: 'Parallel',
          Branches: [{ StartAt: 'Risk', States: { Risk: { Type: 'Task', Resource: 'r', End: true } } }],
          Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Mend' }],
          End: true,
        },
        Mend: { Type: 'Pass', End: true },
      },
    };
    const answers = services(new Set(['Risk']));
    const world = new TestWorld({ definition: caught, answers, options: { onFailure: 'park' } }).settle();
    expect(world.execution.output).toEqual({ Error: 'Down', Cause: 'Risk is down' });
  });

  it('[E14] an operator lets a parked step fail', () => {
    const { world } = failedTrip({ onFailure: 'park' });
    world.deliver({ type: 'failStep', step: world.step('Flight') });
    expect(world.execution).toMatchObject({ status: 'failed', failure: { error: 'Down' } });
  });

  it('[E14] what the retries around it no longer mend waits for an operator', () => {
    const retried: Definition = {
      StartAt: 'Book',
      States: {
        Book: {
          ...trip.States.Book,
          Retry: [{ ErrorEquals: ['States.ALL'], MaxAttempts: 1 }],
        } as State,
        Done: { Type: 'Pass', End: true },
      },
    };
    const broken = new Set(['Flight']);
    const world = new TestWorld({
      definition: retried,
      answers: services(broken),
      options: { onFailure: 'park' },
    }).settle();
    expect(world.execution.status).toBe('running');
    expect(world.types().filter((type) => type === 'StepParked')).toHaveLength(1);

    broken.clear();
    world.deliver({ type: 'retryStep', step: world.step('Flight') });
    expect(world.settle().execution.output).toEqual(['Train', 'Flight', 'Hotel']);
  });

  it('[E12] a redrive of a running execution tries again every step that waits for an operator', () => {
    const broken = new Set(['Flight', 'Hotel']);
    const world = new TestWorld({
      definition: trip,
      answers: services(broken),
      options: { onFailure: 'park' },
    }).settle();
    broken.clear();
    world.deliver({ type: 'redrive', by: 'Ada' });
    expect(world.settle().execution.output).toEqual(['Train', 'Flight', 'Hotel']);
    expect(world.calls.filter(({ state }) => state === 'Train')).toHaveLength(1);
    expect(world.execution.redrives).toBe(1);
  });

  it('[E15] a paused execution takes answers and begins nothing until it is resumed', () => {
    const world = new TestWorld({ definition: trip, answers: services(new Set()) });
    world.deliver({ type: 'pause' });
    world.answer();
    expect(world.types()).not.toContain('ExecutionSucceeded');
    expect(world.types().filter((type) => type === 'TaskSucceeded')).toHaveLength(3);

    world.deliver({ type: 'resume' });
    expect(world.execution.output).toEqual(['Train', 'Flight', 'Hotel']);
  });

  const refusals: readonly [string, Parameters<TestWorld['deliver']>[0], string][] = [
    [
      'a finished step',
      { type: 'retryStep', step: 2_000 },
      'Step 2000 is finished or does not exist: only a failed step can be retried.',
    ],
    [
      'a running execution',
      { type: 'redrive' },
      'The execution is still running, and no step of it waits for an operator.',
    ],
    [
      'a step in progress',
      { type: 'skipStep', step: 4, output: null as Json },
      '"Train" has not failed for good: it is working.',
    ],
    ['what is not paused', { type: 'resume' }, 'The execution is not paused.'],
  ];
  it.each(refusals)(
    '[E16] a wish that cannot be followed is refused in a sentence: %s',
    (_, wish, sentence) => {
      const world = new TestWorld({ definition: trip, answers: () => undefined });
      expect(world.deliver(wish)).toMatchObject({ refused: sentence, events: [] });
    },
  );
});
