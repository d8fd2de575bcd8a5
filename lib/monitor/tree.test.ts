import { expect, it } from 'vitest';
import type { Event, Happening } from '@/lib/engine/event';
import { take } from './fold';
import { newMonitor } from './monitor';
import { type Folds, rowsOf } from './tree';

const entered = (
  state: string,
  stateType: 'Map' | 'Pass',
  inside?: { readonly parent: number; readonly index: number },
): Happening => ({ type: 'StateEntered', state, stateType, input: {}, ...inside });
const started: Happening = {
  type: 'ExecutionStarted',
  input: {},
  seed: '',
  executionName: 'one',
  executionId: '00000000-0000-4000-8000-000000000001',
  flowId: 'f',
  flowName: 'Orders',
  version: 1,
};

/** A Map (step 2) whose iterations take turns: 1 is entered before 0, and a second state of 1 after both. */
function mapOf(length: number) {
  const happenings: readonly Happening[] = [
    started,
    entered('Ship', 'Map'),
    { type: 'MapStateStarted', step: 2, length, concurrency: 0 },
    { type: 'MapIterationStarted', step: 2, index: 1 },
    entered('Send', 'Pass', { parent: 2, index: 1 }),
    { type: 'MapIterationStarted', step: 2, index: 0 },
    entered('Send', 'Pass', { parent: 2, index: 0 }),
    entered('Tell', 'Pass', { parent: 2, index: 1 }),
  ];
  const monitor = newMonitor({
    StartAt: 'Ship',
    States: {
      Ship: {
        Type: 'Map',
        ItemProcessor: {
          StartAt: 'Send',
          States: { Send: { Type: 'Pass', Next: 'Tell' }, Tell: { Type: 'Pass', End: true } },
        },
        End: true,
      },
    },
  });
  const events: Event[] = happenings.map((each, at) => ({ id: at + 1, previous: at, at, ...each }));
  take(monitor, events);
  return monitor;
}
const none: Folds = new Map();

it('[M11] a container is followed by its iterations in order, each with its steps in the order of entry', () => {
  expect(rowsOf(mapOf(2), none)).toEqual([
    { step: 2, depth: 0, inside: 'open' },
    { step: 7, depth: 1, inside: 'none' },
    { step: 5, depth: 1, inside: 'none' },
    { step: 8, depth: 1, inside: 'none' },
  ]);
});

it('[M11] what was folded by hand stays folded, and many iterations are folded until they are asked for', () => {
  expect(rowsOf(mapOf(2), new Map([[2, 'folded']]))).toEqual([{ step: 2, depth: 0, inside: 'folded' }]);
  expect(rowsOf(mapOf(500), none)).toEqual([{ step: 2, depth: 0, inside: 'folded' }]);
  expect(rowsOf(mapOf(500), new Map([[2, 'open']]))).toHaveLength(4);
});

it('[M11] what is around the chosen step opens by itself', () => {
  expect(rowsOf(mapOf(500), none, 8).map(({ step }) => step)).toEqual([2, 7, 5, 8]);
});
