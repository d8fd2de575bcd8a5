import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import type { Json } from '@/lib/expression/json';
import { same } from './equal';
import { parseJson } from './parse';
import { print } from './print';
import { rewrite } from './rewrite';

const yaml = `# a flow
StartAt: Pay   # first

States:
  # takes the money
  Pay:
    Type: Task
    Resource: "millrace:http"
    Parameters: {url: 'http://pay', tries: [1, 2]}   # where
    Catch:
      # whatever happens
      - ErrorEquals: [States.ALL]
        Next: Sorry   # be polite
    Next: Done

  Done:
    Type: Succeed # good

  Sorry:
    Type: Fail
`;

interface Loose {
  [key: string]: Loose;
}

function read(text: string, format: 'json' | 'yaml'): Loose {
  const parsed = parseJson(text, format);
  if (!parsed.ok) throw new Error(parsed.problems[0]?.problem.message);
  return JSON.parse(JSON.stringify(parsed.value));
}

function edited(text: string, format: 'json' | 'yaml', edit: (value: Loose) => unknown): string {
  const value = read(text, format);
  edit(value);
  return rewrite(text, format, value as unknown as Json);
}

/** The lines that are in one text and not in the other: `-` gone, `+` new. */
function changes(before: string, after: string): string[] {
  const [old, now] = [before.split('\n'), after.split('\n')];
  return [
    ...old.filter((line) => !now.includes(line)).map((line) => `-${line}`),
    ...now.filter((line) => !old.includes(line)).map((line) => `+${line}`),
  ];
}

describe('[F7] a YAML text', () => {
  test('keeps its comments when a value changes', () => {
    const text = edited(yaml, 'yaml', (flow) => Object.assign(flow, { StartAt: 'Done' }));

    expect(changes(yaml, text)).toEqual(['-StartAt: Pay   # first', '+StartAt: Done   # first']);
  });

  test('keeps its quotes', () => {
    const text = edited(yaml, 'yaml', (flow) =>
      Object.assign(flow.States?.Pay ?? {}, { Resource: 'millrace:flow' }),
    );

    expect(changes(yaml, text)).toEqual(['-    Resource: "millrace:http"', '+    Resource: "millrace:flow"']);
  });

  test('keeps flow style where it has it', () => {
    const text = edited(yaml, 'yaml', (flow) =>
      Object.assign(flow.States?.Pay?.Parameters ?? {}, { tries: [1, 3] }),
    );

    expect(changes(yaml, text)).toEqual([
      "-    Parameters: {url: 'http://pay', tries: [1, 2]}   # where",
      "+    Parameters: {url: 'http://pay', tries: [1, 3]}   # where",
    ]);
  });

  test('gets new states below the others', () => {
    const text = edited(yaml, 'yaml', (flow) =>
      Object.assign(flow.States ?? {}, { Wait: { Type: 'Wait', Seconds: 1, Next: 'Pay' } }),
    );

    expect(text).toBe(`${yaml}  Wait:\n    Type: Wait\n    Seconds: 1\n    Next: Pay\n`);
  });

  test('loses a state with the comments above it, and nothing else', () => {
    const text = edited(yaml, 'yaml', (flow) => delete flow.States?.Done);

    expect(changes(yaml, text)).toEqual(['-  Done:', '-    Type: Succeed # good']);
  });

  test('keeps the comments inside a state that is renamed', () => {
    const text = edited(yaml, 'yaml', (flow) => {
      const { Pay, Done, Sorry } = flow.States ?? {};
      Object.assign(flow, { StartAt: 'Charge', States: { Charge: Pay, Done, Sorry } });
    });

    expect(changes(yaml, text)).toEqual([
      '-StartAt: Pay   # first',
      '-  Pay:',
      '+StartAt: Charge   # first',
      '+  Charge:',
    ]);
  });

  test('keeps the comments of states that change places', () => {
    const text = edited(yaml, 'yaml', (flow) => {
      const { Pay, Done, Sorry } = flow.States ?? {};
      Object.assign(flow, { States: { Sorry, Pay, Done } });
    });

    expect(changes(yaml, text)).toEqual([]);
    expect(Object.keys(read(text, 'yaml').States ?? {})).toEqual(['Sorry', 'Pay', 'Done']);
  });

  test('writes code over several lines as a block', () => {
    const text = edited(yaml, 'yaml', (flow) =>
      Object.assign(flow.States?.Done ?? {}, { Comment: 'one\ntwo\n' }),
    );

    expect(changes(yaml, text)).toEqual(['+    Comment: |', '+      one', '+      two']);
  });

  test('is left alone where nothing differs', () => {
    expect(edited(yaml, 'yaml', () => {})).toBe(yaml);
  });

  test('with anchors is still right', () => {
    const anchored = 'a: &x {n: 1}   # shared\nb: *x\nc: 1 # one\n';

    expect(edited(anchored, 'yaml', (value) => Object.assign(value, { c: 2 }))).toBe(
      'a: &x {n: 1}   # shared\nb: *x\nc: 2 # one\n',
    );
    expect(
      read(
        edited(anchored, 'yaml', (value) => Object.assign(value.a ?? {}, { n: 2 })),
        'yaml',
      ),
    ).toEqual({
      a: { n: 2 },
      b: { n: 1 },
      c: 1,
    });
  });
});

describe('[F6] a JSON text', () => {
  const json = `{
    "StartAt": "A",
    "States": {
        "A": { "Type": "Pass", "Next": "B" },
        "B": { "Type": "Succeed" }
    }
}
`;

  test('keeps its layout', () => {
    const text = edited(json, 'json', (flow) =>
      Object.assign(flow.States?.A ?? {}, { Comment: 'x', Next: 'C' }),
    );

    expect(changes(json, text)).toEqual([
      '-        "A": { "Type": "Pass", "Next": "B" },',
      '+        "A": { "Type": "Pass", "Next": "C", "Comment": "x" },',
    ]);
  });

  test('gets new members with its own indentation', () => {
    const text = edited(json, 'json', (flow) =>
      Object.assign(flow.States ?? {}, { C: { Type: 'Fail', Error: 'E' } }),
    );

    expect(changes(json, text)).toEqual([
      '-        "B": { "Type": "Succeed" }',
      '+        "B": { "Type": "Succeed" },',
      '+        "C": {',
      '+            "Type": "Fail",',
      '+            "Error": "E"',
      '+        }',
    ]);
  });

  test('on one line stays on one line', () => {
    expect(rewrite('{"a":1,"b":[1,2]}', 'json', { a: 2, b: [1, 3, 2], c: null })).toBe(
      '{"a":2,"b":[1,3,2],"c": null}',
    );
  });

  test('that cannot be read is replaced as a whole', () => {
    expect(rewrite('{"a":', 'json', { a: 1 })).toBe('{\n  "a": 1\n}\n');
  });
});

const key = fc.oneof(
  fc.constantFrom('a', 'b', 'c', 'Type', 'a b', '#', '- x', 'null', '1', '__proto__', ''),
  fc.string(),
);
const scalar = fc.oneof(
  fc.constantFrom(
    '',
    'x',
    '# no comment',
    'a: b',
    'two\nlines',
    'end\n\n',
    ' blank ',
    "it's",
    '"',
    '{% $a %}',
    'true',
    '1',
    '-',
    'é☃',
  ),
  fc.string(),
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => (Object.is(number, -0) ? 0 : number)),
  fc.boolean(),
  fc.constant(null),
);
const { value: anyJson } = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    scalar,
    fc.array(tie('value'), { maxLength: 4 }),
    fc.array(fc.tuple(key, tie('value')), { maxLength: 5 }).map((entries) => {
      const object: Record<string, Json> = {};
      for (const [name, value] of entries)
        Object.defineProperty(object, name, { value, enumerable: true, configurable: true, writable: true });
      return object;
    }),
  ),
}));

describe.each(['json', 'yaml'] as const)('[F6] any %s text', (format) => {
  property.prop([anyJson])('says what was printed', (value) => {
    const parsed = parseJson(print(value, format), format);

    expect(parsed.ok && same(parsed.value, value)).toBe(true);
  });

  property.prop([anyJson, anyJson])('says exactly the new value after a rewrite', (old, next) => {
    const text = rewrite(print(old, format), format, next);

    const parsed = parseJson(text, format);
    expect(parsed.ok && same(parsed.value, next)).toBe(true);
  });
});
