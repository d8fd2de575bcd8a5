import { expect, it } from 'vitest';
import { dice, randomFlow } from '@/lib/engine/testing-flow';
import { TestWorld } from '@/lib/engine/testing-world';
import { take } from './fold';
import { newMonitor } from './monitor';

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
