import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type Due, DueHeap } from './due-heap';

it('[T1] whatever is added and taken out, the earliest one is on top', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(1_000), fc.boolean(), fc.nat()), { maxLength: 200 }), (steps) => {
      const heap = new DueHeap<Due>();
      const inside: Due[] = [];
      for (const [at, removes, which] of steps) {
        const item = { at, place: -1 };
        heap.add(item);
        inside.push(item);
        const [gone] = removes ? inside.splice(which % inside.length, 1) : [];
        if (gone) heap.remove(gone);
        const earliest = inside.length > 0 ? Math.min(...inside.map((each) => each.at)) : undefined;
        expect(heap.first()?.at).toBe(earliest);
      }
    }),
  );
});

it('[T1] an item that is taken out twice is a defect', () => {
  const heap = new DueHeap<Due>();
  const item = { at: 1, place: -1 };
  heap.add(item);
  heap.remove(item);
  expect(() => heap.remove(item)).toThrow('twice');
});

it('[T1] what was in a heap that was emptied is outside of it', () => {
  const heap = new DueHeap<Due>();
  const item = { at: 1, place: -1 };
  heap.add(item);
  heap.clear();
  expect([heap.first(), item.place]).toEqual([undefined, -1]);
});
