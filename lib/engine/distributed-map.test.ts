import { describe, expect, it } from 'vitest';
import type { Definition } from '@/lib/flow/model';
import type { Command, MapResult } from './command';
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

  constructor(definition: Definition, fails: (item: number) => boolean = () => false) {
    this.world = new TestWorld({
      definition,
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
