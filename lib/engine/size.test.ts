import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Json } from '@/lib/expression/json';
import { sizeOf } from './size';

const bytes = (value: Json) => new TextEncoder().encode(JSON.stringify(value)).length;

it.each<Json>([
  null,
  true,
  -1.5e300,
  '',
  'plain',
  'é€😀',
  '"\\/',
  '\b\t\n\f\r',
  '\u0000\u001f\u007f',
  [],
  {},
  [[], {}, ''],
  { a: 1, 'b"': [null] },
])('[E24] a payload is measured in bytes of its JSON text: %j', (value) => {
  expect(sizeOf(value)).toBe(bytes(value));
});

it('[E24] … whatever it is', () => {
  fc.assert(
    fc.property(fc.jsonValue({ stringUnit: 'binary' }), (given) => {
      const value: Json = JSON.parse(JSON.stringify(given));
      expect(sizeOf(value)).toBe(bytes(value));
    }),
  );
});
