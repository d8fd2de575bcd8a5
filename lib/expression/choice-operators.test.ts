import { describe, expect, it } from 'vitest';
import { compileChoiceRule } from './choice';
import { isOperator } from './choice-operator';
import type { Json } from './json';
import { scopeOf } from './testing-scope';

/** Each of the 39 operators by itself: what it is compared with, which values match, and which do not. */

const noon = '2024-05-01T12:00:00Z';
const noonInRome = '2024-05-01T14:00:00+02:00';
const before = '2024-05-01T13:59:59+02:00';
const after = '2024-05-01T12:00:00.001Z';
const noText: readonly Json[] = [null, 1, true, [], ['b'], {}];
const noNumber: readonly Json[] = [null, '2', true, [], [2], {}];
const noMoment: readonly Json[] = [null, 1, true, '2024-05-01', 'noon', [noon], {}];
const noFlag: readonly Json[] = [null, 0, 1, 'true', '', [], {}];

/** Operator and operand, and what of the values matches and what does not. */
type Row = readonly [operator: string, operand: Json, matching: readonly Json[], others: readonly Json[]];

/** Those that have a form `…Path`, which takes its operand from a path. */
const comparisons: readonly Row[] = [
  ['StringEquals', 'b', ['b'], ['a', 'c', 'B', 'b ', ...noText]],
  ['StringLessThan', 'b', ['a', 'B', ''], ['b', 'c', 'ba', ...noText]],
  ['StringGreaterThan', 'b', ['c', 'ba', 'é'], ['b', 'a', 'B', ...noText]],
  ['StringLessThanEquals', 'b', ['a', 'b'], ['c', 'ba', ...noText]],
  ['StringGreaterThanEquals', 'b', ['c', 'b'], ['a', 'B', ...noText]],
  ['NumericEquals', 2, [2, 2.0], [1, 3, 2.5, ...noNumber]],
  ['NumericLessThan', 2, [1, -3, 1.9], [2, 3, ...noNumber]],
  ['NumericGreaterThan', 2, [3, 2.1], [2, 1, ...noNumber]],
  ['NumericLessThanEquals', 2, [1, 2], [3, 2.1, ...noNumber]],
  ['NumericGreaterThanEquals', 2, [3, 2], [1, 1.9, ...noNumber]],
  ['BooleanEquals', true, [true], [false, ...noFlag]],
  ['TimestampEquals', noon, [noon, noonInRome], [before, after, ...noMoment]],
  ['TimestampLessThan', noon, [before], [noon, noonInRome, after, ...noMoment]],
  ['TimestampGreaterThan', noon, [after], [noon, noonInRome, before, ...noMoment]],
  ['TimestampLessThanEquals', noon, [before, noon, noonInRome], [after, ...noMoment]],
  ['TimestampGreaterThanEquals', noon, [after, noon, noonInRome], [before, ...noMoment]],
];

const samples: readonly Json[] = [null, 0, 1.5, '', 'a', noon, true, false, [], [1], {}, { a: null }];
const except = (...some: readonly Json[]) => samples.filter((value) => !some.includes(value));
const texts: readonly Json[] = ['', 'a', noon];

const tests: readonly Row[] = [
  ['StringMatches', 'a*c', ['ac', 'abc', 'abcc'], ['ab', 'xabc', 'abcx', ...noText]],
  ['IsNull', true, [null], except(null)],
  ['IsPresent', true, samples, []],
  ['IsNumeric', true, [0, 1.5], except(0, 1.5)],
  ['IsString', true, texts, except(...texts)],
  ['IsBoolean', true, [true, false], except(true, false)],
  ['IsTimestamp', true, [noon], except(noon)],
];

const matches = (rule: { readonly [field: string]: Json }, data: Json) =>
  compileChoiceRule({ Variable: '$.v', ...rule })(scopeOf(data));

describe('[X60] each comparison operator', () => {
  it('is in these tables', () => {
    const names = [...comparisons.flatMap(([name]) => [name, `${name}Path`]), ...tests.map(([name]) => name)];
    expect(new Set(names.filter(isOperator)).size).toBe(39);
  });

  it.each([...comparisons, ...tests])('%s %j', (operator, operand, matching, others) => {
    const values = [...matching, ...others];
    expect(values.filter((v) => matches({ [operator]: operand }, { v }))).toEqual(matching);
  });

  it.each(comparisons)('%sPath to %j', (operator, operand, matching, others) => {
    const values = [...matching, ...others];
    const rule = { [`${operator}Path`]: '$.w' };
    expect(values.filter((v) => matches(rule, { v, w: operand }))).toEqual(matching);
  });

  it.each(comparisons)('%sPath between values of another type matches nothing', (operator, operand) => {
    const odd = [null, 1, 'x', true, [], {}].filter((value) => typeof value !== typeof operand);
    const rule = { [`${operator}Path`]: '$.w' };
    expect(odd.filter((v) => matches(rule, { v, w: v }))).toEqual([]);
    expect(odd.filter((w) => matches(rule, { v: operand, w }))).toEqual([]);
  });

  it.each(tests.filter(([name]) => name.startsWith('Is')))('%s: false', (operator, _, matching, others) => {
    const values = [...matching, ...others];
    expect(values.filter((v) => matches({ [operator]: false }, { v }))).toEqual(others);
  });

  it('IsPresent: false, where there is nothing', () => {
    expect(matches({ IsPresent: false }, {})).toBe(true);
    expect(matches({ IsPresent: true }, {})).toBe(false);
  });
});
