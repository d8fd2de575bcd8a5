import { describe, expect, it } from 'vitest';
import { LanguageFailure } from './failure';
import { compileIntrinsic } from './intrinsic';
import type { Json } from './json';
import { ExpressionSyntaxError } from './syntax';
import { scopeOf } from './testing-scope';

function call(text: string, data: Json = {}): Json {
  return compileIntrinsic(text)(scopeOf(data));
}

function failureOf(text: string, data: Json = {}): string {
  try {
    call(text, data);
  } catch (error) {
    if (error instanceof LanguageFailure) return `${error.error}: ${error.message}`;
  }
  throw new Error(`${text} did not fail`);
}

function columnOf(text: string): number {
  try {
    compileIntrinsic(text);
  } catch (error) {
    if (error instanceof ExpressionSyntaxError) return error.column;
  }
  throw new Error(`${text} was compiled`);
}

describe('syntax', () => {
  it('[X30] arguments are paths, quoted text, numbers, true, false, null and calls', () => {
    expect(call("States.Array($.a, 'x', -1.5, true, false, null, States.Array())", { a: [1] })).toEqual([
      [1],
      'x',
      -1.5,
      true,
      false,
      null,
      [],
    ]);
    expect(call('States.Array( $.a ,2 )  ', { a: 1 })).toEqual([1, 2]);
  });

  it('[X31] quotes, braces and backslashes are escaped by a backslash, and nothing else is', () => {
    expect(call(String.raw`States.Array('it\'s \{\} \\')`)).toEqual([String.raw`it's {} \ `.trim()]);
    expect(columnOf(String.raw`States.Array('a\"b')`)).toBe(16);
  });

  it('[X32] errors say the column, counted from one', () => {
    expect(columnOf('States.Nope()')).toBe(1);
    expect(columnOf('States.Array($.a')).toBe(17);
    expect(columnOf("States.Array('a")).toBe(14);
    expect(columnOf('States.Array(a)')).toBe(14);
    expect(columnOf('States.Array(1) x')).toBe(17);
    expect(columnOf('States.Array(States.ArrayLength())')).toBe(14);
    expect(columnOf('States.Array($.a..)')).toBe(19);
  });

  it.each([
    ['Format', 1, 9],
    ['StringToJson', 1, 1],
    ['JsonToString', 1, 1],
    ['Array', 0, 9],
    ['ArrayPartition', 2, 2],
    ['ArrayContains', 2, 2],
    ['ArrayRange', 3, 3],
    ['ArrayGetItem', 2, 2],
    ['ArrayLength', 1, 1],
    ['ArrayUnique', 1, 1],
    ['Base64Encode', 1, 1],
    ['Base64Decode', 1, 1],
    ['Hash', 2, 2],
    ['JsonMerge', 3, 3],
    ['MathRandom', 2, 3],
    ['MathAdd', 2, 2],
    ['StringSplit', 2, 2],
    ['UUID', 0, 0],
  ])('[X30] States.%s takes from %i to %i arguments', (name, least, most) => {
    const takes = (count: number) => {
      try {
        compileIntrinsic(`States.${name}(${Array(count).fill('1').join(',')})`);
        return true;
      } catch (error) {
        if (error instanceof ExpressionSyntaxError) return false;
        throw error;
      }
    };
    const counts = Array.from({ length: 10 }, (_, count) => count);
    expect(counts.filter(takes)).toEqual(counts.filter((count) => count >= least && count <= most));
  });

  it('[X32] calls nest ten deep', () => {
    const nested = (depth: number): string => (depth === 0 ? '1' : `States.Array(${nested(depth - 1)})`);
    expect(call(nested(10))).toEqual([[[[[[[[[[1]]]]]]]]]]);
    expect(() => compileIntrinsic(nested(11))).toThrow('10 deep');
  });

  it('[X33] a path that leads nowhere is States.Runtime, a refused argument States.IntrinsicFailure', () => {
    expect(failureOf('States.ArrayLength($.x)', { a: 1 })).toBe(
      `States.Runtime: The function 'States.ArrayLength($.x)' had the following error: The JsonPath argument for the field '$.x' could not be found in the input '{"a":1}'`,
    );
    expect(failureOf('States.ArrayLength($.a)', { a: 1 })).toBe(
      "States.IntrinsicFailure: The function 'States.ArrayLength($.a)' had the following error: expected an array but was 1",
    );
  });
});

describe('functions', () => {
  it('[X34] Format fills {} in order and prints values as Java does', () => {
    const data = { name: 'Ada', n: 1.5, none: null, o: { Arg1: 1, Arg2: [true, { x: 'y' }] } };
    expect(call("States.Format('{} {} {} {}', $.name, $.n, $.none, $.o)", data)).toBe(
      'Ada 1.5 null {Arg1=1, Arg2=[true, {x=y}]}',
    );
    expect(call("States.Format('{} {} {}', 1.0, 1e3, -0.5)")).toBe('1 1000 -0.5');
    expect(call(String.raw`States.Format('\{\} {}', 1)`)).toBe('{} 1');
    expect(call('States.Format($.t, 1)', { t: 'n={}' })).toBe('n=1');
    expect(failureOf("States.Format('{} {}', 1)")).toContain('States.IntrinsicFailure');
    expect(failureOf("States.Format('{}', 1, 2)")).toContain('States.IntrinsicFailure');
    expect(failureOf('States.Format(1)')).toContain('States.IntrinsicFailure');
  });

  it('[X35] StringToJson and JsonToString turn text into values and back', () => {
    expect(call('States.StringToJson($)', '{"a":[1,null]}')).toEqual({ a: [1, null] });
    expect(call('States.StringToJson($)', ' ')).toBeNull();
    expect(Object.is(call('States.StringToJson($)', '-0'), 0)).toBe(true);
    expect(failureOf('States.StringToJson($)', '{')).toContain('is not valid JSON');
    const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);
    expect(JSON.stringify(call('States.StringToJson($)', nested(1000)))).toBe(nested(1000));
    expect(failureOf('States.StringToJson($)', nested(100_000))).toContain('1000 levels deep');
    expect(call('States.JsonToString($)', { a: [1, 'x'] })).toBe('{"a":[1,"x"]}');
  });

  it('[X36] arrays are cut, searched, counted and made', () => {
    const data = { a: [1, 2, 3, { x: 1 }, 1] };
    expect(call('States.ArrayPartition($.a, 2)', data)).toEqual([[1, 2], [3, { x: 1 }], [1]]);
    expect(call('States.ArrayPartition($, 2)', [])).toEqual([]);
    expect(failureOf('States.ArrayPartition($.a, 0)', data)).toContain('positive');
    expect(call('States.ArrayContains($.a, $.a[3])', data)).toBe(true);
    expect(call("States.ArrayContains($.a, '1')", data)).toBe(false);
    expect(call('States.ArrayGetItem($.a, 2)', data)).toBe(3);
    expect(failureOf('States.ArrayGetItem($.a, 5)', data)).toContain('index 5');
    expect(failureOf('States.ArrayGetItem($.a, -1)', data)).toContain('index -1');
    expect(call('States.ArrayLength($.a)', data)).toBe(5);
    expect(call('States.ArrayUnique($)', [1, '1', { a: 1 }, 1, { a: 1 }, null, null])).toEqual([
      1,
      '1',
      { a: 1 },
      null,
    ]);
  });

  it('[X36] what is equal is found and left out by its value alone, never by how it is written', () => {
    const different: Json[] = [1, '1', true, 'true', null, 'null', {}, '{}', [], [1], [1, 2], { a: 1 }];
    const odd: Json[] = ['{"a":1}', '\0{"a":1}', '\0"x"', 'x', { a: 1, b: 2 }, { a: 2 }, [[1]], [1, 2, 3]];
    const items = [...different, ...odd];
    expect(call('States.ArrayUnique($)', items)).toEqual(items);
    for (const item of items) {
      const equal = items.filter((other) => call('States.ArrayContains($.l, $.o)', { l: [item], o: other }));
      expect(equal).toEqual([item]);
    }
    expect(
      call('States.ArrayUnique($)', [
        { a: 1, b: [2] },
        { b: [2], a: 1 },
      ]),
    ).toEqual([{ a: 1, b: [2] }]);
    expect(
      call('States.ArrayContains($, $[1])', [
        { a: 1, b: 2 },
        { b: 2, a: 1 },
      ]),
    ).toBe(true);
  });

  it('[X37] ArrayRange includes its end and makes 1,000 elements at most', () => {
    expect(call('States.ArrayRange(1, 9, 2)')).toEqual([1, 3, 5, 7, 9]);
    expect(call('States.ArrayRange(0, 9, 4)')).toEqual([0, 4, 8]);
    expect(call('States.ArrayRange(5, 1, -2)')).toEqual([5, 3, 1]);
    expect(call('States.ArrayRange(5, 0, -2)')).toEqual([5, 3, 1]);
    expect(call('States.ArrayRange(1, 0, 1)')).toEqual([]);
    expect(call('States.ArrayRange(0.5, 2.4, 1)')).toEqual([1, 2]);
    expect(call('States.ArrayRange(1, 1000, 1)')).toHaveLength(1000);
    expect(failureOf('States.ArrayRange(0, 1000, 1)')).toContain('1000');
    expect(failureOf('States.ArrayRange(0, 1, 0)')).toContain('zero');
  });

  it('[X38] Base64 speaks UTF-8', () => {
    expect(call('States.Base64Encode($)', 'Grüße €')).toBe('R3LDvMOfZSDigqw=');
    expect(call('States.Base64Decode($)', 'R3LDvMOfZSDigqw=')).toBe('Grüße €');
    expect(failureOf('States.Base64Decode($)', '*')).toContain('Base64');
    expect(call('States.Base64Encode($)', 'x'.repeat(10_000))).toHaveLength(13_336);
    expect(failureOf('States.Base64Encode($)', 'x'.repeat(10_001))).toContain('10000');
    expect(call('States.Base64Decode($)', 'eHh4'.repeat(2_500))).toHaveLength(7_500);
    expect(failureOf('States.Base64Decode($)', 'eHh4'.repeat(2_501))).toContain('10000');
  });

  it('[X39] Hash takes text as it is and other values as JSON', () => {
    expect(call("States.Hash($, 'MD5')", 'abc')).toBe('900150983cd24fb0d6963f7d28e17f72');
    expect(call("States.Hash($, 'SHA-1')", 'abc')).toBe('a9993e364706816aba3e25717850c26c9cd0d89d');
    expect(call("States.Hash($, 'SHA-256')", { a: 1 })).toBe(call("States.Hash($, 'SHA-256')", '{"a":1}'));
    expect(call("States.Hash($, 'SHA-384')", '')).toMatch(/^38b060a7[0-9a-f]{88}$/);
    expect(call("States.Hash($, 'SHA-512')", '')).toMatch(/^cf83e135[0-9a-f]{120}$/);
    expect(failureOf("States.Hash($, 'SHA-3')", '')).toContain('SHA-3');
    expect(call("States.Hash($, 'MD5')", 'x'.repeat(10_000))).toHaveLength(32);
    expect(failureOf("States.Hash($, 'MD5')", 'x'.repeat(10_001))).toContain('10000');
    expect(failureOf("States.Hash($, 'MD5')", ['x'.repeat(10_000)])).toContain('10000');
  });

  it('[X40] JsonMerge is shallow and the second wins', () => {
    const data = { a: { x: 1, deep: { p: 1 } }, b: { y: 2, deep: { q: 1 } } };
    expect(call('States.JsonMerge($.a, $.b, false)', data)).toEqual({ x: 1, y: 2, deep: { q: 1 } });
    expect(failureOf('States.JsonMerge($.a, $.b, true)', data)).toContain('shallow');
    expect(failureOf('States.JsonMerge($.a, 1, false)', data)).toContain('objects');
  });

  it('[X41] numbers are rounded half up before they are added', () => {
    const sum = (a: number, b: number) => call('States.MathAdd($.a, $.b)', { a, b });
    expect([sum(1.5, 0), sum(-1.5, 0), sum(-0.5, 0), sum(0.5, 0), sum(1.49, 1.5)]).toEqual([2, -1, 0, 1, 3]);
    expect(Object.is(sum(-0.5, -0.2), 0)).toBe(true);
  });

  it('[X42] MathRandom draws from chance, or from its seed alone', () => {
    expect(call('States.MathRandom(1, 11)')).toBe(6);
    const seeds = Array.from({ length: 200 }, (_, seed) => seed);
    const drawn = seeds.map((seed) => call('States.MathRandom(1, 4, $)', seed));
    expect([...new Set(drawn)].sort()).toEqual([1, 2, 3]);
    expect(call('States.MathRandom(1, 1000, 7)')).toBe(call('States.MathRandom(1, 1000, 7)'));
    expect(call('States.MathRandom(1, 1000, 7)')).not.toBe(call('States.MathRandom(1, 1000, 8)'));
    expect(failureOf('States.MathRandom(3, 3)')).toContain('empty');
  });

  it('[X43] StringSplit splits at any of the characters and drops empty pieces', () => {
    expect(call("States.StringSplit($, ',;')", 'a,b;;c,')).toEqual(['a', 'b', 'c']);
    expect(call("States.StringSplit($, ',')", ',,,')).toEqual([]);
    expect(call("States.StringSplit($, ',')", ' ')).toEqual([' ']);
  });

  it('[X44] UUID comes from chance', () => {
    expect(call('States.UUID()')).toBe('00000000-0000-4000-8000-000000000000');
  });
});
