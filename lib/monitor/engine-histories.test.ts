import { expect, it } from 'vitest';
import { dice, randomFlow } from '@/lib/engine/testing-flow';
import { TestWorld } from '@/lib/engine/testing-world';
import { digest } from '@/lib/expression/digest';
import { take } from './fold';
import { freezeMonitor } from './frozen';
import { frozenFormat } from './frozen-text';
import { type Monitor, newMonitor } from './monitor';
import { frozen, thawed } from './testing-frozen';

/** The view of histories as the engine writes them, with repairs of every kind in them. */
const seeds = 150;

function repaired(seed: number): TestWorld {
  const roll = dice(seed);
  const world = new TestWorld({
    definition: randomFlow(roll),
    input: { items: [1, 2] },
    answers: () => (roll() < 0.7 ? { output: {} } : { error: 'Bad luck' }),
  });
  for (let turn = 0; turn < 6; turn += 1) {
    world.settle();
    const entered = world.events.filter(({ type }) => type === 'StateEntered');
    const step = entered[Math.floor(roll() * entered.length)]?.id ?? 2;
    const wish = roll();
    if (wish < 0.4) world.deliver(world.restartFrom(step));
    else if (wish < 0.7) world.deliver({ type: 'redrive' });
    else if (wish < 0.9) world.deliver({ type: 'retryStep', step });
    else world.deliver({ type: 'skipStep', step, output: {} });
  }
  return world;
}

it(`[M8] [M12] the view of ${seeds} random histories with repairs stands as the execution does`, {
  timeout: 60_000,
}, () => {
  for (let seed = 1; seed <= seeds; seed += 1) {
    const { program, events, execution } = repaired(seed);
    const monitor = newMonitor(JSON.parse(JSON.stringify(program.definition)));
    take(monitor, events);

    expect(monitor.summary.status, `seed ${seed}`).toBe(execution.status);
    const standing = [...execution.steps.values()].filter(
      ({ status }) => status !== 'failed' && status !== 'aborted',
    );
    expect([...monitor.open].sort(), `seed ${seed}`).toEqual(standing.map(({ id }) => id).sort());
  }
});

function leanViewOf({ program, events }: TestWorld): Monitor {
  const monitor = newMonitor(JSON.parse(JSON.stringify(program.definition)), { isLean: true });
  take(monitor, events);
  return monitor;
}

it(`[M15] the views of ${seeds} random histories, frozen and thawed now and then, come to what they are when folded whole`, {
  timeout: 60_000,
}, () => {
  for (let seed = 1; seed <= seeds; seed += 1) {
    const world = repaired(seed);
    const { events } = world;
    const whole = leanViewOf(world);
    const roll = dice(seed + 2 ** 31);
    let monitor = newMonitor(whole.definition, { isLean: true });
    for (let from = 0; from < events.length; ) {
      const to = from + 1 + Math.floor(roll() * 20);
      take(monitor, events.slice(from, to));
      monitor = thawed(whole.definition, frozen(monitor));
      from = to;
    }
    expect(freezeMonitor(monitor), `seed ${seed}`).toEqual(freezeMonitor(whole));
    expect([...monitor.steps.keys()], `seed ${seed}`).toEqual(monitor.order);
  }
});

/** Where views change and histories do not, raise frozenFormat; where histories do, only renew what is written here. */
it('[M15] views are frozen and folded as they were: raise frozenFormat with what changes here', () => {
  const worlds = Array.from({ length: 40 }, (_, index) => repaired(index + 1));
  const histories = digest(JSON.stringify(worlds.map(({ events }) => events)), 'MD5');
  const views = digest(worlds.map((world) => frozen(leanViewOf(world))).join('\n'), 'MD5');
  expect({ frozenFormat, histories, views }).toMatchInlineSnapshot(`
    {
      "frozenFormat": 2,
      "histories": "ad5fdde620d8157ba25c83942f1fde82",
      "views": "8284750712fe2d18f1684c7531a9f2f0",
    }
  `);
});
