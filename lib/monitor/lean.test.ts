import { describe, expect, it } from 'vitest';
import type { Event } from '@/lib/engine/event';
import { TestWorld } from '@/lib/engine/testing-world';
import { digest } from '@/lib/expression/digest';
import type { Json } from '@/lib/expression/json';
import type { Definition } from '@/lib/flow/model';
import { take } from './fold';
import { freezeMonitor, thawMonitor } from './frozen';
import { freezeText, frozenFormat } from './frozen-text';
import { type Monitor, newMonitor } from './monitor';
import { frozen, thawed } from './testing-frozen';
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

  it('[M15] frozen as text and thawed in the middle it comes to the same', () => {
    const lean = newMonitor(json, { isLean: true });
    take(lean, events);
    for (const middle of [1, 700, 9_001, events.length]) {
      const first = newMonitor(json, { isLean: true });
      take(first, events.slice(0, middle));
      const second = thawed(json, frozen(first));
      expect(freezeMonitor(second)).toEqual(freezeMonitor(first));
      take(second, events.slice(middle));
      expect(freezeMonitor(second)).toEqual(freezeMonitor(lean));
      expect(shown(second)).toEqual(shown(lean));
    }
  });

  it('[M15] freezing ends as soon as the text is too long', () => {
    const lean = newMonitor(json, { isLean: true });
    take(lean, events);
    const { length } = frozen(lean);
    expect(frozen(lean, length)).toHaveLength(length);
    expect(() => frozen(lean, length - 1)).toThrow('has more than');
    expect([...freezeText(lean, 1_000)].length).toBeLessThan(10);
  });

  it('[M15] a text that is not whole is not taken for a view', () => {
    const lean = newMonitor(json, { isLean: true });
    take(lean, events.slice(0, 700));
    const text = frozen(lean);
    expect(() => thawed(json, text.slice(0, text.lastIndexOf('\n')))).toThrow('no last line');
    expect(() => thawed(json, text.slice(0, -1))).toThrow('a line that is no JSON');
    expect(() => thawed(json, '')).toThrow('a line that is no JSON');
  });

  /** Where the view changes and the history does not, raise frozenFormat; where the history does, only renew what is written here. */
  it('[M15] it is frozen and folded as it was: raise frozenFormat with what changes here', () => {
    const lean = newMonitor(json, { isLean: true });
    take(lean, events);
    const history = digest(JSON.stringify(events), 'MD5');
    expect({ frozenFormat, history, view: digest(frozen(lean), 'MD5') }).toMatchInlineSnapshot(`
      {
        "frozenFormat": 2,
        "history": "9a63a414ecbb714ddd9d63858fa4b96a",
        "view": "49b308a2cb5ff91cbe578dc13400d8f3",
      }
    `);
  });

  it('[M14] a small Map is kept whole', () => {
    const { events: few } = run(400);
    const [whole, lean] = [newMonitor(json), newMonitor(json, { isLean: true })];
    take(whole, few);
    take(lean, few);
    expect([...lean.steps]).toEqual([...whole.steps]);
  });
});
