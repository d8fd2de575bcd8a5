import { describe, expect, it } from 'vitest';
import type { Definition } from '@/lib/flow/model';
import { advance } from './advance';
import { compile } from './compile';
import { fold, foldOn, nextTimer, openCommands } from './fold';
import { freeze, thaw } from './snapshot';
import { TestWorld } from './testing-world';
import { readToken } from './token';

const charge: Definition = {
  StartAt: 'Charge',
  States: { Charge: { Type: 'Task', Resource: 'pay', TimeoutSeconds: 60, End: true } },
};
const pending = () => new TestWorld({ definition: charge, answers: () => undefined });

describe('the laws of the engine', () => {
  it('[E1] the same arrival to the same execution decides the same', () => {
    const first = pending();
    const second = pending();

    const news = { type: 'taskSucceeded', step: 2, attempt: 1, output: { paid: true } } as const;
    const one = first.deliver(news);
    const two = second.deliver(news);

    expect(two.events).toEqual(one.events);
    expect(two.commands).toEqual(one.commands);
  });

  it('[E1] time is only what arrivals say', () => {
    const world = pending();
    world.now += 5000;
    world.deliver({ type: 'taskSucceeded', step: 2, attempt: 1, output: 1 });

    expect(new Set(world.events.slice(-3).map(({ at }) => at))).toEqual(new Set([world.now]));
  });

  it('[E1] random values are the same each time they are decided', () => {
    const definition: Definition = {
      StartAt: 'Draw',
      States: { Draw: { Type: 'Pass', Parameters: { 'id.$': 'States.UUID()' }, End: true } },
    };

    expect(new TestWorld({ definition }).execution.output).toEqual(
      new TestWorld({ definition }).execution.output,
    );
    expect(new TestWorld({ definition }).execution.output).toEqual({
      id: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/),
    });
  });

  it('[E2] folding the journal gives the execution', () => {
    const world = pending();
    expect(freeze(fold(world.program, world.events))).toEqual(freeze(world.execution));
  });

  it('[E2] a snapshot and the events after it give the execution', () => {
    const world = pending();
    const snapshot = freeze(world.execution);
    const { events } = world.deliver({ type: 'taskSucceeded', step: 2, attempt: 1, output: 1 });

    expect(freeze(foldOn(world.program, thaw(snapshot), events).execution)).toEqual(freeze(world.execution));
  });

  it('[E2] a history with a gap is refused', () => {
    const { program, events } = pending();
    expect(() => fold(program, [...events.slice(0, 2), ...events.slice(3)])).toThrow('does not follow');
  });

  it('[E3] an answer delivered twice counts once', () => {
    const world = pending();
    const answer = { type: 'taskFailed', step: 2, attempt: 1, error: 'Declined' } as const;
    world.deliver(answer);
    expect(world.deliver(answer)).toMatchObject({ events: [], commands: [] });
  });

  it('[E3] an answer of an earlier attempt counts for nothing', () => {
    const definition: Definition = {
      ...charge,
      States: {
        Charge: { Type: 'Task', Resource: 'pay', Retry: [{ ErrorEquals: ['States.ALL'] }], End: true },
      },
    };
    const world = new TestWorld({ definition, answers: () => undefined });
    world.deliver({ type: 'taskFailed', step: 2, attempt: 1, error: 'Declined' });
    world.settle();

    expect(world.deliver({ type: 'taskSucceeded', step: 2, attempt: 1, output: 1 }).events).toEqual([]);
    expect(world.deliver({ type: 'taskSucceeded', step: 2, attempt: 2, output: 2 }).execution.output).toBe(2);
  });

  it('[E3] a timer that comes too early counts for nothing', () => {
    const world = pending();
    expect(world.deliver({ type: 'timer', timer: 'timeout:2' }).events).toEqual([]);
  });

  it('[E4] timers are points in time, kept over a crash', () => {
    const world = pending();
    expect(nextTimer(world.execution)).toBe(world.now + 60_000);
    expect(nextTimer(fold(world.program, world.events))).toBe(world.now + 60_000);
  });

  it('[E5] what is performed again after a crash has the ids of the first time', () => {
    const world = pending();
    const first = [...world.open.values()];
    const again = openCommands(world.program, fold(world.program, world.events));

    expect(again).toHaveLength(first.length);
    expect(again).toEqual(expect.arrayContaining(first));
  });

  it('[E6] an ended execution has no open command', () => {
    const world = pending();
    const { commands } = world.deliver({ type: 'stop', by: 'Ada' });

    expect(commands).toEqual([
      { type: 'cancelTask', id: 'task:2.1', step: 2, attempt: 1 },
      { type: 'cancelTimer', id: 'timeout:2' },
    ]);
    expect(openCommands(world.program, world.execution)).toEqual([]);
    expect(nextTimer(world.execution)).toBeNull();
  });

  it('[E7] a history replays to the same commands', () => {
    const world = pending();
    const start = {
      type: 'start',
      at: world.now,
      executionId: 'x',
      executionName: 'run',
      flowId: 'f',
    } as const;
    const again = advance(compile(charge), undefined, {
      ...start,
      flowName: 'flow',
      version: 1,
      input: {},
      seed: 's',
    });
    expect(again.commands).toEqual([...world.open.values()]);
  });

  it('[E8] a turn is bounded, and what is left is begun by the continue command', () => {
    const definition: Definition = {
      StartAt: 'Each',
      States: {
        Each: {
          Type: 'Map',
          ItemProcessor: { StartAt: 'Item', States: { Item: { Type: 'Pass', End: true } } },
          End: true,
        },
      },
    };
    const input = Array.from({ length: 10_000 }, (_, i) => i);
    const world = new TestWorld({ definition, input, options: { payloadLimit: 1_000_000 } });

    expect(world.events.length).toBeLessThan(4100);
    expect(world.execution.status).toBe('running');
    expect(openCommands(world.program, world.execution)).toEqual([
      { type: 'continue', id: `continue:${world.execution.lastEvent}` },
    ]);
    world.crash();
    world.settle();
    expect(world.execution.output).toEqual(input);
  });

  it('[E8] a loop without end stops at the history limit', () => {
    const definition: Definition = { StartAt: 'Again', States: { Again: { Type: 'Pass', Next: 'Again' } } };
    const world = new TestWorld({ definition, options: { historyLimit: 25_000 } }).settle();

    expect(world.execution.failure?.cause).toBe(
      'The execution reached the maximum number of history events (25000).',
    );
    expect(world.events.length).toBeLessThan(25_010);
  });

  it('[E9] a callback has a token that says whose it is', () => {
    const definition: Definition = {
      StartAt: 'Ask',
      States: {
        Ask: {
          Type: 'Task',
          Resource: 'millrace:callback',
          Parameters: { 'token.$': '$$.Task.Token' },
          End: true,
        },
      },
    };
    const world = new TestWorld({ definition, answers: () => undefined });
    const [call] = world.calls;

    expect(call?.parameters).toEqual({ token: call?.token });
    expect(readToken(call?.token ?? '')).toMatchObject({ executionId: 'x', step: 2, attempt: 1 });
    expect(readToken('x.2.1.short')).toBeUndefined();
  });
});
