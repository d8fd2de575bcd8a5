import { describe, expect, it } from 'vitest';
import type { Definition, State } from '@/lib/flow/model';
import { plan } from './plan';
import { type Answers, TestWorld } from './testing-world';

const task = (resource: string, rest: object = { End: true }): State => ({
  Type: 'Task',
  Resource: resource,
  ...rest,
});

const branch = (name: string, state: State = task(name)) => ({ StartAt: name, States: { [name]: state } });

function trip(branches: readonly object[], rest: object = {}): Definition {
  return {
    StartAt: 'Plan',
    States: {
      Plan: task('Plan', { Next: 'Book' }),
      // The branches come from `branch`.
      Book: { Type: 'Parallel', Branches: branches, Next: 'Tell', ...rest } as State,
      Tell: task('Tell'),
    },
  };
}

const original = trip([branch('Train'), branch('Flight')]);

function services(broken: ReadonlySet<string>): Answers {
  return ({ state }) => (broken.has(state) ? { error: 'Down', cause: state } : { output: state });
}

function failedTrip(definition: Definition = original, broken: ReadonlySet<string> = new Set(['Flight'])) {
  return new TestWorld({ definition, answers: services(broken) }).settle();
}

function redriveWith(world: TestWorld, definition: Definition) {
  return world.deliver({ type: 'redrive', replacement: world.version(2, definition), by: 'Ada' });
}

describe('redrive with a repaired definition', () => {
  it('[E42] goes on with the new version from the failed step, and keeps what is finished', () => {
    const world = failedTrip();
    const caught = task('Flight', { Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Bus' }], End: true });
    const repaired = trip([
      branch('Train'),
      { StartAt: 'Flight', States: { Flight: caught, Bus: task('Bus') } },
    ]);

    redriveWith(world, repaired);
    world.settle();
    world.crash();

    expect(world.execution).toMatchObject({ status: 'succeeded', version: 2, output: 'Tell' });
    expect(world.calls.map(({ state }) => state)).toEqual([
      'Plan',
      'Train',
      'Flight',
      'Flight',
      'Bus',
      'Tell',
    ]);
    expect(world.events.find(({ type }) => type === 'DefinitionReplaced')).toMatchObject({
      version: 2,
      before: 1,
      by: 'Ada',
    });
  });

  it('[E42] the failed state may be of another type: it is visited as what it is now', () => {
    const world = failedTrip();
    redriveWith(
      world,
      trip([branch('Train'), branch('Flight', { Type: 'Pass', Result: 'by bus', End: true })]),
    );
    world.settle();
    world.crash();

    expect(world.execution.output).toBe('Tell');
    expect(world.calls.at(-1)?.parameters).toEqual(['Train', 'by bus']);
  });

  it('[E42] a Parallel whose result could not be worked out keeps its branches', () => {
    const wrong = trip([branch('Train'), branch('Flight')], { ResultSelector: { 'a.$': '$.nothing' } });
    const world = failedTrip(wrong, new Set());
    expect(world.execution.status).toBe('failed');

    redriveWith(world, trip([branch('Train'), branch('Flight')], { ResultSelector: { 'a.$': '$[0]' } }));
    world.settle();
    world.crash();

    expect(world.calls.map(({ state }) => state)).toEqual(['Plan', 'Train', 'Flight', 'Tell']);
    expect(world.calls.at(-1)?.parameters).toEqual({ a: 'Train' });
  });

  it('[E42] what comes later is that of the new version', () => {
    const world = failedTrip(original, new Set(['Tell']));
    const repaired = trip([branch('Only')]);
    redriveWith(world, { ...repaired, States: { ...repaired.States, Tell: task('Shout') } });
    expect(world.calls.at(-1)).toMatchObject({ state: 'Tell', resource: 'Shout', attempt: 2 });
  });

  it('[E42] with parked steps, the running execution goes on with the new version', () => {
    const world = new TestWorld({
      definition: original,
      options: { onFailure: 'park' },
      answers: services(new Set(['Flight'])),
    }).settle();
    redriveWith(world, trip([branch('Train'), branch('Flight', { Type: 'Pass', End: true })]));
    world.settle();
    world.crash();

    expect(world.execution).toMatchObject({ status: 'succeeded', version: 2 });
  });

  const refusals: readonly [string, Definition, string][] = [
    [
      'the failed state is gone',
      trip([branch('Train'), branch('Plane')]),
      'The execution failed at "Flight", which version 2 does not have there. Keep its name, or restart from a step before it.',
    ],
    [
      'another number of branches',
      trip([branch('Train'), branch('Flight'), branch('Hotel')]),
      '"Book" has 2 branches whose results are kept, and 3 in version 2.',
    ],
    [
      'the container is of another type',
      {
        ...original,
        States: { ...original.States, Book: { Type: 'Pass', Next: 'Tell' } },
      },
      '"Book" has begun as a Parallel state, and is a Pass state in version 2.',
    ],
    [
      'the container is gone',
      { StartAt: 'Plan', States: { Plan: task('Plan') } },
      'The execution is at "Book", which version 2 does not have there. Keep its name, or restart from a step before it.',
    ],
  ];
  it.each(refusals)('[E43] says why it cannot: %s', (_, definition, sentence) => {
    const world = failedTrip();
    expect(redriveWith(world, definition)).toMatchObject({ refused: sentence, events: [] });
    expect(world.execution).toMatchObject({ status: 'failed', version: 1 });
  });

  it('[E43] every reason is told, and a plan tells the same', () => {
    const definition = trip([
      branch('A', { Type: 'Parallel', Branches: [branch('X'), branch('Y')], End: true } as State),
      branch('Flight'),
    ]);
    const world = failedTrip(definition, new Set(['Flight']));
    const replacement = world.version(2, trip([branch('A'), branch('Other')]));

    const planned = plan(world.survey(), { type: 'redrive', at: world.now, replacement });
    expect(planned.refused).toEqual([
      '"A" has begun as a Parallel state, and is a Task state in version 2.',
      'The execution failed at "Flight", which version 2 does not have there. Keep its name, or restart from a step before it.',
    ]);
    expect(world.deliver({ type: 'redrive', replacement }).refused).toBe(planned.refused.join('\n'));
  });

  it('[E43] the version that it runs already, and a running execution, are refused', () => {
    const world = failedTrip();
    const replacement = { ...world.version(1, original), version: 1 };
    expect(world.deliver({ type: 'redrive', replacement }).refused).toContain('runs version 1 already');

    const running = new TestWorld({ definition: original, answers: () => undefined });
    expect(redriveWith(running, original).refused).toContain('is still running');
  });

  it('[E42] a history that went over to another version replays with both', () => {
    const world = failedTrip();
    redriveWith(world, trip([branch('Train'), branch('Flight', { Type: 'Pass', End: true })]));
    world.settle();

    expect(world.survey().execution).toEqual(world.execution);
    expect(world.survey().program).toBe(world.program);
  });
});

describe('what a redrive keeps', () => {
  it('[E12] a Map that failed with its items done works out its result alone', () => {
    const definition: Definition = {
      StartAt: 'Each',
      States: {
        Each: {
          Type: 'Map',
          ItemProcessor: branch('Item'),
          ResultSelector: { 'first.$': '$.nothing' },
          End: true,
        } as State,
      },
    };
    const world = new TestWorld({ definition, input: [1, 2], answers: services(new Set()) }).settle();
    expect(world.execution.status).toBe('failed');

    world.deliver({ type: 'redrive' });
    world.settle();

    expect(world.calls).toHaveLength(2);
    expect(world.execution.status).toBe('failed');
  });

  it('[E12] a time limit begins anew with a repair', () => {
    const world = new TestWorld({
      definition: { ...original, TimeoutSeconds: 60 },
      answers: services(new Set(['Flight'])),
    }).answer();
    world.now += 3_600_000;
    world.deliver({ type: 'retryStep', step: world.step('Flight') });

    expect(world.execution.timers.due.get('execution')).toBe(world.now + 60_000);
  });
});
