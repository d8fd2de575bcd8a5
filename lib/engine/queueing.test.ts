import { describe, expect, it } from 'vitest';
import type { Definition } from '@/lib/flow/model';
import { advance } from './advance';
import type { News } from './arrival';
import { compile } from './compile';
import type { Options } from './event';
import { fold, openCommands } from './fold';
import { freeze } from './snapshot';

const charge: Definition = {
  StartAt: 'Charge',
  TimeoutSeconds: 100,
  States: {
    Charge: { Type: 'Task', Resource: 'pay', TimeoutSeconds: 60, HeartbeatSeconds: 10, End: true },
  },
};
const limited = new Set(['pay']);
const names = { executionId: 'x', executionName: 'run', flowId: 'f', flowName: 'flow', version: 1 };
const turn = { type: 'taskStarted', step: 2, attempt: 1 } as const;

/** An execution in a world where calls of `pay` are limited, and flows may be full. */
class Limited {
  readonly program = compile(charge);
  readonly first;
  readonly events;
  execution;

  constructor(head: { readonly full?: boolean; readonly options?: Options } = {}) {
    const start = { type: 'start', at: 0, limited, input: {}, seed: 's', ...names, ...head } as const;
    this.first = advance(this.program, undefined, start);
    this.execution = this.first.execution;
    this.events = [...this.first.events];
  }

  deliver(at: number, news: News, full = false) {
    const advanced = advance(this.program, this.execution, { at, limited, full, ...news });
    this.events.push(...advanced.events);
    return advanced;
  }

  timers() {
    return Object.fromEntries(this.execution.timers.due);
  }

  open() {
    return openCommands(this.program, this.execution).map(({ id }) => id);
  }

  folded() {
    return freeze(fold(this.program, this.events));
  }
}

describe('tasks that wait for their turn', () => {
  it('[E53] is scheduled, called for, and not started', () => {
    const { first } = new Limited();
    expect(first.events.map(({ type }) => type)).toEqual([
      'ExecutionStarted',
      'StateEntered',
      'TaskScheduled',
    ]);
    expect(first.commands.map(({ id }) => id)).toEqual(['execution', 'task:2.1']);
  });

  it('[E53] its time counts from when its turn has come', () => {
    const world = new Limited();
    world.deliver(5_000, turn);

    expect(world.timers()).toEqual({ execution: 100_000, 'timeout:2': 65_000, 'heartbeat:2': 15_000 });
    expect(world.folded()).toEqual(freeze(world.execution));
  });

  it('[E53] its turn comes once', () => {
    const world = new Limited();
    world.deliver(5_000, turn);
    expect(world.deliver(6_000, turn).events).toEqual([]);
  });

  it('[E55] a pause takes it out of the queue, and resuming puts it back', () => {
    const world = new Limited();
    const paused = world.deliver(1_000, { type: 'pause' });
    expect(paused.commands.map(({ type, id }) => [type, id])).toEqual([['cancelTask', 'task:2.1']]);
    expect(world.open()).toEqual(['execution']);
    expect(world.deliver(2_000, turn).events).toEqual([]);

    const resumed = world.deliver(3_000, { type: 'resume' });
    expect(resumed.commands.map(({ type, id }) => [type, id])).toEqual([
      ['setTimer', 'execution'],
      ['callTask', 'task:2.1'],
    ]);
  });
});

describe('executions that wait for their flow to have room', () => {
  it('[E54] is recorded and begins nothing', () => {
    const world = new Limited({ full: true });
    expect(world.first.events.map(({ type }) => type)).toEqual(['ExecutionStarted']);
    expect(world.first.commands).toEqual([{ type: 'awaitRoom', id: 'room' }]);
    expect(world.open()).toEqual(['room']);
  });

  it('[E54] begins once, and its time counts from then', () => {
    const world = new Limited({ full: true });
    const begun = world.deliver(50_000, { type: 'begin' });

    expect(begun.events.map(({ type }) => type)).toEqual(['ExecutionBegun', 'StateEntered', 'TaskScheduled']);
    expect(world.timers()).toEqual({ execution: 150_000 });
    expect(world.folded()).toEqual(freeze(world.execution));
    expect(world.deliver(50_001, { type: 'begin' }).events).toEqual([]);
  });

  it('[E55] one that is paused does not begin; resuming asks for room again', () => {
    const world = new Limited({ full: true });
    world.deliver(1_000, { type: 'pause' });
    expect(world.open()).toEqual([]);
    expect(world.deliver(2_000, { type: 'begin' }).events).toEqual([]);

    expect(world.deliver(3_000, { type: 'resume' }).commands).toEqual([{ type: 'awaitRoom', id: 'room' }]);
    expect(world.deliver(4_000, { type: 'begin' }).events).toHaveLength(3);
  });

  it('[E54] one that is stopped while it waits has ended', () => {
    const world = new Limited({ full: true });
    expect(world.deliver(1_000, { type: 'stop' }).execution.status).toBe('stopped');
    expect(world.open()).toEqual([]);
    expect(world.deliver(2_000, { type: 'begin' }).events).toEqual([]);
  });

  it('[E54] one that had ended waits again before it is redriven', () => {
    const world = new Limited();
    world.deliver(1_000, { type: 'stop' });
    const redriven = world.deliver(2_000, { type: 'redrive' }, true);

    expect(redriven.events).toMatchObject([{ type: 'ExecutionRedriven', queued: true }]);
    expect(world.open()).toEqual(['room']);
    expect(world.deliver(9_000, { type: 'begin' }).events.map(({ type }) => type)).toEqual([
      'ExecutionBegun',
      'TaskScheduled',
    ]);
    expect(world.timers()).toEqual({ execution: 109_000 });
    expect(world.folded()).toEqual(freeze(world.execution));
  });
});

describe('express executions', () => {
  it('[E56] time out after five minutes, or sooner where the flow says so', () => {
    const slow = compile({ ...charge, TimeoutSeconds: 1_000 });
    const start = { type: 'start', at: 0, input: {}, seed: 's', ...names } as const;
    const express = { options: { profile: 'express' } } as const;

    expect(advance(slow, undefined, { ...start, ...express }).execution.timers.due.get('execution')).toBe(
      300_000,
    );
    expect(new Limited(express).timers().execution).toBe(100_000);
    expect(advance(slow, undefined, start).execution.timers.due.get('execution')).toBe(1_000_000);
  });
});
