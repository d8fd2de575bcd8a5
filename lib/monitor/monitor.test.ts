import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import type { Event, Happening } from '@/lib/engine/event';
import { take } from './fold';
import { type Monitor, newMonitor } from './monitor';
import { stepStatuses } from './status';
import { culprits, focusOn, lastCaught, overlayOf, parked, stepAt, stepIn } from './view';

const definition = {
  StartAt: 'Pay',
  States: {
    Pay: {
      Type: 'Task',
      Resource: 'millrace:http',
      Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Refund' }],
      Next: 'Ship',
    },
    Ship: {
      Type: 'Map',
      Iterator: { StartAt: 'Send', States: { Send: { Type: 'Task', Resource: 'x', End: true } } },
      Next: 'Both',
    },
    Both: {
      Type: 'Parallel',
      Branches: [
        { StartAt: 'Left', States: { Left: { Type: 'Pass', End: true } } },
        { StartAt: 'Right', States: { Right: { Type: 'Fail', Error: 'No' } } },
      ],
      End: true,
    },
    Refund: { Type: 'Pass', End: true },
  },
};

/** A history of what happened, an event every ten milliseconds. */
function history(...happenings: readonly Happening[]): readonly Event[] {
  return happenings.map((happening, index) => ({
    id: index + 1,
    previous: index,
    at: (index + 1) * 10,
    ...happening,
  }));
}

function seen(...happenings: readonly Happening[]): Monitor {
  const monitor = newMonitor(definition);
  take(monitor, history(...happenings));
  return monitor;
}

const started: Happening = {
  type: 'ExecutionStarted',
  input: { order: 7 },
  seed: '',
  executionName: 'one',
  executionId: '00000000-0000-4000-8000-000000000001',
  flowId: 'f',
  flowName: 'Orders',
  version: 1,
};
const failure = { error: 'Http.503', cause: 'closed' };
const entered = (
  state: string,
  stateType: 'Task' | 'Map' | 'Parallel' | 'Pass' | 'Fail',
  parent?: number,
  index?: number,
): Happening => ({
  type: 'StateEntered',
  state,
  stateType,
  input: { order: 7 },
  ...(parent === undefined || index === undefined ? {} : { parent, index }),
});
const scheduled = (step: number, attempt: number): Happening => ({
  type: 'TaskScheduled',
  step,
  attempt,
  resource: 'millrace:http',
  parameters: { url: 'http://pay' },
});
const exited = (
  step: number,
  state: string,
  stateType: 'Task' | 'Map' | 'Parallel' | 'Pass',
  next?: string,
): Happening => ({
  type: 'StateExited',
  step,
  state,
  stateType,
  output: { done: state },
  ...(next === undefined ? {} : { next }),
});

const paid: readonly Happening[] = [
  started,
  entered('Pay', 'Task'),
  scheduled(2, 1),
  { type: 'TaskFailed', step: 2, attempt: 1, ...failure, retry: { at: 2000, retrier: 0 } },
  scheduled(2, 2),
  { type: 'TaskFailed', step: 2, attempt: 2, ...failure },
];
const broken: readonly Happening[] = [...paid, { type: 'ExecutionFailed', ...failure }];

/** Two iterations of a Map: the first done, the second failed; then the execution. */
const shipped: readonly Happening[] = [
  started,
  entered('Ship', 'Map'),
  { type: 'MapStateStarted', step: 2, length: 3, concurrency: 0 },
  { type: 'MapIterationStarted', step: 2, index: 0 },
  entered('Send', 'Task', 2, 0),
  scheduled(5, 1),
  { type: 'TaskSucceeded', step: 5, attempt: 1, output: 'sent' },
  exited(5, 'Send', 'Task'),
  { type: 'MapIterationSucceeded', step: 2, index: 0 },
  { type: 'MapIterationStarted', step: 2, index: 1 },
  entered('Send', 'Task', 2, 1),
  scheduled(11, 1),
  { type: 'TaskFailed', step: 11, attempt: 1, ...failure },
  { type: 'MapIterationFailed', step: 2, index: 1, ...failure },
  { type: 'ExecutionFailed', ...failure },
];

it('[M3] a Map whose iteration failed has had one attempt, although both say that they failed', () => {
  const told = shipped.toSpliced(-1, 0, { type: 'MapStateFailed', step: 2, ...failure });

  expect(seen(...told).steps.get(2)?.attempts).toEqual(seen(...shipped).steps.get(2)?.attempts);
});

describe('a history folds into a view', () => {
  test.prop([fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1 })])(
    '[M1] chunks of any size give the same',
    (sizes) => {
      const events = history(...shipped);
      const monitor = newMonitor(definition);

      let at = 0;
      for (let turn = 0; at < events.length; turn += 1) {
        const size = sizes[turn % sizes.length] ?? 1;
        take(monitor, events.slice(at, at + size));
        at += size;
      }

      expect(monitor).toEqual(seen(...shipped));
    },
  );

  it('[M2] events seen before change nothing', () => {
    const monitor = seen(...broken);

    const changes = take(monitor, history(...broken));

    expect(changes).toEqual({ steps: new Set(), states: new Set() });
    expect(monitor).toEqual(seen(...broken));
  });

  it('[M2] a gap throws, and what was seen stays', () => {
    const monitor = seen(...paid.slice(0, 2));

    expect(() => take(monitor, history(...paid).slice(3))).toThrow('from event 2 to 4');
    expect(monitor.summary.lastEvent).toBe(2);
  });

  it('[M3] every attempt stays, with what asked for it and the wait after it', () => {
    const monitor = seen(
      ...broken,
      { type: 'StepRetried', step: 2, input: { order: 8 }, by: 'Ada', why: 'open again' },
      scheduled(2, 3),
    );

    const called = { resource: 'millrace:http', parameters: { url: 'http://pay' } };
    expect(monitor.steps.get(2)?.attempts).toEqual([
      {
        number: 1,
        call: 1,
        status: 'failed',
        trigger: { kind: 'entered' },
        startedAt: 30,
        endedAt: 40,
        input: { order: 7 },
        ...called,
        failure,
        retry: { at: 2000, retrier: 0 },
      },
      {
        number: 2,
        call: 2,
        status: 'failed',
        trigger: { kind: 'retry', retrier: 0 },
        startedAt: 50,
        endedAt: 60,
        input: { order: 7 },
        ...called,
        failure,
      },
      {
        number: 3,
        call: 3,
        status: 'running',
        trigger: { kind: 'operator', by: 'Ada', why: 'open again' },
        startedAt: 90,
        input: { order: 8 },
        ...called,
      },
    ]);
  });

  it('[M3] an attempt that fails in its own expressions is an attempt', () => {
    const monitor = seen(started, entered('Pay', 'Task'), {
      type: 'EvaluationFailed',
      step: 2,
      location: 'Arguments',
      error: 'States.Runtime',
      retry: { at: 900, retrier: 1 },
    });

    expect(monitor.steps.get(2)).toMatchObject({
      status: 'retrying',
      attempts: [
        { number: 1, status: 'failed', failure: { error: 'States.Runtime', location: 'Arguments' } },
      ],
    });
  });

  it('[M4] what did not change keeps its reference', () => {
    const monitor = seen(...shipped.slice(0, 9));
    const [step, overlay] = [monitor.steps.get(5), overlayOf(monitor, '/States/Ship/Iterator/States/Send')];

    const changes = take(monitor, history(...shipped).slice(9, 10));

    expect(changes.steps).toEqual(new Set([2]));
    expect(monitor.steps.get(5)).toBe(step);
    expect(overlayOf(monitor, '/States/Ship/Iterator/States/Send')).toBe(overlay);
  });

  it('[M5] a state stands for the newest visit of each iteration', () => {
    const monitor = seen(...shipped);

    expect(overlayOf(monitor, '/States/Ship/Iterator/States/Send')).toEqual({
      status: 'failed',
      step: 11,
      attempt: 1,
      visits: { succeeded: 1, failed: 1 },
      taken: [],
      caughtBy: [],
    });
    expect(overlayOf(monitor, '/States/Ship')?.inside).toEqual({ succeeded: 1, failed: 1, pending: 1 });
    expect(overlayOf(monitor, '/States/Refund')).toBeUndefined();
  });

  it('[M5] a round takes the place of the one before', () => {
    const monitor = seen(
      started,
      entered('Pay', 'Task'),
      exited(2, 'Pay', 'Task', 'Pay'),
      entered('Pay', 'Task'),
    );

    expect(overlayOf(monitor, '/States/Pay')).toMatchObject({
      status: 'running',
      step: 4,
      visits: { running: 1 },
      taken: ['Pay'],
    });
    expect(monitor.order).toEqual([2, 4]);
  });

  it('[M6] nothing is open after the end', () => {
    const monitor = seen(...shipped.slice(0, 12), { type: 'ExecutionAborted', why: 'enough' });

    expect([...monitor.open]).toEqual([]);
    expect(overlayOf(monitor, '/States/Ship')?.inside).toEqual({ succeeded: 1, stopped: 1, pending: 1 });
    expect(monitor.steps.get(11)).toMatchObject({
      status: 'stopped',
      attempts: [{ status: 'stopped', endedAt: 130 }],
    });
  });

  it('[M7] the innermost step is to blame, not what is around it', () => {
    expect(culprits(seen(...shipped)).map((step) => step.id)).toEqual([11]);
  });

  it('[M7] a Fail state is to blame with what it said', () => {
    const monitor = seen(
      started,
      entered('Both', 'Parallel'),
      { type: 'ParallelStateStarted', step: 2 },
      entered('Left', 'Pass', 2, 0),
      entered('Right', 'Fail', 2, 1),
      { type: 'ParallelStateFailed', step: 2, branch: 1, error: 'No' },
      { type: 'ExecutionFailed', error: 'No' },
    );

    expect(culprits(monitor)).toMatchObject([{ id: 5, status: 'failed', failure: { error: 'No' } }]);
    expect(overlayOf(monitor, '/States/Both')?.inside).toEqual({ stopped: 1, failed: 1 });
  });

  it('[M7] what was caught, or tolerated by a Map, is nobody’s fault', () => {
    const caught = seen(...paid, { ...exited(2, 'Pay', 'Task', 'Refund'), caught: failure } as Happening);
    const tolerated = seen(
      ...shipped.slice(0, 3),
      { type: 'MapRunStarted', step: 2, toleratedCount: 1 },
      { type: 'MapIterationStarted', step: 2, index: 0 },
      entered('Send', 'Task', 2, 0),
      scheduled(6, 1),
      { type: 'TaskFailed', step: 6, attempt: 1, ...failure },
      { type: 'MapIterationFailed', step: 2, index: 0, ...failure },
      { type: 'MapStateSucceeded', step: 2 },
      exited(2, 'Ship', 'Map'),
    );

    expect(culprits(caught)).toEqual([]);
    expect(lastCaught(caught)?.id).toBe(2);
    expect(overlayOf(caught, '/States/Pay')).toMatchObject({
      status: 'failed',
      taken: [],
      caughtBy: ['Refund'],
    });
    expect(culprits(tolerated)).toEqual([]);
    expect(tolerated.steps.get(2)?.status).toBe('succeeded');
  });

  it('[M8] a step that is tried again opens all that is around it', () => {
    const monitor = seen(...shipped, { type: 'StepRetried', step: 11, resumed: [] });

    expect(monitor.summary).toMatchObject({ status: 'running', lastEvent: 16 });
    expect(monitor.summary.endedAt).toBeUndefined();
    expect([2, 11].map((id) => monitor.steps.get(id)?.status)).toEqual(['running', 'running']);
    expect(overlayOf(monitor, '/States/Ship')?.inside).toEqual({ succeeded: 1, running: 1, pending: 1 });
    expect(culprits(monitor)).toEqual([]);
  });

  it('[M8] a Map that begins anew forgets its iterations, but not its steps', () => {
    const monitor = seen(
      ...shipped.slice(0, 13),
      {
        type: 'MapIterationFailed',
        step: 2,
        index: 1,
        ...failure,
        retry: { at: 5000, retrier: 0 },
      },
      { type: 'MapStateStarted', step: 2, length: 3, concurrency: 0 },
    );

    expect(overlayOf(monitor, '/States/Ship')).toMatchObject({
      status: 'running',
      attempt: 2,
      inside: { pending: 3 },
    });
    expect(overlayOf(monitor, '/States/Ship/Iterator/States/Send')?.visits).toEqual({});
    expect(monitor.order).toEqual([2, 5, 11]);
    expect(culprits(monitor)).toEqual([]);
  });

  it('[M9] the iteration that is looked at is seen alone', () => {
    const monitor = seen(...shipped);
    const pointer = '/States/Ship/Iterator/States/Send';

    expect(overlayOf(monitor, pointer, focusOn(monitor, 5))).toMatchObject({
      status: 'succeeded',
      step: 5,
      visits: { succeeded: 1 },
    });
    expect(stepAt(monitor, pointer, focusOn(monitor, 5))).toBe(5);
    expect(stepAt(monitor, pointer)).toBe(11);
    expect(
      [0, 1].map((index) => stepIn(monitor, monitor.containers.get(2)?.scopes.get(index) ?? monitor.top)),
    ).toEqual([5, 11]);
  });

  it('[M10] what operators did is told with who and why', () => {
    const monitor = seen(
      ...broken,
      { type: 'ExecutionRedriven', steps: [2], by: 'Ada', why: 'service is up' },
      { type: 'ExecutionPaused' },
    );

    expect(monitor.acts).toEqual([
      { event: 8, at: 80, what: 'redriven', by: 'Ada', why: 'service is up' },
      { event: 9, at: 90, what: 'paused' },
    ]);
    expect(monitor.summary.paused).toBe(true);
  });

  it('[M10] a parked step waits for a person', () => {
    const monitor = seen(...paid, { type: 'StepParked', step: 2, ...failure });

    expect(parked(monitor).map((step) => step.state)).toEqual(['Pay']);
  });

  it('[M4] an iteration whose step waits for a person is counted as such, until it goes on', () => {
    const begun: Happening[] = [
      started,
      entered('Ship', 'Map'),
      { type: 'MapStateStarted', step: 2, length: 2, concurrency: 0 },
      { type: 'MapIterationStarted', step: 2, index: 0 },
      { type: 'MapIterationStarted', step: 2, index: 1 },
      entered('Send', 'Task', 2, 0),
      entered('Send', 'Task', 2, 1),
      { type: 'StepParked', step: 6, ...failure },
    ];
    const counts = (...more: Happening[]) => overlayOf(seen(...begun, ...more), '/States/Ship')?.inside;
    expect(counts()).toEqual({ parked: 1, running: 1 });
    expect(counts({ type: 'StepRetried', step: 6 })).toEqual({ running: 2 });
    expect(counts({ type: 'ExecutionAborted' })).toEqual({ stopped: 2 });
  });

  it('[M4] the counts of a Map agree with its iterations, however many there are', () => {
    const monitor = newMonitor(definition);
    const length = 5000;
    take(
      monitor,
      history(
        started,
        entered('Ship', 'Map'),
        { type: 'MapStateStarted', step: 2, length, concurrency: 0 },
        ...Array.from({ length }, (_, index): Happening => ({ type: 'MapIterationStarted', step: 2, index })),
        ...Array.from(
          { length: 1234 },
          (_, index): Happening => ({ type: 'MapIterationSucceeded', step: 2, index }),
        ),
      ),
    );

    const inside = overlayOf(monitor, '/States/Ship')?.inside ?? {};
    expect(inside).toEqual({ running: length - 1234, succeeded: 1234 });
    expect(stepStatuses.reduce((sum, status) => sum + (inside[status] ?? 0), 0)).toBe(length);
  });

  it('[M13] a task that waits for its turn waits to start, and runs once it is called', () => {
    const call = { step: 2, attempt: 1 };
    const scheduled = {
      type: 'TaskScheduled',
      ...call,
      resource: 'pay',
      parameters: {},
      queued: true,
    } as const;
    const monitor = seen(started, entered('Pay', 'Task'), scheduled);
    expect(monitor.steps.get(2)).toMatchObject({
      status: 'pending',
      attempts: [{ status: 'pending', queuedAt: 30 }],
    });

    take(monitor, history(started, entered('Pay', 'Task'), scheduled, { type: 'TaskStarted', ...call }));
    expect(monitor.steps.get(2)).toMatchObject({
      status: 'running',
      attempts: [{ status: 'running', queuedAt: 30, startedAt: 40 }],
    });
  });

  it('[M13] an execution that waits for room is queued until it begins', () => {
    const monitor = seen({ ...started, queued: true });
    expect(monitor.summary.queued).toBe(true);
    take(monitor, history({ ...started, queued: true }, { type: 'ExecutionBegun' }));
    expect(monitor.summary.queued).toBe(false);
  });
});
