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

  it('[J4] types of events are letters, and those that were written in full are read all the same', () => {
    const chunk = encodeChunk(executionId, [entered(7, 1)]);
    expect(chunk.text).toContain('{"e":"I",');
    const old = chunk.text.replace('"e":"I"', '"e":"StateEntered"');
    expect(decodeChunk(executionId, parseChunk(7, old), new Map())).toEqual([entered(7, 1)]);
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
