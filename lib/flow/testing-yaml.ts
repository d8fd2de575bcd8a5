import { isObject, type Json, type JsonObject } from '@/lib/expression/json';
import { seededRandom } from '@/lib/expression/seeded-random';

/** Numbers in [0, 1) that a seed determines. */
export function dice(seed: number): () => number {
  let rolls = 0;
  return () => {
    rolls += 1;
    return seededRandom(seed * 100_000 + rolls);
  };
}

/** A comment that was written into a text, and the value that it belongs to. */
export interface Note {
  readonly mark: string;
  readonly pointer: string;
  readonly kind: 'above' | 'behind';
}

/** A definition with machines inside of machines, as the dice fall. */
export function randomDefinition(roll: () => number): JsonObject {
  let names = 0;
  const fresh = () => {
    names += 1;
    return `S${names}`;
  };
  const machine = (depth: number): JsonObject => {
    const own = Array.from({ length: 2 + Math.floor(roll() * 3) }, fresh);
    const states = own.map((name, i) => [name, state(depth, own[i + 1])]);
    return { StartAt: own[0] ?? '', States: Object.fromEntries(states) };
  };
  const state = (depth: number, next: string | undefined): JsonObject => {
    const way = next === undefined ? { End: true } : { Next: next };
    const kind = Math.floor(roll() * 6);
    if (kind === 0 && next !== undefined) return { Type: 'Choice', Choices: rulesTo(next), Default: next };
    if (kind <= 2) return { Type: 'Task', Resource: 'millrace:http', ...filled, ...way };
    if (kind === 3 || depth === 0) return { Type: 'Pass', ...result, ...way };
    if (kind === 4) return { Type: 'Map', ItemProcessor: machine(depth - 1), ...way };
    return { Type: 'Parallel', Branches: [machine(depth - 1), machine(depth - 1)], ...way };
  };
  return machine(2);
}

const result = { Comment: 'it is: a # text', Result: { list: [], map: {}, n: 1 } };
const filled = {
  Parameters: { url: 'http://x', tries: [1, 2], deep: { a: 'x', b: null } },
  Retry: [{ ErrorEquals: ['A'], MaxAttempts: 2 }, { ErrorEquals: ['States.ALL'] }],
};

function rulesTo(next: string): Json {
  return [
    { Variable: '$.a', IsNull: true, Next: next },
    { And: [{ Variable: '$.b', IsPresent: true }], Next: next },
  ];
}

/** Writes a definition as somebody might, with comments all over it. */
export class Writer {
  readonly notes: Note[] = [];
  private readonly lines: string[] = [];
  private readonly roll: () => number;
  private readonly step: string;
  private readonly dashesStandIn: boolean;

  constructor(roll: () => number) {
    this.roll = roll;
    this.step = ' '.repeat(roll() < 0.7 ? 2 : 4);
    this.dashesStandIn = roll() < 0.5;
  }

  text(definition: Json): string {
    if (this.roll() < 0.3) this.lines.push('# the file', '---');
    this.items(definition, { margin: '', pointer: '', first: '' });
    if (this.roll() < 0.3) this.lines.push('# the end');
    const lineBreak = this.roll() < 0.1 ? '\r\n' : '\n';
    return this.lines.map((line) => line + lineBreak).join('');
  }

  private items(holder: Json, at: { margin: string; pointer: string; first: string }): void {
    const isList = Array.isArray(holder);
    for (const [index, [key, value]] of Object.entries(Object(holder) as { [key: string]: Json }).entries()) {
      const pointer = `${at.pointer}/${key}`;
      const lead = index === 0 && at.first !== '' ? at.first : at.margin;
      if (lead === at.margin) this.above(pointer, at.margin);
      this.item(value, { head: `${lead}${isList ? '-' : `${key}:`}`, isList, margin: at.margin, pointer });
    }
  }

  private item(
    value: Json,
    { head, isList, margin, pointer }: { head: string; isList: boolean; margin: string; pointer: string },
  ): void {
    if (!isLarge(value) || (JSON.stringify(value).length < 60 && this.roll() < 0.2))
      this.lines.push(`${head} ${inFlow(value)}${this.behind(pointer)}`);
    else if (isList && isObject(value))
      this.items(value, { margin: `${margin}  `, pointer, first: `${head} ` });
    else {
      this.lines.push(`${head}${this.behind(pointer)}`);
      const inner = Array.isArray(value) && this.dashesStandIn ? margin : margin + this.step;
      this.items(value, { margin: inner, pointer, first: '' });
    }
  }

  private above(pointer: string, margin: string): void {
    if (this.roll() < 0.75) return;
    if (this.roll() < 0.3) this.lines.push('');
    this.lines.push(`${margin}# ${this.note(pointer, 'above')}`);
  }

  private behind(pointer: string): string {
    return this.roll() < 0.2 ? `  # ${this.note(pointer, 'behind')}` : '';
  }

  private note(pointer: string, kind: Note['kind']): string {
    const mark = `note ${this.notes.length}.`;
    this.notes.push({ mark, pointer, kind });
    return mark;
  }
}

function isLarge(value: Json): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length > 0;
}

function inFlow(value: Json): string {
  if (typeof value === 'string' && /^[\w.$/]+$/.test(value)) return value;
  return JSON.stringify(value);
}
