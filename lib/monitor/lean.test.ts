import { describe, expect, it } from 'vitest';
import type { Event } from '@/lib/engine/event';
import { TestWorld } from '@/lib/engine/testing-world';
import type { Json } from '@/lib/expression/json';
import type { Definition } from '@/lib/flow/model';
import { take } from './fold';
import { freezeMonitor, thawMonitor } from './frozen';
import { type Monitor, newMonitor } from './monitor';
import { culprits, overlayOf } from './view';

const definition: Definition = {
  StartAt: 'Before',
  States: {
    Before: { Type: 'Pass', Next: 'Each' },
    Each: {
      Type: 'Map',
      ItemsPath: '$.items',
      MaxConcurrency: 7,
      ToleratedFailureCount: 50,
      ItemProcessor: {
        ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
        StartAt: 'Call',
        States: {
          Call: { Type: 'Task', Resource: 'millrace:work', Next: 'Two' },
          Two: {
            Type: 'Parallel',
            End: true,
            Branches: [
              { StartAt: 'Left', States: { Left: { Type: 'Pass', End: true } } },
              { StartAt: 'Right', States: { Right: { Type: 'Pass', End: true } } },
            ],
          },
        },
      },
      Next: 'After',
    },
    After: { Type: 'Task', Resource: 'millrace:work', End: true },
  },
};

function run(length: number): { events: readonly Event[]; definition: Json } {
  const world = new TestWorld({
    definition,
    input: { items: Array.from({ length }, (_, n) => n) },
    answers: ({ state, parameters }) =>
      (state === 'Call' && typeof parameters === 'number' && parameters % 500 === 3) || state === 'After'
        ? { error: 'Bad luck' }
        : { output: {} },
  });
  world.settle();
  return { events: world.events, definition: JSON.parse(JSON.stringify(definition)) };
}

/** What is shown of states and of the Map as a whole. */
function shown(monitor: Monitor) {
  const pointers = [
    '/States/Before',
    '/States/Each',
    '/States/After',
    '/States/Each/ItemProcessor/States/Call',
  ];
  return {
    summary: monitor.summary,
    states: pointers.map((pointer) => {
      const { visits, inside, taken, status } = overlayOf(monitor, pointer) ?? {};
      return { visits, inside, taken, status };
    }),
    culprits: culprits(monitor).map(({ id }) => id),
    open: [...monitor.open],
  };
}

describe('the view of a long history', () => {
  const { events, definition: json } = run(3_000);

  it('[M14] shows what the whole view shows, with a part of its steps', () => {
    const whole = newMonitor(json);
    const lean = newMonitor(json, { isLean: true });
    take(whole, events);
    take(lean, events);

    expect(shown(lean)).toEqual(shown(whole));
    expect(lean.steps.size).toBeLessThan(whole.steps.size / 10);
    expect(lean.order).toEqual([...lean.steps.keys()]);
    expect([...lean.failing].every((id) => lean.steps.has(id))).toBe(true);
  });

  it('[M14] frozen and thawed in the middle it comes to the same', () => {
    const lean = newMonitor(json, { isLean: true });
    take(lean, events);
    for (const middle of [1, 700, 9_001, events.length]) {
      const first = newMonitor(json, { isLean: true });
      take(first, events.slice(0, middle));
      const thawed = thawMonitor(json, JSON.parse(JSON.stringify(freezeMonitor(first))));
      take(thawed, events.slice(middle));
      expect(freezeMonitor(thawed)).toEqual(freezeMonitor(lean));
    }
  });

  it('[M14] a small Map is kept whole', () => {
    const { events: few } = run(400);
    const [whole, lean] = [newMonitor(json), newMonitor(json, { isLean: true })];
    take(whole, few);
    take(lean, few);
    expect([...lean.steps]).toEqual([...whole.steps]);
  });
});
