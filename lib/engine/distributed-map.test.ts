import { describe, expect, it } from 'vitest';
import type { Definition } from '@/lib/flow/model';
import type { Command, MapResult } from './command';
import type { Options } from './event';
import { openCommands } from './fold';
import { TestWorld } from './testing-world';

/** What only distributed Maps over many items show: pages are read when they are needed, results are written in parts. */

const pages = 30;
const perPage = 500;

function over(more: object): Definition {
  return {
    StartAt: 'Each',
    States: {
      Each: {
        Type: 'Map',
        MaxConcurrency: 20,
        ItemReader: { Resource: 'items', ReaderConfig: { InputType: 'JSONL' } },
        ItemProcessor: {
          ProcessorConfig: { Mode: 'DISTRIBUTED' },
          StartAt: 'One',
          States: { One: { Type: 'Task', Resource: 'r', End: true } },
        },
        End: true,
        ...more,
      },
    },
  };
}

type Reading = Extract<Command, { type: 'readItems' }>;
type Writing = Extract<Command, { type: 'writeResults' }>;

/** Reads pages and takes results as a storage would, and looks at what the execution holds meanwhile. */
class Storage {
  readonly world: TestWorld;
  readonly written: MapResult[] = [];
  readonly parts: { readonly part: number; readonly last: boolean; readonly told: number }[] = [];
  pagesRead = 0;
  mostItems = 0;
  mostResults = 0;

  constructor(definition: Definition, fails: (item: number) => boolean = () => false, options: Options = {}) {
    this.world = new TestWorld({
      definition,
      options,
      answers: ({ parameters }) =>
        fails(Number(parameters)) ? { error: 'Bad' } : { output: Number(parameters) * 2 },
    });
  }

  run(): this {
    for (let command = this.next(); command !== undefined; command = this.next()) {
      this.world.open.delete(command.id);
      if (command.type === 'readItems') this.read(command);
      else this.write(command);
      this.world.answer();
      this.look();
    }
    return this;
  }

  private next(): Reading | Writing | undefined {
    const commands = [...this.world.open.values()];
    return commands.find((command) => command.type === 'readItems' || command.type === 'writeResults');
  }

  private read({ step, attempt, from }: Reading): void {
    const page = from === undefined ? 0 : Number(from);
    const items = Array.from({ length: perPage }, (_, at) => page * perPage + at);
    const next = page + 1 < pages ? { next: String(page + 1) } : {};
    this.pagesRead += 1;
    this.world.deliver({
      type: 'itemsRead',
      step,
      attempt,
      items,
      ...(from === undefined ? {} : { from }),
      ...next,
    });
  }

  private write({ step, attempt, part, last, parts, results }: Writing): void {
    this.written.push(...results);
    this.parts.push({ part, last, told: parts.length });
    const output = last ? { files: parts.length + 1 } : part;
    this.world.deliver({ type: 'resultsWritten', step, attempt, part, output });
  }

  private look(): void {
    for (const { container } of this.world.execution.steps.values()) {
      this.mostItems = Math.max(this.mostItems, container?.map?.items.length ?? 0);
      this.mostResults = Math.max(this.mostResults, container?.map?.run?.results.length ?? 0);
    }
  }
}

describe('A distributed Map', () => {
  it('[E50] holds a few pages of its items, however many there are, and begins each once', () => {
    const { world, pagesRead, mostItems } = new Storage(over({ ResultPath: null })).run();
    expect(world.execution.status).toBe('succeeded');
    expect(pagesRead).toBe(pages);
    expect(mostItems).toBeLessThan(3 * 1_000);
    const seen = world.calls.map(({ parameters }) => Number(parameters)).sort((a, b) => a - b);
    expect(seen).toEqual(Array.from({ length: pages * perPage }, (_, item) => item));
  });

  it('[E50] asks for a page only when few items are left', () => {
    const world = new TestWorld({ definition: over({}), answers: () => undefined });
    const [reading] = [...world.open.values()].filter(({ type }) => type === 'readItems');
    expect(reading).toMatchObject({ id: 'read:2.1.0' });
    const items = Array.from({ length: 5_000 }, (_, item) => item);
    world.deliver({ type: 'itemsRead', step: 2, attempt: 1, items, next: 'more' });
    expect([...world.open.keys()].filter((id) => id.startsWith('read:'))).toEqual(['read:2.1.0']);
    world.crash();
    expect(openCommands(world.program, world.execution).map(({ type }) => type)).not.toContain('readItems');
  });

  it('[E51] gives its results to the writer in parts, failures with the last one, each item once', () => {
    const bad = (item: number) => item % 100 === 7;
    const definition = over({
      ToleratedFailurePercentage: 5,
      ResultWriter: { Resource: 'files', Parameters: { Prefix: 'out' } },
    });
    const { world, written, parts, mostResults } = new Storage(definition, bad).run();
    const total = pages * perPage;
    expect(world.execution.output).toEqual({ files: parts.length });
    expect(parts.length).toBeGreaterThan(10);
    expect(parts.map(({ last }) => last)).toEqual(parts.map(({ part }) => part === parts.length - 1));
    expect(parts.at(-1)?.told).toBe(parts.length - 1);
    expect(mostResults).toBeLessThan(3 * 1_000);
    expect(written.filter(({ status }) => status === 'FAILED')).toHaveLength(total / 100);
    expect(new Set(written.map(({ input }) => input)).size).toBe(total);
    expect(written).toHaveLength(total);
  });

  it('[E51] a part that was not written when the process died is written again, with the same id', () => {
    const definition = over({ ResultWriter: { Resource: 'files', Parameters: {} } });
    const world = new TestWorld({ definition, answers: () => ({ output: 1 }) });
    world.deliver({ type: 'itemsRead', step: 2, attempt: 1, items: [1, 2, 3] });
    world.answer();
    const writing = [...world.open.values()].find(({ type }) => type === 'writeResults');
    world.crash();
    expect(openCommands(world.program, world.execution)).toEqual([writing]);
  });

  it('[E52] without a writer, fails once its results no longer fit into memory', () => {
    const definition = over({ ItemReader: undefined, ItemsPath: '$', ResultPath: null });
    const big = { text: 'x'.repeat(250_000) };
    const world = new TestWorld({
      definition,
      input: Array.from({ length: 300 }, (_, item) => item),
      answers: () => ({ output: big }),
    });
    world.answer();
    expect(world.execution.failure).toMatchObject({ error: 'States.DataLimitExceeded' });
    expect(world.calls.length).toBeLessThan(300);
  });
});

describe('[E14] with onFailure park, in an item of a distributed Map', () => {
  const items = [1, 2, 3, 4];

  /** Items in `broken` fail; the Map's fields are `more`. */
  function parking(more: object, broken: Set<number>): TestWorld {
    const { States } = over({ ItemReader: undefined, ItemsPath: '$.items', ...more });
    return new TestWorld({
      definition: { StartAt: 'Each', States: { ...States, Mended: { Type: 'Succeed' } } },
      input: { items },
      options: { onFailure: 'park' },
      answers: ({ parameters }) =>
        broken.has(Number(parameters)) ? { error: 'Bad' } : { output: Number(parameters) * 2 },
    }).settle();
  }
  const parked = ({ execution }: TestWorld) =>
    [...execution.steps.values()].filter(({ status }) => status === 'parked');
  const called = (world: TestWorld, item: number) =>
    world.calls.filter(({ parameters }) => parameters === item).length;

  it('a step that failed for good waits, the other items go on, and what is done is not called again', () => {
    const broken = new Set([2, 3]);
    const world = parking({}, broken);
    expect(world.execution.status).toBe('running');
    expect(parked(world).map(({ state, input }) => [state, input])).toEqual([
      ['One', 2],
      ['One', 3],
    ]);

    broken.clear();
    const [first, second] = parked(world);
    world.deliver({ type: 'retryStep', step: first?.id ?? 0 });
    world.deliver({ type: 'skipStep', step: second?.id ?? 0, output: 'by hand' });
    expect(world.settle().execution.output).toEqual([2, 4, 'by hand', 8]);
    expect(items.map((item) => called(world, item))).toEqual([1, 2, 1, 1]);
  });

  it('what the Map tolerates does not wait', () => {
    const broken = new Set([2, 3]);
    const world = parking({ ToleratedFailureCount: 1 }, broken);
    expect(parked(world).map(({ input }) => input)).toEqual([3]);
    broken.clear();
    world.deliver({ type: 'redrive' });
    expect(world.settle().execution.output).toEqual([2, 6, 8]);
    expect(called(world, 2)).toBe(1);
  });

  it('what the Map catches does not wait', () => {
    const caught = [{ ErrorEquals: ['States.ExceedToleratedFailureThreshold'], Next: 'Mended' }];
    const world = parking({ Catch: caught }, new Set([2]));
    expect(world.types()).not.toContain('StepParked');
    expect(world.execution.output).toMatchObject({ Error: 'States.ExceedToleratedFailureThreshold' });
  });

  it('where only the end shows that too many have failed, the Map waits', () => {
    const storage = new Storage(over({ ToleratedFailurePercentage: 1 }), (item) => item % 20 === 0, {
      onFailure: 'park',
    }).run();
    expect(parked(storage.world).map(({ state }) => state)).toEqual(['Each']);
  });

  it('an operator lets it fail, and is not asked about the Map as well', () => {
    const world = parking({}, new Set([2]));
    world.deliver({ type: 'failStep', step: parked(world)[0]?.id ?? 0 });
    expect(world.settle().execution).toMatchObject({
      status: 'failed',
      failure: { error: 'States.ExceedToleratedFailureThreshold' },
    });
  });
});
