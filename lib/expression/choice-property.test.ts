import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileChoiceRule } from './choice';
import type { Json, JsonObject } from './json';
import { scopeOf } from './testing-scope';
import { formatTimestamp } from './timestamp';

const anyText = fc.oneof(
  fc.string({ unit: fc.constantFrom('a', 'b', '*', '\\', '.', '\n') }),
  fc.integer({ min: 0, max: 4_000_000_000_000 }).map(formatTimestamp),
);
const anyScalar = fc.oneof(
  fc.constantFrom<Json>(null, true, false, [], {}),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  anyText,
);

function holds(rule: JsonObject, value: Json, other: Json = null): boolean {
  return compileChoiceRule(rule)(scopeOf({ v: value, w: other }));
}

function compare(operator: string, value: Json, operand: Json): boolean {
  return holds({ Variable: '$.v', [operator]: operand }, value);
}

describe('choice operators', () => {
  it('[X61] of less, equal and greater exactly one holds where the types are right, and none where they are not', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('String', 'Numeric', 'Timestamp'),
        anyScalar,
        anyScalar,
        (type, value, operand) => {
          const [less, equal, greater] = ['LessThan', 'Equals', 'GreaterThan'].map((order) =>
            compare(type + order, value, operand),
          );
          const right =
            type === 'Timestamp'
              ? isTimestamp(value) && isTimestamp(operand)
              : isOf(type, value) && isOf(type, operand);
          expect([less, equal, greater].filter(Boolean)).toHaveLength(right ? 1 : 0);
          expect(compare(`${type}LessThanEquals`, value, operand)).toBe(less || equal);
          expect(compare(`${type}GreaterThanEquals`, value, operand)).toBe(greater || equal);
        },
      ),
    );
  });

  it('[X61] turning both sides round turns the order round', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('String', 'Numeric', 'Timestamp'),
        anyScalar,
        anyScalar,
        (type, value, operand) => {
          expect(compare(`${type}LessThan`, value, operand)).toBe(
            compare(`${type}GreaterThan`, operand, value),
          );
          expect(compare(`${type}Equals`, value, operand)).toBe(compare(`${type}Equals`, operand, value));
        },
      ),
    );
  });

  it('[X61] the Path form gives what the plain form gives', () => {
    const operators = [
      'StringEquals',
      'StringLessThan',
      'NumericEquals',
      'NumericGreaterThanEquals',
      'TimestampLessThanEquals',
      'BooleanEquals',
    ];
    fc.assert(
      fc.property(fc.constantFrom(...operators), anyScalar, anyScalar, (operator, value, operand) => {
        const byPath = holds({ Variable: '$.v', [`${operator}Path`]: '$.w' }, value, operand);
        expect(byPath).toBe(compare(operator, value, operand));
      }),
    );
  });

  it('[X63] StringMatches is what the same pattern is as a regular expression', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('a', 'b', '*') }),
        fc.string({ unit: fc.constantFrom('a', 'b') }),
        (pattern, value) => {
          expect(compare('StringMatches', value, pattern)).toBe(
            new RegExp(`^${pattern.replaceAll('*', '.*')}$`).test(value),
          );
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('[X64] IsX: true and IsX: false are opposites', () => {
    const tests = ['IsNull', 'IsPresent', 'IsNumeric', 'IsString', 'IsBoolean', 'IsTimestamp'];
    fc.assert(
      fc.property(fc.constantFrom(...tests), anyScalar, (test, value) => {
        expect(compare(test, value, true)).toBe(!compare(test, value, false));
      }),
    );
  });

  it('[X66] And, Or and Not obey De Morgan', () => {
    const rule = fc.constantFrom<JsonObject>(
      { Variable: '$.v', IsNull: true },
      { Variable: '$.v', IsString: true },
      { Variable: '$.v', NumericLessThan: 0 },
    );
    fc.assert(
      fc.property(fc.array(rule, { minLength: 1, maxLength: 4 }), anyScalar, (rules, value) => {
        const none = { And: rules.map((part) => ({ Not: part })) };
        expect(holds({ Not: { Or: rules } }, value)).toBe(holds(none, value));
      }),
    );
  });
});

function isOf(type: string, value: Json): boolean {
  return typeof value === (type === 'String' ? 'string' : 'number');
}

function isTimestamp(value: Json): boolean {
  return typeof value === 'string' && /^\d{4,}-/.test(value);
}
