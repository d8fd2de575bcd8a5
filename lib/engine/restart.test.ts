import { describe, expect, it } from 'vitest';
import type { Definition, State } from '@/lib/flow/model';
import { plan } from './plan';
import { type Answers, TestWorld } from './testing-world';

const task = (name: string, rest: object = { End: true }) => ({
  Type: 'Task' as const,
  Resource: name,
  ...rest,
});

/** Three tasks in a row; each notes its result in a variable. */
const row: Definition = {
  QueryLanguage: 'JSONata',
  StartAt: 'A',
  States: {
    A: task('A', { Assign: { a: '{% $states.result %}' }, Next: 'B' }),
    B: task('B', { Arguments: { seen: '{% $a %}' }, Assign: { b: '{% $states.result %}' }, Next: 'C' }),
    C: task('C', { Arguments: { seen: '{% [$a, $b] %}' }, End: true }),
  },
};

const trip: Definition = {
  StartAt: 'Plan',
  States: {
    Plan: task('Plan', { Next: 'Book' }),
    Book: {
      Type: 'Parallel',
      Branches: ['Train', 'Hotel'].map((name) => ({
        StartAt: name,
        States: { [name]: task(name, { Next: `${name} paid` }), [`${name} paid`]: task(`${name} paid`) },
      })),
      Next: 'Tell',
    },
    Tell: task('Tell'),
  },
};

const each: Definition = {
  StartAt: 'Each',
  States: {
    Each: {
      Type: 'Map',
      ItemProcessor: {
        StartAt: 'Pack',
        States: { Pack: task('Pack', { Next: 'Send' }), Send: task('Send') },
      },
      Next: 'Sum',
    },
    Sum: task('Sum'),
  },
};

/** Each answers its name and how often it was called. */
function counting(broken: ReadonlySet<string> = new Set()): Answers {
  const calls = new Map<string, number>();
  return ({ state }) => {
    const count = (calls.get(state) ?? 0) + 1;
    calls.set(state, count);
    return broken.has(state) ? { error: 'Down', cause: state } : { output: `${state} ${count}` };
  };
}

function callsOf(world: TestWorld): string[] {
  return world.calls.map(({ state }) => state);
}

describe('restart from a step that was reached', () => {
  it('[E40] a finished step of a succeeded execution is visited anew, and what came before is kept', () => {
    const world = new TestWorld({ definition: row, answers: counting() }).settle();
    expect(world.execution.status).toBe('succeeded');

    world.deliver({ ...world.restartFrom(world.step('B')), by: 'Ada', why: 'B was wrong' });
    world.settle();
    world.crash();

    expect(callsOf(world)).toEqual(['A', 'B', 'C', 'B', 'C']);
    expect(world.execution).toMatchObject({ status: 'succeeded', output: 'C 2' });
    expect(world.calls.at(-1)?.parameters).toEqual({ seen: ['A 1', 'B 2'] });
  });

  it('[E40] variables are those that the step saw', () => {
    const world = new TestWorld({ definition: row, answers: counting() }).settle();

    world.deliver(world.restartFrom(world.step('B')));

    expect(world.calls.at(-1)?.parameters).toEqual({ seen: 'A 1' });
    expect(world.execution.top.variables).toEqual({ a: 'A 1' });
  });

  it('[E40] the restarted state is a new step: its calls have keys of their own', () => {
    const world = new TestWorld({ definition: row, answers: counting() }).settle();
    const before = world.step('B');
    world.deliver(world.restartFrom(before));

    expect(world.step('B')).toBeGreaterThan(before);
    expect(world.calls.at(-1)).toMatchObject({ id: `task:${world.step('B')}.1` });
  });

  it('[E40] it takes an edited input, and the history says what it was', () => {
    const world = new TestWorld({ definition: trip, input: { to: 'Rome' }, answers: counting() }).settle();

    world.deliver({ ...world.restartFrom(world.step('Plan')), input: { to: 'Oslo' } });

    expect(world.calls.at(-1)?.parameters).toEqual({ to: 'Oslo' });
    expect(world.events.find(({ type }) => type === 'StepRestarted')).toMatchObject({
      input: { to: 'Oslo' },
      before: { to: 'Rome' },
    });
  });

  it('[E40] what is in progress after the step is given up, its call too', () => {
    const world = new TestWorld({
      definition: row,
      answers: ({ state }) => (state === 'C' ? undefined : { output: state }),
    }).answer();
    const running = world.step('C');

    const { commands } = world.deliver(world.restartFrom(world.step('A')));

    expect(commands).toContainEqual({
      type: 'cancelTask',
      id: `task:${running}.1`,
      step: running,
      attempt: 1,
    });
    expect(world.deliver({ type: 'taskSucceeded', step: running, attempt: 1, output: 1 }).events).toEqual([]);
    world.crash();
  });

  it('[E41] in a branch of a finished Parallel, the other branches keep their results', () => {
    const world = new TestWorld({ definition: trip, answers: counting() }).settle();

    world.deliver(world.restartFrom(world.step('Train paid')));
    world.settle();
    world.crash();

    expect(callsOf(world).slice(6)).toEqual(['Train paid', 'Tell']);
    expect(world.execution.output).toBe('Tell 2');
    expect(world.calls.at(-1)?.parameters).toEqual(['Train paid 2', 'Hotel paid 1']);
  });

  it('[E41] in an iteration of a finished Map, the other iterations keep their results', () => {
    const world = new TestWorld({ definition: each, input: [1, 2, 3], answers: counting() }).settle();
    const packs = world.events.filter((event) => event.type === 'StateEntered' && event.state === 'Send');

    world.deliver(world.restartFrom(packs[1]?.id ?? 0));
    world.settle();
    world.crash();

    expect(callsOf(world).slice(7)).toEqual(['Send', 'Sum']);
    expect(world.calls.at(-1)?.parameters).toEqual(['Send 1', 'Send 4', 'Send 3']);
  });

  it('[E41] in a Parallel that still runs, the other branches go on', () => {
    const world = new TestWorld({
      definition: trip,
      answers: ({ state }) => (state === 'Hotel' ? undefined : { output: state }),
    }).answer();
    const hotel = world.step('Hotel');

    const { commands } = world.deliver(world.restartFrom(world.step('Train')));
    expect(commands.filter(({ type }) => type === 'cancelTask')).toEqual([]);
    world.deliver({ type: 'taskSucceeded', step: hotel, attempt: 1, output: 'Hotel' });
    world.settle();
    world.crash();

    expect(world.execution.output).toBe('Tell');
    expect(callsOf(world).filter((state) => state === 'Train')).toHaveLength(2);
    expect(callsOf(world).filter((state) => state === 'Hotel')).toHaveLength(1);
  });

  it('[E41] what was given up because of a failure goes on with it; what failed beside stays as it is', () => {
    const broken = new Set(['Train paid']);
    const world = new TestWorld({ definition: trip, answers: counting(broken) }).settle();
    expect(world.execution.status).toBe('failed');

    broken.clear();
    world.deliver(world.restartFrom(world.step('Train')));
    world.settle();
    world.crash();

    expect(world.execution).toMatchObject({ status: 'succeeded' });
  });

  it('[E41] a Parallel that the flow had caught and left is open again', () => {
    const caught: Definition = {
      StartAt: 'Book',
      States: {
        Book: {
          ...trip.States.Book,
          Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Mend' }],
          Next: 'Mend',
        } as State,
        Mend: { Type: 'Pass', End: true },
      },
    };
    const broken = new Set(['Train paid']);
    const world = new TestWorld({ definition: caught, answers: counting(broken) }).settle();
    expect(world.execution.output).toMatchObject({ Error: 'Down' });

    broken.clear();
    world.deliver(world.restartFrom(world.step('Train paid')));
    world.settle();
    world.crash();

    // The hotel was being paid when its Parallel was given up.
    expect(world.execution.output).toEqual(['Train paid 2', 'Hotel paid 2']);
    expect(callsOf(world).filter((state) => state === 'Hotel')).toHaveLength(1);
  });

  it('[E41] a restart after a restart finds the newest results beside it', () => {
    const world = new TestWorld({ definition: trip, answers: counting() }).settle();
    const hotel = world.step('Hotel paid');
    world.deliver(world.restartFrom(world.step('Train paid')));
    world.settle();

    world.deliver(world.restartFrom(hotel));
    world.settle();
    world.crash();

    expect(world.calls.at(-1)?.parameters).toEqual(['Train paid 2', 'Hotel paid 2']);
  });

  it('[E16] a restart that was prepared at another event is refused', () => {
    const world = new TestWorld({ definition: row, answers: () => undefined });
    const wish = world.restartFrom(2);
    world.deliver({ type: 'taskSucceeded', step: 2, attempt: 1, output: 1 });

    expect(world.deliver(wish)).toMatchObject({
      refused: 'The execution has gone on while it was looked at. Ask again, or pause it first.',
      events: [],
    });
  });

  it('[E44] the plan says what is kept, what runs again and which calls repeat', () => {
    const world = new TestWorld({ definition: trip, answers: counting() }).settle();

    const planned = plan(world.survey(world.step('Train paid')), {
      at: world.now,
      ...world.restartFrom(world.step('Train paid')),
    });

    expect(planned).toEqual({
      lastEvent: world.execution.lastEvent,
      refused: [],
      kept: ['Plan', 'Train', 'Hotel', 'Hotel paid'].map((state) => ({
        state,
        stateType: 'Task',
        visits: 1,
      })),
      again: ['Train paid', 'Tell'].map((state) => ({ state, stateType: 'Task', visits: 1 })),
      calls: ['Train paid', 'Tell'].map((state) => ({ state, resource: state, steps: 1, calls: 1 })),
      failedStill: [],
    });
    expect(world.execution.status, 'a plan changes nothing').toBe('succeeded');
  });

  it('[E44] a wish that follows an old plan is refused, and says so', () => {
    const world = new TestWorld({ definition: row, answers: () => undefined });

    expect(world.deliver({ type: 'pause', lastEvent: 1 })).toMatchObject({
      stale: true,
      refused:
        'The plan is out of date: it was made at event 1, and the execution is at event 4 now. Look at the new plan and confirm again.',
    });
  });
});
