import { describe, expect, test } from 'vitest';
import { isObject, type Json, type JsonObject } from '@/lib/expression/json';
import { parseJson } from './parse';
import type { Positions } from './positions';
import { rewrite } from './rewrite';
import { dice, type Note, randomDefinition, Writer } from './testing-yaml';

/** A machine of the definition, and the edits that a canvas makes of one. */
interface Machine {
  readonly pointer: string;
  readonly states: { [name: string]: Json };
}

/** Where what stood at a pointer stands after an edit; undefined where it is gone. */
type Moved = (pointer: string) => string | undefined;

const stays: Moved = (pointer) => pointer;

const edits: { readonly [name: string]: (machine: Machine, roll: () => number) => Moved } = {
  'a state is added': ({ states }) => {
    states.New = { Type: 'Pass', Parameters: { a: { b: [1] } }, Next: Object.keys(states)[0] ?? '' };
    return stays;
  },
  'a field is added': ({ states }, roll) => {
    Object.assign(Object(states[anyOf(Object.keys(states), roll)]), { Added: ['x'] });
    return stays;
  },
  'a field is changed': ({ states }, roll) => {
    Object.assign(Object(states[anyOf(Object.keys(states), roll)]), { Type: 'Changed' });
    return stays;
  },
  'a field is removed': ({ pointer, states }, roll) => {
    const name = anyOf(Object.keys(states), roll);
    const state = states[name];
    const field = anyOf(Object.keys(Object(state)), roll);
    delete Object(state)[field];
    return without(`${pointer}/States/${name}/${field}`);
  },
  'a state is renamed': ({ pointer, states }, roll) => {
    const name = anyOf(Object.keys(states), roll);
    arrange(states, (entries) => entries.map(([key, state]) => [key === name ? 'Renamed' : key, state]));
    const from = `${pointer}/States/${name}`;
    return (at) => (isIn(at, from) ? `${pointer}/States/Renamed${at.slice(from.length)}` : at);
  },
  'a state is removed': ({ pointer, states }, roll) => {
    const name = anyOf(Object.keys(states), roll);
    delete states[name];
    return without(`${pointer}/States/${name}`);
  },
  'a state is moved': ({ states }, roll) => {
    const name = anyOf(Object.keys(states), roll);
    arrange(states, (entries) => {
      const others = entries.filter(([key]) => key !== name);
      const at = Math.floor(roll() * entries.length);
      return [...others.slice(0, at), [name, states[name] ?? null], ...others.slice(at)];
    });
    return stays;
  },
  'the entries of a list change places': ({ pointer, states }) => {
    const [name, state] = Object.entries(states).find(([, one]) => 'Retry' in Object(one)) ?? [];
    if (name === undefined || !isObject(state)) return stays;
    Object(state).Retry = (state.Retry as readonly Json[]).toReversed();
    const list = `${pointer}/States/${name}/Retry/`;
    return (at) =>
      at.startsWith(list) ? list + (1 - Number(at[list.length])) + at.slice(list.length + 1) : at;
  },
};

function anyOf(names: readonly string[], roll: () => number): string {
  return names[Math.floor(roll() * names.length)] ?? '';
}

function arrange(states: Machine['states'], change: (entries: [string, Json][]) => [string, Json][]): void {
  const entries = change(Object.entries(states));
  for (const name of Object.keys(states)) delete states[name];
  for (const [name, state] of entries) states[name] = state;
}

function isIn(pointer: string, around: string): boolean {
  return pointer === around || pointer.startsWith(`${around}/`);
}

function without(gone: string): Moved {
  return (pointer) => (isIn(pointer, gone) ? undefined : pointer);
}

function* machinesIn(value: Json, pointer = ''): Generator<Machine> {
  if (typeof value !== 'object' || value === null) return;
  if (isObject(value) && isObject(value.States)) yield { pointer, states: value.States };
  for (const [key, inner] of Object.entries(value)) yield* machinesIn(inner, `${pointer}/${key}`);
}

function read(text: string): { readonly value: Json; readonly positions: Positions } {
  const parsed = parseJson(text, 'yaml');
  if (!parsed.ok) throw new Error(`${parsed.problems[0]?.problem.message}:\n${text}`);
  return parsed;
}

/** What became of a comment: `kept` where it stands at what it belongs to, or left with that. */
function fate({ mark, kind, pointer }: Note, text: string, moved: Moved): string {
  const at = text.indexOf(mark);
  const now = moved(pointer);
  if (now === undefined) return at < 0 ? 'kept' : `${mark} at ${pointer} should be gone`;
  if (at < 0) return `${mark} at ${pointer} is lost`;
  const { positions } = read(text);
  const owner = positions.name(now) ?? positions.value(now);
  const lines = text.split(/\r?\n/);
  const line = text.slice(0, at).split('\n').length;
  const between = lines.slice(line, (owner?.line ?? 0) - 1);
  const isThere =
    kind === 'behind'
      ? owner?.line === line
      : line < (owner?.line ?? 0) && between.every((one) => /^\s*(#.*)?$/.test(one));
  return isThere ? 'kept' : `${mark} at ${pointer} stands elsewhere`;
}

describe('[F7] comments of a YAML text stay with what they belong to', () => {
  test.each(Object.entries(edits))('when %s', (_, edit) => {
    for (let seed = 1; seed <= 20; seed += 1) {
      const roll = dice(seed);
      const definition = randomDefinition(roll);
      const writer = new Writer(roll);
      const text = writer.text(definition);
      expect(read(text).value).toEqual(definition);

      const next = JSON.parse(JSON.stringify(definition)) as JsonObject;
      const machines = [...machinesIn(next)];
      const machine = machines[Math.floor(roll() * machines.length)];
      if (machine === undefined) throw new Error('there is no machine');
      const moved = edit(machine, roll);
      const rewritten = rewrite(text, 'yaml', next);

      expect(JSON.stringify(read(rewritten).value)).toBe(JSON.stringify(next));
      const fates = writer.notes.map((note) => fate(note, rewritten, moved));
      expect(
        fates.filter((one) => one !== 'kept'),
        `seed ${seed}\n${text}\n=>\n${rewritten}`,
      ).toEqual([]);
    }
  });
});

describe('[F2] every value of a text has its place', () => {
  const texts = {
    yaml: (roll: () => number, definition: Json) => new Writer(roll).text(definition),
    json: (roll: () => number, definition: Json) =>
      ` ${JSON.stringify(definition, null, Math.floor(roll() * 4))}`.replaceAll('"Pass"', '"P\\u0061ss"'),
  };

  test.each(['yaml', 'json'] as const)('whatever is around it in %s', (format) => {
    for (let seed = 1; seed <= 8; seed += 1) {
      const roll = dice(seed);
      const definition = randomDefinition(roll);
      const text = texts[format](roll, definition);
      const parsed = parseJson(text, format);
      if (!parsed.ok) throw new Error(parsed.problems[0]?.problem.message);
      for (const [pointer, value] of scalarsIn(definition)) {
        const span = parsed.positions.value(pointer);
        const said = read(text.slice(span?.start, span?.end)).value;
        expect(said, `${pointer} in\n${text}`).toEqual(value);
        expect(parsed.positions.pointerAt(span?.start ?? -1)).toBe(pointer);
      }
    }
  });
});

function* scalarsIn(value: Json, pointer = ''): Generator<readonly [string, Json]> {
  if (typeof value !== 'object' || value === null) yield [pointer, value];
  else for (const [key, inner] of Object.entries(value)) yield* scalarsIn(inner, `${pointer}/${key}`);
}

describe('[F7] what an edit touches is written anew, and nothing else', () => {
  const edited = (text: string, edit: (value: { [name: string]: Json }) => void): string => {
    const value = JSON.parse(JSON.stringify(read(text).value)) as { [name: string]: Json };
    edit(value);
    return rewrite(text, 'yaml', value);
  };
  const shared = 'a: &x # shared\n  n: 1 # n\nb: *x # same\nc:\n  <<: *x\n  k: 1 # k\n';

  test('a copy takes the place of each alias where what they share is changed', () => {
    expect(edited(shared, (value) => Object.assign(Object(value.a), { n: 2 }))).toBe(
      'a: &x # shared\n  n: 2 # n\nb: {"n":1} # same\nc:\n  <<: {"n":1}\n  k: 1 # k\n',
    );
    expect(edited(shared, (value) => Object.assign(Object(value.b), { n: 2 }))).toBe(
      'a: &x # shared\n  n: 1 # n\nb:\n  n: 2 # same\nc:\n  <<: *x\n  k: 1 # k\n',
    );
  });

  test('tabs in comments, texts and code are left alone', () => {
    const text = 'a: 1 #\tone\nb: "x\ty" # two\nc: |\n  \tcode\nd: 2\n';
    expect(edited(text, (value) => Object.assign(value, { d: 3 }))).toBe(text.replace('d: 2', 'd: 3'));
  });

  test('a comment between brackets is not doubled', () => {
    const text = 'a: {\n  u: x,  # the url\n  n: 1   # count\n}\n';
    expect(edited(text, (value) => Object.assign(Object(value.a), { z: 9 }))).toBe(
      'a: {\n  u: x,  # the url\n  n: 1,\n  "z": 9   # count\n}\n',
    );
  });
});
