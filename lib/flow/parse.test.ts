import { describe, expect, test } from 'vitest';
import { check } from './check';
import { detect, parse, parseJson, place } from './parse';

const pass = { StartAt: 'A', States: { A: { Type: 'Pass', End: true } } };

function problemsOf(text: string, format?: 'json' | 'yaml') {
  const parsed = parse(text, format);
  if (parsed.ok) throw new Error('the text was read');
  return parsed.problems.map(({ problem, span }) => ({
    code: problem.code,
    line: span.line,
    column: span.column,
    message: problem.message,
  }));
}

function positionsOf(text: string, format?: 'json' | 'yaml') {
  const parsed = parse(text, format);
  if (!parsed.ok) throw new Error(parsed.problems[0]?.problem.message);
  return parsed.positions;
}

test('[F1] JSON and YAML say the same definition', () => {
  const json = parse(JSON.stringify(pass));
  const yaml = parse('StartAt: A\nStates:\n  A:\n    Type: Pass\n    End: true\n');

  expect(json).toMatchObject({ ok: true, format: 'json', definition: pass });
  expect(yaml).toMatchObject({ ok: true, format: 'yaml', definition: pass });
  expect(detect('  [1]')).toBe('json');
});

describe('[F2] places', () => {
  const text = '{\n  "StartAt": "A",\n  "States": {"A": {"Type": "Pass", "End": true}}\n}';

  test('a pointer gives the value and its name', () => {
    const positions = positionsOf(text);

    expect(positions.value('/StartAt')).toEqual({ start: 15, end: 18, line: 2, column: 14 });
    expect(positions.name('/StartAt')).toEqual({ start: 4, end: 13, line: 2, column: 3 });
    expect(positions.value('/States/B')).toBeUndefined();
  });

  test('what is missing is underlined at the name of what it is missing from', () => {
    expect(positionsOf(text).nearest('/States/A/Comment')).toMatchObject({ line: 3, column: 14 });
  });

  test('an offset gives the innermost pointer, also on a name', () => {
    const positions = positionsOf(text);

    expect(positions.pointerAt(text.indexOf('Pass'))).toBe('/States/A/Type');
    expect(positions.pointerAt(text.indexOf('"Type"') + 1)).toBe('/States/A/Type');
    expect(positions.pointerAt(text.length)).toBe('');
  });

  test('YAML has places too, and keys with slashes are escaped', () => {
    const yaml = 'StartAt: a/b\nStates:\n  a/b:\n    Type: Pass\n    End: true\n';
    const positions = positionsOf(yaml);

    expect(positions.value('/States/a~1b/Type')).toMatchObject({ line: 4, column: 11 });
    expect(positions.pointerAt(yaml.indexOf('Pass'))).toBe('/States/a~1b/Type');
  });

  test('a column inside a string counts escapes as one character', () => {
    const source = String.raw`{"StartAt": "A", "States": {"A": {"Type": "Pass", "InputPath": "$.\u0061[", "End": true}}}`;
    const problem = {
      code: 'PATH_SYNTAX',
      severity: 'error',
      pointer: '/States/A/InputPath',
      message: '',
      column: 4,
    } as const;

    const { span } = place(problem, source, positionsOf(source));

    expect(source.slice(span.start, span.start + 2)).toBe('["');
  });
});

describe('[F2] a column inside a YAML text', () => {
  test.each([
    ['a quoted text over two lines', "Output: '{% $a\n      + ] %}'"],
    ['a quoted text', "Output: '{% ''x'' & ] %}'"],
    ['a block', 'Output: |-\n        {%\n          $a + ] %}'],
    ['a folded block', 'Output: >-\n        {% $a +\n        ] %}'],
    ['double quotes', 'Output: "{% \\"x\\" & ] %}"'],
  ])('%s', (_, field) => {
    const text = `StartAt: A\nQueryLanguage: JSONata\nStates:\n  A:\n    Type: Succeed\n    ${field}\n`;
    const parsed = parse(text, 'yaml');
    if (!parsed.ok) throw new Error(parsed.problems[0]?.problem.message);
    const [problem] = check(parsed.definition);
    if (problem === undefined) throw new Error('the expression was read');

    const { span } = place(problem, text, parsed.positions);

    expect(text.slice(span.start, span.start + 1)).toBe(']');
  });
});

describe('[F3] what is wrong with a text is said where it is wrong', () => {
  test.each([
    ['', 'EMPTY_TEXT', 1, 1, 'There is no definition yet: write one, or start from a template'],
    ['{"a": }', 'JSON_SYNTAX', 1, 7, 'Expected a value, found "}"'],
    ['{"a": 1,}', 'JSON_SYNTAX', 1, 8, 'Remove this comma: a name in double quotes must follow it, not }'],
    ['{"a": 1\n "b": 2}', 'JSON_SYNTAX', 2, 2, 'Expected a comma or }, found "\\""'],
    ["{'a': 1}", 'JSON_SYNTAX', 1, 2, 'Expected a name in double quotes, found "\'"'],
    ['{"a": 01}', 'JSON_SYNTAX', 1, 8, 'Expected a comma or }, found "1"'],
    ['{"a": "x\ny"}', 'JSON_SYNTAX', 1, 7, 'This string has no closing quote on its line'],
    ['{"a": "\\x"}', 'JSON_SYNTAX', 1, 8, '"\\x" is no escape sequence: write a backslash as \\\\'],
    ['{"a": "\\\n"}', 'JSON_SYNTAX', 1, 8, '"\\\n" is no escape sequence: write a backslash as \\\\'],
    ['{"a": 1e999}', 'JSON_SYNTAX', 1, 7, 'This number is too large'],
    ['{} {}', 'JSON_SYNTAX', 1, 4, 'Expected nothing more after the end of the definition, found "{"'],
    ['{"a"', 'JSON_SYNTAX', 1, 5, 'The text ends where a colon after the name must stand'],
  ])('%j', (text, code, line, column, message) => {
    expect(problemsOf(text, 'json')).toEqual([{ code, line, column, message }]);
  });

  test('an expression without quotes in YAML is told what it lacks', () => {
    expect(problemsOf('StartAt: A\nOutput: {% $a %}\n')).toMatchObject([
      { code: 'YAML_SYNTAX', line: 2, message: expect.stringContaining("in quotes: '{% … %}'") },
    ]);
  });

  test('YAML that is no JSON is refused in words', () => {
    expect(problemsOf('a: .nan')).toMatchObject([{ code: 'YAML_SYNTAX', line: 1, column: 4 }]);
    expect(problemsOf('? [a]\n: b')).toMatchObject([{ message: 'A name must be a plain string' }]);
    expect(problemsOf('a: *b')).toMatchObject([{ code: 'YAML_SYNTAX', line: 1 }]);
  });

  test('a text without the outline of a definition gets all problems of the check, with places', () => {
    expect(problemsOf('{"States": {"A": {"Type": "Pas"}}}')).toMatchObject([
      { code: 'MISSING_FIELD', line: 1, column: 1 },
      { code: 'WRONG_VALUE', line: 1, column: 27 },
    ]);
    expect(problemsOf('[1]')).toMatchObject([{ code: 'WRONG_TYPE', line: 1, column: 1 }]);
  });
});

describe('[F4] hostile texts', () => {
  test('are limited in length and depth', () => {
    expect(problemsOf(`"${'x'.repeat(2 * 1024 * 1024)}"`, 'json')).toMatchObject([{ code: 'TEXT_TOO_LONG' }]);
    expect(problemsOf('['.repeat(100_000), 'json')).toMatchObject([
      { message: 'Nested more than 200 levels deep' },
    ]);
    expect(problemsOf('- '.repeat(20_000), 'yaml')).toMatchObject([
      { message: 'Nested more than 200 levels deep' },
    ]);
    expect(problemsOf(`a: ${'['.repeat(20_000)}`, 'yaml')[0]?.code).toBe('YAML_SYNTAX');
  });

  test('an alias bomb is refused', () => {
    const levels = Array.from(
      { length: 9 },
      (_, level) => `l${level + 1}: &l${level + 1} [${`*l${level},`.repeat(9)}]`,
    );

    const [problem] = problemsOf(`l0: &l0 [x,x,x,x,x,x,x,x,x]\n${levels.join('\n')}\n`);

    expect(problem?.message).toMatch(/^Unfolds to more than/);
  });

  test('an alias inside its own anchor is refused', () => {
    expect(problemsOf('a: &a [*a]')[0]?.message).toMatch(/Nested more than|anchor/);
  });

  test.each(['json', 'yaml'] as const)('__proto__ is a name like any other in %s', (format) => {
    const read = parseJson('{"__proto__": {"polluted": true}, "constructor": 1}', format);

    expect(read.ok && Object.keys(Object(read.value))).toEqual(['__proto__', 'constructor']);
    expect(Object.getPrototypeOf(read.ok ? read.value : null)).toBe(Object.prototype);
    expect('polluted' in {}).toBe(false);
  });
});

test('[F5] a name that stands twice is remarked upon, and the last one counts', () => {
  const json = parse('{"StartAt": "B", "StartAt": "A", "States": {"A": {"Type": "Succeed"}}}');
  const yaml = parse('StartAt: B\nStartAt: A\nStates: {A: {Type: Succeed}}\n');

  expect(json).toMatchObject({
    ok: true,
    definition: { StartAt: 'A' },
    remarks: [{ problem: { code: 'REPEATED_NAME', severity: 'warning' }, span: { column: 18 } }],
  });
  expect(yaml).toMatchObject({
    ok: true,
    definition: { StartAt: 'A' },
    remarks: [{ problem: { code: 'YAML_DOUBTFUL', severity: 'warning' }, span: { line: 2 } }],
  });
});

test('[F1] anchors, aliases and merge keys of YAML are unfolded', () => {
  const text = 'x: &x {a: 1, b: 2}\ny: {<<: *x, b: 3}\nz: *x\n';

  expect(parseJson(text, 'yaml')).toMatchObject({
    ok: true,
    value: { x: { a: 1, b: 2 }, y: { a: 1, b: 3 }, z: { a: 1, b: 2 } },
  });
});
