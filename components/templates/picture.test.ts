import { expect, it } from 'vitest';
import type { Definition } from '@/lib/flow/model';
import { pictureOf } from './picture';

it('states stand below those that lead to them, and branches inside of their frame', () => {
  const definition: Definition = {
    StartAt: 'First',
    States: {
      Last: { Type: 'Succeed' },
      First: { Type: 'Pass', Next: 'Both' },
      Both: {
        Type: 'Parallel',
        Branches: [
          { StartAt: 'Left', States: { Left: { Type: 'Pass', End: true } } },
          { StartAt: 'Right', States: { Right: { Type: 'Pass', End: true } } },
        ],
        Next: 'Last',
      },
    },
  };

  const { boxes, lines } = pictureOf(definition);
  const [first, frame, left, right, last] = ['First', 'Both', 'Left', 'Right', 'Last'].map((name) =>
    boxes.find((box) => box.name === name),
  );

  expect(lines).toHaveLength(2);
  expect([first, frame, last].map((box) => box?.y)).toEqual([0, 40, 110]);
  expect([left?.y, right?.y]).toEqual([60, 60]);
  expect(left?.x).toBeGreaterThan(frame?.x ?? Number.NaN);
  expect(right?.x).toBeGreaterThan((left?.x ?? Number.NaN) + (left?.width ?? Number.NaN));
});

it('a flow that leads back to itself is drawn as well', () => {
  const definition: Definition = {
    StartAt: 'Ask',
    States: {
      Ask: { Type: 'Choice', Choices: [{ Next: 'Wait' }], Default: 'Done' },
      Wait: { Type: 'Wait', Seconds: 1, Next: 'Ask' },
      Done: { Type: 'Succeed' },
    },
  };

  expect(pictureOf(definition).boxes.map((box) => box.name)).toEqual(['Ask', 'Wait', 'Done']);
});
