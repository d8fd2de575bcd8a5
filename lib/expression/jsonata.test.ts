import { describe, expect, it } from 'vitest';
import { LanguageFailure } from './failure';
import type { Json } from './json';
import { compileExpression, isExpression, OutOfFuel } from './jsonata';
import type { Scope } from './scope';
import { ExpressionSyntaxError } from './syntax';
import { scopeOf } from './testing-scope';

function evaluate(source: string, scope: Scope = scopeOf({})): Json {
  return compileExpression(`{% ${source} %}`).evaluate(scope, 'Output/x');
}

/** What came after `The JSONata expression '…' specified for the field 'Output/x' `. */
function failureOf(source: string, scope: Scope = scopeOf({})): string {
  try {
    evaluate(source, scope);
  } catch (error) {
    if (!(error instanceof LanguageFailure)) throw error;
    expect(error.error).toBe('States.QueryEvaluationError');
    expect(error.location).toBe('Output/x');
    const head = `The JSONata expression '${source}' specified for the field 'Output/x' `;
    expect(error.message.startsWith(head)).toBe(true);
    return error.message.slice(head.length);
  }
  throw new Error(`${source} did not fail`);
}

describe('what is an expression', () => {
  it('[X54] begins with {% and ends with %}, with no blanks outside', () => {
    expect(['{% 1 %}', '{%1%}', '{%%}'].every(isExpression)).toBe(true);
    expect(['{%}', ' {% 1 %}', '{% 1 %} ', '1', '', null].some((value) => isExpression(value))).toBe(false);
  });

  it('[X90] the same text is parsed once', () => {
    expect(compileExpression('{% 1 + 1 %}')).toBe(compileExpression('{% 1 + 1 %}'));
  });
});

describe('what it can see', () => {
  it('[X91] $states and variables, and no input document', () => {
    const scope = scopeOf(
      { a: { b: 5 } },
      { variables: { x: 2, nothing: null }, context: { State: { Name: 'Pay' } } },
    );
    expect(evaluate('$states.input.a.b * $x', scope)).toBe(10);
    expect(evaluate('$states.context.State.Name', scope)).toBe('Pay');
    expect(evaluate('$states', scope)).toEqual({
      input: { a: { b: 5 } },
      context: { State: { Name: 'Pay' } },
    });
    expect(evaluate('$nothing', scope)).toBeNull();
    expect(() => compileExpression('{% a.b %}')).toThrow(ExpressionSyntaxError);
  });

  it('[X91] the context object is built only when it is read', () => {
    let built = 0;
    const context = () => ({ built: ++built });
    evaluate('$states.input', { ...scopeOf(1), context });
    expect(built).toBe(0);
    expect(evaluate('$states.context.built + $states.context.built', { ...scopeOf(1), context })).toBe(2);
  });

  it('[X92] a variable may have the name of a function and hides it', () => {
    expect(evaluate('$sum', scopeOf({}, { variables: { sum: 3 } }))).toBe(3);
  });

  it('[X93] assignments inside an expression end with it', () => {
    const scope = scopeOf({}, { variables: { x: 1 } });
    expect(evaluate('($x := 5; $x)', scope)).toBe(5);
    expect(evaluate('$y := 7', scope)).toBe(7);
    expect(evaluate('$x', scope)).toBe(1);
    expect(failureOf('$y', scope)).toBe('returned nothing (undefined).');
  });
});

describe('what it gives', () => {
  it('[X94] is plain JSON: sequences are arrays, one-element sequences the element', () => {
    const scope = scopeOf({ items: [{ n: 1 }, { n: 2 }, { m: 3 }] });
    const several = evaluate('$states.input.items.n', scope);
    expect(several).toEqual([1, 2]);
    expect(Object.keys(Object(several))).toEqual(['0', '1']);
    expect(evaluate('$states.input.items.m', scope)).toBe(3);
    expect(evaluate('$states.input.items.m[]', scope)).toEqual([3]);
    expect(evaluate('{"a": $states.input.items.n, "gone": $states.input.no}', scope)).toEqual({ a: [1, 2] });
  });

  it('[X95] undefined is a failure', () => {
    expect(failureOf('$states.input.nothing')).toBe('returned nothing (undefined).');
    expect(failureOf('$states.input[n = 1]', scopeOf([]))).toBe('returned nothing (undefined).');
  });

  it('[X96] a function or an infinite number is a failure', () => {
    for (const source of ['function($x) { $x }', '$sum', '{"f": $sum}', '[1, $sum]', '/a/', '1 / 0']) {
      expect(failureOf(source)).toBe('returned an unsupported result type.');
    }
  });

  it('[X97] what JSONata throws is a failure with its code', () => {
    expect(failureOf('$nope(1)')).toBe(
      'threw an error during evaluation. T1006: Attempted to invoke a non-function',
    );
    expect(failureOf('(function($x) { $nope($x) })(1)')).toContain(
      'T1006: Attempted to invoke a non-function',
    );
    expect(failureOf('$error("out of stock")')).toBe('threw an error during evaluation. D3137: out of stock');
    expect(failureOf('1 + "a"')).toBe(
      'threw an error during evaluation. T2002: The right side of the "+" operator must evaluate to a number',
    );
  });

  it('[X98] another type than the field wants is a failure', () => {
    const { evaluateAs } = compileExpression('{% $states.input %}');
    expect(evaluateAs(scopeOf([1]), 'Items', 'array')).toEqual([1]);
    for (const [value, actual] of [
      [1, 'number'],
      ['a', 'string'],
      [true, 'boolean'],
      [null, 'null'],
      [{ a: 1 }, 'object'],
    ] as const) {
      expect(() => evaluateAs(scopeOf(value), 'Items', 'array')).toThrow(
        `returned an unexpected result type. Expected 'array', but was '${actual}' for value: ${JSON.stringify(value)}`,
      );
    }
  });

  it('[X99] the data is left as it was', () => {
    const data = { list: [[1], [2]], o: { a: 1 } };
    const before = JSON.parse(JSON.stringify(data));
    for (const source of [
      '$states.input.list[]',
      '$states.input ~> |o|{"b": 2}|',
      '$append($states.input.list, 3)',
      '$sort($states.input.list[0])',
    ]) {
      evaluate(source, scopeOf(data));
    }
    expect(data).toStrictEqual(before);
    expect(Object.keys(data.list)).toEqual(['0', '1']);
  });
});

describe('functions', () => {
  it.each<[string, Json]>([
    ['$partition([1, 2, 3], 2)', [[1, 2], [3]]],
    ['$partition([1, 2], 9)', [[1, 2]]],
    ['$partition([1, 2, 3], 1.9)', [[1], [2], [3]]],
    ['$range(0, 9, 3)', [0, 3, 6, 9]],
    ['$range(0, 2, 3)', 0],
    ['$range(3, 1, -1)', [3, 2, 1]],
    ['$range(0, 1, 0.5)', [0, 0.5, 1]],
    ['$hash("abc", "MD5")', '900150983cd24fb0d6963f7d28e17f72'],
    ['$hash("abc", "SHA-1")', 'a9993e364706816aba3e25717850c26c9cd0d89d'],
    ['$substring($hash("abc", "SHA-256"), 0, 8)', 'ba7816bf'],
    ['$substring($hash("abc", "SHA-384"), 0, 8)', 'cb00753f'],
    ['$substring($hash("abc", "SHA-512"), 0, 8)', 'ddaf35a1'],
    ['$hash({"a": 1}, "MD5") = $hash("{\\"a\\":1}", "MD5")', true],
    ['$hash(1, "MD5") = $hash("1", "MD5")', true],
    ['$uuid()', '00000000-0000-4000-8000-000000000000'],
    ['$random()', 0.5],
    ['$random(3) = $random(3) and $random(3) != $random(4)', true],
    ['$random(3) >= 0 and $random(3) < 1', true],
    ['$parse("{\\"a\\": [1, null]}")', { a: [1, null] }],
    ['$parse("null")', null],
  ])('[X100] AWS adds functions: %s', (source, expected) => {
    expect(evaluate(source)).toEqual(expected);
  });

  it('[X100] what they refuse is a failure, and nothing gives nothing', () => {
    expect(Object.is(evaluate('$parse("-0")'), 0)).toBe(true);
    expect(failureOf('$parse("{")')).toContain('is not valid JSON');
    expect(failureOf('$hash("a", "CRC")')).toContain('does not know the algorithm CRC');
    expect(failureOf('$partition([1], 0)')).toContain('must be positive');
    expect(failureOf('$partition([1], -1)')).toContain('must be positive');
    expect(failureOf('$range(0, 1, 0)')).toContain('must not be zero');
    expect(failureOf('$range(1, 1000001, 1)')).toContain('$range would make 1000001 elements');
    for (const source of ['$parse($no)', '$hash($no, "MD5")', '$partition($no, 1)', '$range($no, 1, 1)'])
      expect(failureOf(source)).toBe('returned nothing (undefined).');
  });

  it('[X101] $eval is not there', () => {
    expect(failureOf('$eval("1 + 1")')).toContain('T1006');
    expect(evaluate('$exists($eval)')).toBe(false);
  });

  it('[X102] time and chance come from the scope', () => {
    const scope = { ...scopeOf({}), now: 1_457_920_740_000 };
    expect(evaluate('$now()', scope)).toBe('2016-03-14T01:59:00.000Z');
    expect(evaluate('$now("[Y]-[M01]", "+0200")', scope)).toBe('2016-03');
    expect(evaluate('$millis()', scope)).toBe(1_457_920_740_000);
    expect(evaluate('$fromMillis($toMillis("13:45", "[H]:[m]"))', scope)).toBe('2016-03-14T13:45:00.000Z');
    expect(evaluate('$shuffle([1, 2, 3])', scope)).toEqual(evaluate('$shuffle([1, 2, 3])', scope));
  });

  it('[X103] Base64 speaks UTF-8', () => {
    expect(evaluate('$base64encode("Grüße €")')).toBe('R3LDvMOfZSDigqw=');
    expect(evaluate('$base64decode("R3LDvMOfZSDigqw=")')).toBe('Grüße €');
  });
});

describe('bounds', () => {
  it('[X104] an endless expression runs out of fuel, which is no failure of the language yet', () => {
    const endless = '($f := function($n) { $f($n + 1) }; $f(0))';
    expect(() => evaluate(endless, scopeOf({}, { fuel: 1000 }))).toThrow(OutOfFuel);
    expect(() => evaluate('$sum([1..100].($ * 2))', scopeOf({}, { fuel: 100 }))).toThrow(OutOfFuel);
    expect(evaluate('$sum([1..100].($ * 2))', scopeOf({}, { fuel: 10_000 }))).toBe(10_100);
  });

  it('[X104] OutOfFuel names the expression and its field', () => {
    expect(() => evaluate('$map([1..99], $string)', scopeOf({}, { fuel: 1 }))).toThrow(
      "The JSONata expression '$map([1..99], $string)' specified for the field 'Output/x' ran too long.",
    );
  });

  it('[X105] big intermediate results cost fuel too', () => {
    const doubling = '$length($reduce([1..40], function($text) { $text & $text }, "ab"))';
    expect(() => evaluate(doubling.replace('$text)', '$text, $n)'))).toThrow(OutOfFuel);
    const growing = '$reduce([1..50000], function($all, $n) { $merge([$all, {$string($n): 1}]) }, {})';
    expect(() => evaluate(growing)).toThrow(OutOfFuel);
    const looking = '$count($states.input[$ in $states.input])';
    expect(() => evaluate(looking, scopeOf(Array.from({ length: 20_000 }, (_, at) => at)))).toThrow(
      OutOfFuel,
    );
    expect(failureOf('[1..2000000]')).toContain('D2015');
    expect(failureOf('$pad("x", 100000000)')).toContain('D3137: $pad would make 100000000 characters');
  });

  it('[X107] sorting and looking for distinct values is fast and never too deep', () => {
    const many = scopeOf(Array.from({ length: 20_000 }, (_, at) => ({ key: (at * 7919) % 10_007 })));
    expect(evaluate('$count($distinct($states.input))', many)).toBe(10_007);
    expect(evaluate('$states.input^(key)[0].key', many)).toBe(0);
    expect(evaluate('$sort($states.input.key)[-1]', many)).toBe(10_006);
  });

  it('[X106] recursion that is no tail call ends before the stack does', () => {
    const deep = (depth: number) => `($f := function($n) { $n = 0 ? 0 : 1 + $f($n - 1) }; $f(${depth}))`;
    expect(evaluate(deep(100))).toBe(100);
    expect(failureOf(deep(100_000))).toContain('D1011: Stack overflow');
  });
});
