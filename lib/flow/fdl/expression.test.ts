import { describe, expect, test } from 'vitest';
import type { Json } from '@/lib/expression/json';
import { compileExpression } from '@/lib/expression/jsonata';
import { ExpressionSyntaxError } from '@/lib/expression/syntax';
import { type Setting, toCondition, toJsonata } from './expression-print';
import { parseFdlExpression } from './expression-syntax';

const chance = { random: () => 0.5, uuid: () => '00000000-0000-4000-8000-000000000000' };
const input: Json = {
  n: 3,
  text: 'a-b-c',
  empty: '',
  nothing: null,
  list: [{ x: 1 }, { x: 2 }],
  single: [{ x: 1 }],
  nested: [[1, 2], [3]],
  map: { a: 1, 'b c': { d: 2 } },
};

const lost: string[] = [];
const setting: Setting = {
  variable: (root, steps) =>
    root === '$Input' || root === '$' ? { text: '$states.input', steps } : undefined,
  lost: (message) => void lost.push(message),
  changed: (message) => void lost.push(message),
};

function evaluate(text: string): Json {
  const scope = {
    data: null,
    states: { input },
    context: () => ({}),
    variable: () => undefined,
    chance,
    now: 0,
  };
  return compileExpression(`{% ${text} %}`).evaluate(scope, 'test');
}

const value = (text: string) => evaluate(toJsonata(parseFdlExpression(text), setting));
const truth = (text: string) => evaluate(toCondition(parseFdlExpression(text), setting));

describe('[F43] expressions mean the same in JSONata', () => {
  test.each<[string, Json]>([
    ['$Input.n', 3],
    ['$Input.list[1].x', 2],
    ['$Input["map"]["b c"].d', 2],
    ['$Input.nested[0][1]', 2],
    ['$Input.list[*].x', [1, 2]],
    ['$Input.single[*].x', [1]],
    ['$Input.missing[*].x', []],
    ['"it\'s"', "it's"],
    ['\'say "x"\'', 'say "x"'],
    ['`raw\\n`', 'raw\\n'],
    ['-2.5e1', -25],
    ['1 + 2 * 3', 7],
    ['[1, "a", $Input.n]', [1, 'a', 3]],
    ['{"a": 1, b: $Input.n}', { a: 1, b: 3 }],
    ['format("n={} t={}", $Input.n, $Input.text)', 'n=3 t=a-b-c'],
    ['format("{}{}", 1, 2)', '12'],
    ['format($Input.text, 1)', 'a-b-c'],
    ['length($Input.list)', 2],
    ['length($Input.single)', 1],
    ['length($Input.text)', 5],
    ['length($Input.map)', 2],
    ['split($Input.text, "-")', ['a', 'b', 'c']],
    ['split("x", "-")', ['x']],
    ['regexMatchString("^a.*c$", $Input.text)', true],
    ['regexMatchString("a/b", $Input.text)', false],
    ['get($Input.list, 1)', { x: 2 }],
    ['get($Input.map, "a")', 1],
    ['get($Input.nested, intAdd(0, 1))', [3]],
    ['intAdd($Input.n, 4)', 7],
    ['randomInt(10, 20)', 15],
    ['arrayContains(split($Input.text, "-"), "b")', true],
    ['mapKeys({})', []],
    ['mapValues({})', []],
    ['mapValues({a: [1]})', [[1]]],
    ['arrayContains($Input.list, {x: 2})', true],
    ['arrayContains($Input.list, {x: 9})', false],
    ['arrayContains($Input.missing, 1)', false],
    ['[$Input.nested[0], $Input.n, $Input.missing]', [[1, 2], 3, null]],
    ['toArray($Input.nested[0], $Input.missing)', [[1, 2], null]],
    ['[$Input.single]', [[{ x: 1 }]]],
    ['arrayUnique([1, 2, 1])', [1, 2]],
    ['toArray($Input.nested[0], 5)', [[1, 2], 5]],
    ['toArray(1)', [1]],
    ['mapKeys($Input.map)', ['a', 'b c']],
    ['mapValues(jsonMerge($Input.map, {"a": 2}))', [2, { d: 2 }]],
    ['fromBase64(toBase64("hällo"))', 'hällo'],
    ['hash("a", "MD5")', '0cc175b9c0f1b6a831c399e269772661'],
    ['uuid()', chance.uuid()],
    ['stringToJson("{\\"a\\": [1]}")', { a: [1] }],
    ['jsonToString($Input.single)', '[{"x":1}]'],
  ])('%s', (text, expected) => {
    expect(value(text)).toEqual(expected);
  });

  test.each<[string, boolean]>([
    ['$Input.n > 2', true],
    ['$Input.n == 3 && $Input.text != "x"', true],
    ['!($Input.n >= 3) || $.n <= 3', true],
    ['$.missing', false],
    ['!$.missing', true],
    ['$.missing > 1', false],
    ['$.missing != ""', true],
    ['$.missing == null', true],
    ['$.nothing == null', true],
    ['$.n == null', false],
    ['null != $.n', true],
    ['$.empty != ""', false],
    ['$.list', true],
    ['2 in [1, 2]', true],
    ['$.n > 1 && ($.n > 5 || $.text == "a-b-c")', true],
    ['$.n > 5 || $.missing == null && $.n > 5', false],
    ['true', true],
  ])('%s is %s', (text, expected) => {
    expect(truth(text)).toBe(expected);
  });
});

test('[F41] what JSONata has no counterpart for is told', () => {
  lost.length = 0;

  expect(value('$Secret.x')).toBe(null);
  expect(value('nosuch($Input.n)')).toBe(null);
  expect(value('regexMatchString($Input.text, $Input.text)')).toBe(null);
  expect(lost).toEqual([
    '"$Secret.x" has no counterpart here: it becomes null',
    'The function "nosuch" with these arguments has no counterpart: it becomes null',
    'The function "regexMatchString" with these arguments has no counterpart: it becomes null',
  ]);
});

test.each([['$Input.'], ['1 +'], ['"open'], ['f(1'], ['a'], ['1 2'], ['(1'], ['[1'], ['{a 1}']])(
  '[F41] %s has its column',
  (text) => {
    expect(() => parseFdlExpression(text)).toThrow(ExpressionSyntaxError);
  },
);

test('[F4] nesting is limited', () => {
  expect(() => parseFdlExpression('('.repeat(10_000))).toThrow(ExpressionSyntaxError);
  expect(() => parseFdlExpression('!'.repeat(10_000))).toThrow(ExpressionSyntaxError);
});
