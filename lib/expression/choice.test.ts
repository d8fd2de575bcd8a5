import { describe, expect, it } from 'vitest';
import { compileChoiceRule, compileCondition } from './choice';
import { isOperator } from './choice-operator';
import type { Json, JsonObject } from './json';
import { scopeOf } from './testing-scope';

function holds(rule: JsonObject, data: Json): boolean {
  return compileChoiceRule(rule)(scopeOf(data));
}

/** Whether `value OPERATOR operand` holds; the same must come out of the operator's Path form. */
function compare(operator: string, value: Json, operand: Json): boolean {
  const direct = holds({ Variable: '$.v', [operator]: operand }, { v: value });
  if (isOperator(`${operator}Path`)) {
    const byPath = holds({ Variable: '$.v', [`${operator}Path`]: '$.w' }, { v: value, w: operand });
    expect(byPath).toBe(direct);
  }
  return direct;
}

const orders = ['LessThan', 'LessThanEquals', 'Equals', 'GreaterThanEquals', 'GreaterThan'];

function table(type: string, value: Json, operand: Json): string {
  return orders.filter((order) => compare(`${type}${order}`, value, operand)).join(' ');
}

describe('comparisons', () => {
  it('[X60] there are 39 operators', () => {
    const ordered = ['String', 'Numeric', 'Timestamp'].flatMap((type) => orders.map((order) => type + order));
    const both = [...ordered, 'BooleanEquals'].flatMap((name) => [name, `${name}Path`]);
    const single = [
      'StringMatches',
      'IsNull',
      'IsPresent',
      'IsNumeric',
      'IsString',
      'IsBoolean',
      'IsTimestamp',
    ];
    const all = [...both, ...single];
    expect(all.filter(isOperator)).toHaveLength(39);
    expect(['StringMatchesPath', 'IsNullPath', 'Next', 'toString'].some(isOperator)).toBe(false);
  });

  it('[X61] numbers, strings and instants are ordered', () => {
    expect(table('Numeric', 1, 2)).toBe('LessThan LessThanEquals');
    expect(table('Numeric', 2, 2.0)).toBe('LessThanEquals Equals GreaterThanEquals');
    expect(table('Numeric', 2.5, 2)).toBe('GreaterThanEquals GreaterThan');
    expect(table('String', 'A', 'AB')).toBe('LessThan LessThanEquals');
    expect(table('String', 'b', 'B')).toBe('GreaterThanEquals GreaterThan');
    expect(table('Timestamp', '2016-03-14T01:59:00Z', '2016-03-14T03:59:00+02:00')).toBe(
      'LessThanEquals Equals GreaterThanEquals',
    );
    expect(table('Timestamp', '2016-03-14T01:59:00.0000001Z', '2016-03-14T01:59:00Z')).toBe(
      'GreaterThanEquals GreaterThan',
    );
    expect(compare('BooleanEquals', false, false)).toBe(true);
    expect(compare('BooleanEquals', false, true)).toBe(false);
  });

  it('[X62] a value of the wrong type matches nothing and is no error', () => {
    for (const value of [null, '1', true, [], [1], {}] satisfies Json[])
      expect(table('Numeric', value, 1)).toBe('');
    for (const value of [null, 1, true, ['a'], {}] satisfies Json[])
      expect(table('String', value, 'a')).toBe('');
    for (const value of [null, 1, '2016-03-14', 'x'] satisfies Json[]) {
      expect(table('Timestamp', value, '2016-03-14T01:59:00Z')).toBe('');
    }
    for (const value of [null, 0, 'false', []] satisfies Json[])
      expect(compare('BooleanEquals', value, false)).toBe(false);
    expect(holds({ Variable: '$.v', NumericEqualsPath: '$.w' }, { v: 1, w: '1' })).toBe(false);
  });

  it('[X63] StringMatches knows * and its escape', () => {
    const matches = (pattern: string, value: Json) => compare('StringMatches', value, pattern);
    expect(matches('log-*.txt', 'log-2024.txt')).toBe(true);
    expect(matches('log-*.txt', 'log-.txt')).toBe(true);
    expect(matches('log-*.txt', 'xlog-1.txt')).toBe(false);
    expect(matches('*a*b*', 'xxaxxbxx')).toBe(true);
    expect(matches('*a*b*', 'xxbxxaxx')).toBe(false);
    expect(matches('ab*ba', 'aba')).toBe(false);
    expect(matches('a*b*b', 'ab')).toBe(false);
    expect(matches('a*b*b', 'abb')).toBe(true);
    expect(matches('*', '')).toBe(true);
    expect(matches('a', 'a')).toBe(true);
    expect(matches('a.c', 'abc')).toBe(false);
    expect(matches('a\\*', 'a*')).toBe(true);
    expect(matches('a\\*', 'ab')).toBe(false);
    expect(matches('a\\\\*', 'a\\b')).toBe(true);
    expect(matches('*', 1)).toBe(false);
    expect(matches('a\nb*', 'a\nb\nc')).toBe(true);
  });

  it('[X64] IsX: false matches everything that is not X', () => {
    const samples: Json[] = [null, 1, 'a', true, '2016-03-14T01:59:00Z', [], {}];
    const matching = (operator: string, expected: boolean) =>
      samples.filter((value) => compare(operator, value, expected));
    expect(matching('IsNull', true)).toEqual([null]);
    expect(matching('IsNumeric', true)).toEqual([1]);
    expect(matching('IsString', true)).toEqual(['a', '2016-03-14T01:59:00Z']);
    expect(matching('IsBoolean', true)).toEqual([true]);
    expect(matching('IsTimestamp', true)).toEqual(['2016-03-14T01:59:00Z']);
    expect(matching('IsPresent', true)).toEqual(samples);
    expect(matching('IsNumeric', false)).toEqual(samples.filter((value) => value !== 1));
  });
});

describe('rules', () => {
  it('[X65] only IsPresent may ask for what is not there', () => {
    expect(holds({ Variable: '$.x', IsPresent: true }, {})).toBe(false);
    expect(holds({ Variable: '$.x.y', IsPresent: false }, {})).toBe(true);
    expect(holds({ Variable: '$.x', IsPresent: true }, { x: null })).toBe(true);
    const words = "Invalid path '$.x': The choice state's condition path references an invalid value.";
    expect(() => holds({ Variable: '$.x', IsNull: true }, {})).toThrow(words);
    expect(() => holds({ Variable: '$.a', StringEqualsPath: '$.x' }, { a: 'b' })).toThrow(words);
  });

  it('[X66] And and Or stop where the answer is known; Not turns it round', () => {
    const missing = { Variable: '$.x', IsNull: true };
    const present = { Variable: '$.x', IsPresent: true };
    expect(holds({ And: [present, missing] }, {})).toBe(false);
    expect(holds({ Or: [{ Not: present }, missing] }, {})).toBe(true);
    expect(
      holds(
        { And: [present, { Or: [missing, { Variable: '$.x', NumericGreaterThan: 1 }] }], Next: 'A' },
        { x: 2 },
      ),
    ).toBe(true);
  });

  it('[X67] Next, Assign and Comment are passed over', () => {
    const rule = { Comment: 'why', Assign: { a: 1 }, Next: 'B', Variable: '$.a', NumericEquals: 1 };
    expect(holds(rule, { a: 1 })).toBe(true);
  });

  it('[X68] a Condition is a boolean or an expression that gives one', () => {
    const at = (condition: Json) => compileCondition(condition, 'Choices[0]/Condition')(scopeOf({ a: 1 }));
    expect(at(true)).toBe(true);
    expect(at('{% $states.input.a = 1 %}')).toBe(true);
    expect(() => at('{% $states.input.a %}')).toThrow(
      "The JSONata expression '$states.input.a' specified for the field 'Choices[0]/Condition' returned an unexpected result type. Expected 'boolean', but was 'number' for value: 1",
    );
  });
});
