import { describe, expect, it } from 'vitest';
import type { Event } from '@/lib/engine/event';
import { take } from '@/lib/monitor/fold';
import { freezeMonitor } from '@/lib/monitor/frozen';
import { frozenFormat } from '@/lib/monitor/frozen-text';
import { type Monitor, newMonitor } from '@/lib/monitor/monitor';
import type { Outline } from '@/lib/store/outlines';
import { KeptOutlines, nowhere, type OutlineRows } from './kept-outlines';

const definition = { StartAt: 'Keep', States: { Keep: { Type: 'Pass', Next: 'Keep' } } };
const view = { executionId: 'x', version: 3 };

/** The view of so many visits with inputs of this size. */
function viewOf(visits: number, characters: number): Monitor {
  const monitor = newMonitor(definition, { isLean: true });
  const input = 'x'.repeat(characters);
  take(
    monitor,
    Array.from(
      { length: visits },
      (_, index): Event => ({
        id: index + 1,
        previous: index,
        at: 1_790_000_000_000,
        type: 'StateEntered',
        state: 'Keep',
        stateType: 'Pass',
        input,
      }),
    ),
  );
  return monitor;
}

class Rows implements OutlineRows {
  readonly kept: Outline[] = [];
  /** What a write waits for. */
  before: Promise<void> = Promise.resolve();

  async find(): Promise<string | undefined> {
    return this.kept.at(-1)?.view;
  }

  async keep(outline: Outline): Promise<void> {
    await this.before;
    this.kept.push(outline);
  }
}

function open(rows: OutlineRows = new Rows()) {
  const told: string[] = [];
  const outlines = new KeptOutlines(rows, (executionId, error) => told.push(`${executionId}: ${error}`));
  return { outlines, told };
}

describe('a kept view', () => {
  it('[A10] has its execution, version, format and event, and comes back as it was', async () => {
    const rows = new Rows();
    const { outlines, told } = open(rows);
    const monitor = viewOf(1_000, 10);
    const place = await outlines.keep(view, { monitor, place: nowhere, least: 1_000 });
    await outlines.written();
    expect(rows.kept).toEqual([
      { ...view, format: frozenFormat, lastEvent: 1_000, view: expect.any(String) },
    ]);
    const found = await outlines.find(view, definition);
    expect(found?.place).toEqual(place);
    expect(found && freezeMonitor(found.monitor)).toEqual(freezeMonitor(monitor));
    expect(told).toEqual([]);
  });

  it('[A10] is written when there are events enough, and enough for its size', async () => {
    const rows = new Rows();
    const { outlines } = open(rows);
    const monitor = viewOf(1_000, 10);
    const written = async (lastEvent: number, length: number, least: number) => {
      const before = rows.kept.length;
      await outlines.keep(view, { monitor, place: { lastEvent, length }, least });
      await outlines.written();
      return rows.kept.length > before;
    };
    expect(await written(0, 0, 1_001)).toBe(false);
    expect(await written(1, 0, 1_000)).toBe(false);
    expect(await written(0, 50_000, 1_000)).toBe(true);
    expect(await written(0, 50_001, 1_000)).toBe(false);
  });

  it('[A10] is not written where it has more than 8 MB', async () => {
    const rows = new Rows();
    const { outlines, told } = open(rows);
    const place = await outlines.keep(view, { monitor: viewOf(84, 100_000), place: nowhere, least: 1 });
    await outlines.written();
    expect(rows.kept).toEqual([]);
    expect(place.lastEvent).toBe(84);
    await outlines.keep(view, { monitor: viewOf(80, 100_000), place: nowhere, least: 1 });
    await outlines.written();
    expect(rows.kept).toHaveLength(1);
    expect(told).toEqual([]);
  });

  it('[A10] nobody waits until it is written, and of what waits the newest is written', async () => {
    const rows = new Rows();
    const { outlines } = open(rows);
    let go = () => {};
    rows.before = new Promise((resolve) => {
      go = resolve;
    });
    for (const visits of [10, 20, 30])
      await outlines.keep(view, { monitor: viewOf(visits, 1), place: nowhere, least: 1 });
    expect(rows.kept).toEqual([]);
    const closed = outlines.close();
    await outlines.keep(view, { monitor: viewOf(40, 1), place: nowhere, least: 1 });
    go();
    await closed;
    expect(rows.kept.map(({ lastEvent }) => lastEvent)).toEqual([10, 30]);
  });

  it('[A10] what cannot be written or read is told, and fails nobody', async () => {
    const broken = async () => {
      throw new Error('no room on the disk');
    };
    const { outlines, told } = open({ find: broken, keep: broken });
    await outlines.keep(view, { monitor: viewOf(10, 1), place: nowhere, least: 1 });
    await outlines.written();
    expect(told).toEqual(['x: Error: no room on the disk']);
    expect(await outlines.find(view, definition)).toBeUndefined();
    expect(told).toHaveLength(2);
  });

  it('[A10] the event loop is free while a large one is frozen and thawed', async () => {
    const { outlines } = open();
    const monitor = viewOf(7_000, 800);
    let turns = 0;
    let isDone = false;
    const turn = () => {
      turns += 1;
      if (!isDone) setImmediate(turn);
    };
    turn();
    await outlines.keep(view, { monitor, place: nowhere, least: 1 });
    const frozen = turns;
    await outlines.find(view, definition);
    isDone = true;
    expect(frozen).toBeGreaterThan(1);
    expect(turns).toBeGreaterThan(frozen);
  });
});
