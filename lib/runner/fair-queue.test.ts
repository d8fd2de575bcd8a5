import { describe, expect, it } from 'vitest';
import { FairQueue } from './fair-queue';

function all(queue: FairQueue): string[] {
  const served: string[] = [];
  for (let next = queue.take(); next !== undefined; next = queue.take()) served.push(next);
  return served;
}

describe('the fair queue', () => {
  it('[Q1] serves a higher priority first, whatever came before', () => {
    const queue = new FairQueue();
    queue.add('low', { flowId: 'a', priority: -1 });
    queue.add('usual', { flowId: 'a', priority: 0 });
    queue.add('high', { flowId: 'b', priority: 7 });

    expect(all(queue)).toEqual(['high', 'usual', 'low']);
  });

  it('[Q2] lets flows take turns among equals', () => {
    const queue = new FairQueue();
    for (let n = 1; n <= 4; n += 1) queue.add(`big ${n}`, { flowId: 'big', priority: 0 });
    queue.add('small 1', { flowId: 'small', priority: 0 });
    queue.add('small 2', { flowId: 'small', priority: 0 });

    expect(all(queue)).toEqual(['big 1', 'small 1', 'big 2', 'small 2', 'big 3', 'big 4']);
  });

  it('[Q2] a flow that comes back waits behind those that are there', () => {
    const queue = new FairQueue();
    queue.add('a1', { flowId: 'a', priority: 0 });
    queue.add('b1', { flowId: 'b', priority: 0 });
    expect(queue.take()).toBe('a1');
    queue.add('a2', { flowId: 'a', priority: 0 });

    expect(all(queue)).toEqual(['b1', 'a2']);
  });

  it('[Q3] serves who came first within a flow, and each once', () => {
    const queue = new FairQueue();
    for (const id of ['one', 'two', 'one', 'three']) queue.add(id, { flowId: 'a', priority: 0 });

    expect(queue.size).toBe(3);
    expect(all(queue)).toEqual(['one', 'two', 'three']);
    expect(queue.size).toBe(0);
  });

  it('[Q3] who leaves is not served', () => {
    const queue = new FairQueue();
    queue.add('one', { flowId: 'a', priority: 0 });
    queue.add('two', { flowId: 'b', priority: 3 });

    expect(queue.remove('two')).toBe(true);
    expect(queue.remove('two')).toBe(false);
    expect(all(queue)).toEqual(['one']);
  });

  it('[Q3] who left and came back waits anew, and its flow has one turn', () => {
    const queue = new FairQueue();
    queue.add('a1', { flowId: 'a', priority: 0 });
    queue.add('b1', { flowId: 'b', priority: 0 });
    queue.remove('a1');
    queue.add('a2', { flowId: 'a', priority: 0 });
    queue.add('a1', { flowId: 'a', priority: 0 });
    queue.add('b2', { flowId: 'b', priority: 0 });

    expect(all(queue)).toEqual(['a2', 'b1', 'a1', 'b2']);
  });

  // With a search for each it would take minutes.
  it.each([1, 100])('[Q2] serves 100,000 of %i flows', (flows) => {
    const queue = new FairQueue();
    for (let n = 0; n < 100_000; n += 1) queue.add(`${n}`, { flowId: `${n % flows}`, priority: n % 3 });

    expect(all(queue)).toHaveLength(100_000);
    expect(queue.size).toBe(0);
  });
});
