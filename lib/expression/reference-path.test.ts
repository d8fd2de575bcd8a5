import { expect, it } from 'vitest';
import { LanguageFailure } from './failure';
import type { Json } from './json';
import { compileReferencePath } from './reference-path';
import { ExpressionSyntaxError } from './syntax';

function insert(path: string, input: Json, value: Json): Json {
  return compileReferencePath(path).insert(input, value);
}

it('[X20] the value takes its place, and missing objects are made', () => {
  expect(insert('$', { a: 1 }, 2)).toBe(2);
  expect(insert('$.b', { a: 1 }, 2)).toEqual({ a: 1, b: 2 });
  expect(insert('$.a', { a: 1 }, 2)).toEqual({ a: 2 });
  expect(insert("$.a['b c'].d", { a: { x: 1 } }, null)).toEqual({ a: { x: 1, 'b c': { d: null } } });
});

it('[X20] the input itself is left alone, and what lies off the path is shared', () => {
  const input = { a: { x: 1 }, b: { y: 2 } };
  const output = insert('$.a.x', input, 9);
  expect(input).toEqual({ a: { x: 1 }, b: { y: 2 } });
  expect(output).toEqual({ a: { x: 9 }, b: { y: 2 } });
  expect(Object(output).b).toBe(input.b);
});

it('[X21] an element of an array is overwritten, never appended', () => {
  expect(insert('$.a[1]', { a: [1, 2] }, 9)).toEqual({ a: [1, 9] });
  expect(insert('$.a[0].x', { a: [{}] }, 9)).toEqual({ a: [{ x: 9 }] });
  expect(() => insert('$.a[2]', { a: [1, 2] }, 9)).toThrow(
    'Unable to apply ReferencePath $.a[2] to input {"a":[1,2]}',
  );
  expect(() => insert('$.a[-1]', { a: [1, 2] }, 9)).toThrow(LanguageFailure);
});

it('[X22] a path through something that is no object fails', () => {
  for (const input of [{ a: 'text' }, { a: [1] }, 'text', [1]]) {
    expect(() => insert('$.a.b', input, 1)).toThrow(LanguageFailure);
  }
  expect(() => insert('$.a', 'text', 1)).toThrow('Unable to apply ReferencePath $.a to input "text"');
});

it('[X23] only paths that name one place in the data compile', () => {
  for (const path of [
    '$.a[*]',
    '$..a',
    '$.a[1:2]',
    '$.a[0,1]',
    "$['a','b']",
    '$.a[?(@.b)]',
    '$.a.length()',
    '$$.a',
    '$x',
  ]) {
    expect(() => compileReferencePath(path)).toThrow(ExpressionSyntaxError);
  }
});

it('[X4] __proto__ is a member like any other', () => {
  const output = insert('$.__proto__', {}, { polluted: true });
  expect(Object.keys(Object(output))).toEqual(['__proto__']);
  expect(Object.getPrototypeOf(output)).toBe(Object.prototype);
});
