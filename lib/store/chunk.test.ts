import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Event } from '@/lib/engine/event';
import type { Json } from '@/lib/expression/json';
import { decodeChunk, encodeChunk, parseChunk } from './chunk';

const executionId = '01990000-0000-7000-8000-000000000001';
const order = { order: 'A-17', items: ['train', 'hotel'] };

function entered(id: number, input: Json): Event {
  return {
    id,
    previous: id - 1,
    at: 1_790_000_000_000,
    type: 'StateEntered',
    state: 'Pay',
    stateType: 'Pass',
    input,
  };
}
function exited(id: number, output: Json): Event {
  return {
    id,
    previous: id - 1,
    at: 1_790_000_000_000,
    type: 'StateExited',
    step: id - 1,
    state: 'Pay',
    stateType: 'Pass',
    output,
  };
}
function reread(events: readonly Event[]): Event[] {
  const chunk = encodeChunk(executionId, events);
  const stored = new Map(chunk.fresh.map((value) => [value.hash ?? '', value.json]));
  return decodeChunk(executionId, parseChunk(chunk.lastEvent, chunk.text), stored);
}

describe('chunks', () => {
  it('[J1] ids are counted back from the last event', () => {
    const events = [entered(7, order), exited(8, order)];
    expect(encodeChunk(executionId, events).text).not.toContain('"id"');
    expect(reread(events)).toEqual(events);
  });

  it('[J2] a later time and another cause are kept', () => {
    const events: Event[] = [entered(7, 1), { ...exited(8, 2), previous: 3, at: 1_790_000_000_250 }];
    expect(reread(events)).toEqual(events);
  });

  it('[J3] equal values are written once', () => {
    const { text } = encodeChunk(executionId, [
      entered(7, order),
      exited(8, { ...order }),
      entered(9, order),
    ]);
    expect(text.split('A-17')).toHaveLength(2);
  });

  it('[J3] a big value leaves the chunk, and leaves it once', () => {
    const big = { text: 'x'.repeat(5000) };
    const chunk = encodeChunk(executionId, [entered(7, big), exited(8, big)]);
    expect(chunk.text.length).toBeLessThan(300);
    expect(chunk.fresh.map((value) => value.json)).toEqual([JSON.stringify(big)]);
    expect(reread([entered(7, big), exited(8, big)])).toEqual([entered(7, big), exited(8, big)]);
  });

  it('[J3] a big value that was read from the journal is not written there again', () => {
    const [event] = reread([entered(7, { text: 'y'.repeat(5000) })]);
    if (event?.type !== 'StateEntered') throw new Error('the event came back as another');
    expect(encodeChunk(executionId, [exited(8, event.input)]).fresh).toEqual([]);
    expect(encodeChunk('01990000-0000-7000-8000-000000000002', [exited(8, event.input)]).fresh).toHaveLength(
      1,
    );
  });

  it('[J4] what was written with names in full, and then with letters in objects, is read all the same', () => {
    const events =
      '[{"e":"StateEntered","n":"Pay","t":"Pass","I":0},{"e":"X","s":7,"n":"Pay","t":"Pass","O":0}]';
    const old = `{"at":1790000000000,"v":[1],"e":${events}}`;
    expect(decodeChunk(executionId, parseChunk(8, old), new Map())).toEqual([entered(7, 1), exited(8, 1)]);
  });

  it('[J13] a turn of a task is written in lists, with an object of what is not usual', () => {
    const at = 1_790_000_000_000;
    const task = { step: 2, attempt: 1 } as const;
    const next = { step: 7, attempt: 1 } as const;
    const events: Event[] = [
      { id: 5, previous: 4, at, type: 'TaskSucceeded', ...task, output: order },
      {
        ...{ id: 6, previous: 5, at, type: 'StateExited', step: 2, state: 'Pay', stateType: 'Task' },
        ...{ output: order, next: 'Ship', assigned: { paid: true } },
      },
      {
        ...{ id: 7, previous: 6, at, type: 'StateEntered', state: 'Ship', stateType: 'Task' },
        ...{ input: order, parent: 1, index: 4 },
      },
      {
        ...{ id: 8, previous: 7, at, type: 'TaskScheduled', ...next, resource: 'http:invoke' },
        ...{ parameters: { url: 'x' }, timeoutSeconds: 9 },
      },
      { id: 9, previous: 3, at: at + 4, type: 'TaskStarted', ...next },
    ];
    const { text } = encodeChunk(executionId, events);
    expect(text.slice(text.indexOf('"e":'))).toBe(
      '"e":[["T",2,1,0],["X",2,"Pay","Task",0,{"g":"Ship","A":1}],["I","Ship","Task",0,{"u":1,"x":4}],' +
        '["S",7,1,"http:invoke",2,{"timeoutSeconds":9}],["B",7,1,{"p":3,"d":4}]]}',
    );
    expect(reread(events)).toEqual(events);
  });

  it('[J13] whatever else an event of a frequent type has, and whatever it lacks, it comes back', () => {
    const usual = { step: 1, attempt: 2, resource: 'a', parameters: [1], index: 3, state: 'S', output: null };
    const types = ['StateEntered', 'StateExited', 'TaskScheduled', 'TaskStarted', 'MapIterationStarted'];
    const fields = fc.subarray(Object.keys(usual) as (keyof typeof usual)[]);
    fc.assert(
      fc.property(
        fc.constantFrom(...types),
        fc.shuffledSubarray(Object.keys(usual)),
        fields,
        (type, some, more) => {
          const named = Object.fromEntries(
            [...some, ...more].map((name) => [name, usual[name as keyof typeof usual]]),
          );
          // Not all of these are events of the engine; the form has to keep them all the same.
          const event = { id: 3, previous: 1, at: 5, type, ...named } as unknown as Event;
          expect(reread([entered(2, 1), event])[1]).toEqual(event);
        },
      ),
    );
  });

  it('[J4] names without a letter and any JSON value survive', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.string(), (value, word) => {
        const json: Json = JSON.parse(JSON.stringify(value));
        const events: Event[] = [
          entered(1, json),
          {
            id: 2,
            previous: 1,
            at: 1_790_000_000_001,
            type: 'TaskFailed',
            step: 1,
            attempt: 1,
            error: word,
            cause: word,
          },
          exited(3, [json, json]),
        ];
        expect(reread(events)).toEqual(events);
      }),
    );
  });
});
