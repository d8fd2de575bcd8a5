import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { inRows } from './rows';
import type { Shape } from './shape';

const box = { width: 232, height: 56 };

/** States 0, 1, 2 … with arrows between some of them, any way round. */
function shapeOf(count: number, arrows: readonly (readonly [number, number])[]): Shape {
  const states = Array.from({ length: count }, (_, id) => ({ id: String(id), ...box }));
  const edges = arrows.map(([from, to], index) => ({
    id: `edge ${index}`,
    source: String(from % count),
    target: String(to % count),
    exit: index % 3 === 0 ? ('side' as const) : ('main' as const),
  }));
  return { starts: [], states, edges };
}

describe('rows', () => {
  it('[H13] a chain runs straight down', () => {
    const { nodes, ways } = inRows(
      shapeOf(
        3,
        [
          [0, 1],
          [1, 2],
        ].map(([a = 0, b = 0]) => [a, b] as const),
      ),
    );
    expect(nodes).toMatchObject({ '1': { y: 112 }, '2': { y: 224 } });
    expect(ways).toEqual({});
  });

  it('[H13] an arrow that leads back goes around the boxes between', () => {
    const { nodes, ways } = inRows(
      shapeOf(
        2,
        [
          [1, 0],
          [0, 1],
          [1, 1],
        ].map(([a = 0, b = 0]) => [a, b] as const),
      ),
    );
    expect(Object.keys(nodes)).toEqual(['0', '1']);
    const xs = (ways['edge 0'] ?? []).map(({ x }) => x);
    expect(Math.max(...xs)).toBeGreaterThan(232);
  });

  test.prop(
    [fc.integer({ min: 1, max: 30 }), fc.array(fc.tuple(fc.nat(60), fc.nat(60)), { maxLength: 60 })],
    { numRuns: 200 },
  )('[H13] no two boxes overlap, and all of them are in the extent', (count, arrows) => {
    const { nodes, width, height } = inRows(shapeOf(count, arrows));
    const all = Object.values(nodes);
    expect(all).toHaveLength(count);
    for (const [index, one] of all.entries()) {
      expect(one.x + box.width).toBeLessThanOrEqual(width);
      expect(one.y + box.height).toBeLessThanOrEqual(height);
      for (const other of all.slice(index + 1))
        expect(Math.abs(one.x - other.x) >= box.width || Math.abs(one.y - other.y) >= box.height).toBe(true);
    }
  });

  it('[H13] thousands of states take no time to speak of', () => {
    const arrows = Array.from({ length: 10_000 }, (_, id): readonly [number, number] => [id, id + 1]);
    const { nodes } = inRows(shapeOf(10_000, arrows));
    expect(Object.keys(nodes)).toHaveLength(10_000);
  });
});
