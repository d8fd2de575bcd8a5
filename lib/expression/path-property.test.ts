import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LanguageFailure } from './failure';
import type { Json } from './json';
import { compilePath } from './path';
import { compileReferencePath } from './reference-path';
import { ExpressionSyntaxError } from './syntax';
import { scopeOf } from './testing-scope';

const names = ['a', 'b', 'c d', "it's", 'constructor', '__proto__', ''];

/** Random JSON whose keys are the names that random paths use. */
const { value: anyValue } = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'medium', withCrossShrink: true },
    fc.constantFrom<Json>(null, true, false, 0, 1, -1.5, '', 'a', '1'),
    fc.array(tie('value'), { maxLength: 4 }),
    fc
      .array(fc.tuple(fc.constantFrom(...names), tie('value')), { maxLength: 4 })
      .map((members) => Object.fromEntries(members)),
  ),
}));

type Step = string | number;
const anySteps = fc.array(fc.oneof(fc.constantFrom(...names), fc.integer({ min: -3, max: 4 })), {
  maxLength: 4,
});

function textOf(steps: readonly Step[]): string {
  const parts = steps.map((step) =>
    typeof step === 'number' ? `[${step}]` : `['${step.replaceAll("'", "\\'")}']`,
  );
  return `$${parts.join('')}`;
}

/** The plainest reading of a definite path. */
function walk(value: Json, steps: readonly Step[]): Json | undefined {
  let here: Json | undefined = value;
  for (const step of steps) {
    if (typeof step === 'number') here = Array.isArray(here) ? here.at(step) : undefined;
    else
      here =
        here !== null && typeof here === 'object' && !Array.isArray(here) && Object.hasOwn(here, step)
          ? Reflect.get(here, step)
          : undefined;
  }
  return here;
}

function find(path: string, data: Json): Json | undefined {
  return compilePath(path).find(scopeOf(data));
}

describe('paths', () => {
  it('[X2] a definite path is a walk along its steps', () => {
    fc.assert(
      fc.property(anyValue, anySteps, (data, steps) => {
        expect(find(textOf(steps), data)).toEqual(walk(data, steps));
      }),
    );
  });

  it('[X3] reading a definite path gives what finding it gives, or fails with States.Runtime', () => {
    fc.assert(
      fc.property(anyValue, anySteps, (data, steps) => {
        const path = compilePath(textOf(steps));
        const found = path.find(scopeOf(data));
        if (found !== undefined) expect(path.read(scopeOf(data))).toBe(found);
        else expect(() => path.read(scopeOf(data))).toThrow(LanguageFailure);
      }),
    );
  });

  it('[X6] a wildcard, a slice and a filter that always holds give what they stand for', () => {
    fc.assert(
      fc.property(anyValue, anySteps, (data, steps) => {
        const at = walk(data, steps);
        const text = textOf(steps);
        const elements = Array.isArray(at) ? at : [];
        const children = at !== null && typeof at === 'object' ? Object.values(at) : [];
        expect(find(`${text}[*]`, data)).toEqual(children);
        expect(find(`${text}[0:]`, data)).toEqual(elements);
        expect(find(`${text}[1:3]`, data)).toEqual(elements.slice(1, 3));
        expect(find(`${text}[-2:]`, data)).toEqual(elements.slice(-2));
        if (Array.isArray(at)) expect(find(`${text}[?(@)]`, data)).toEqual(elements);
      }),
    );
  });

  it('[X9] two dots find each member of that name at any depth', () => {
    const collect = (value: Json, name: string): Json[] => {
      if (value === null || typeof value !== 'object') return [];
      const own = !Array.isArray(value) && Object.hasOwn(value, name) ? [Reflect.get(value, name)] : [];
      return [...own, ...Object.values(value).flatMap((child) => collect(child, name))];
    };
    fc.assert(
      fc.property(anyValue, fc.constantFrom('a', 'b'), (data, name) => {
        expect(find(`$..${name}`, data)).toEqual(collect(data, name));
      }),
    );
  });

  it('[X17] any text either compiles or is refused with a column inside of it', () => {
    const pieces = fc.constantFrom(
      '$',
      '.',
      'a',
      '[',
      ']',
      '*',
      '?',
      '(',
      ')',
      '@',
      '==',
      "'",
      '"',
      '1',
      '-',
      ':',
      ',',
      '..',
      '&&',
      '=~',
      '/',
      '{',
      '}',
      ' ',
      'in',
      '\\',
      'length()',
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 12 }), (parts) => {
        const text = parts.join('');
        try {
          compilePath(text).find(scopeOf({ a: [1, { a: 2 }] }));
        } catch (error) {
          if (!(error instanceof ExpressionSyntaxError)) throw error;
          expect(error.column).toBeGreaterThanOrEqual(1);
          expect(error.column).toBeLessThanOrEqual(text.length + 1);
        }
      }),
      { numRuns: 2000 },
    );
  });
});

describe('reference paths', () => {
  it('[X20] what was inserted is found there, and all else is as it was', () => {
    fc.assert(
      fc.property(anyValue, anySteps, anyValue, (data, steps, value) => {
        const before = JSON.stringify(data);
        let output: Json;
        try {
          output = compileReferencePath(textOf(steps)).insert(data, value);
        } catch (error) {
          expect(error).toBeInstanceOf(LanguageFailure);
          return;
        }
        expect(find(textOf(steps), output)).toEqual(value);
        expect(JSON.stringify(data)).toBe(before);
        for (const name of names) {
          if (name !== steps[0] && steps.length > 0) expect(walk(output, [name])).toEqual(walk(data, [name]));
        }
      }),
    );
  });
});
