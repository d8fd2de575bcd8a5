import { fc, test as property } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import type { Json } from './json';
import { compileJsonataTemplate, compilePayloadTemplate } from './template';
import { scopeOf } from './testing-scope';

/** A template, and what it gives: whatever is computed in it, at any depth, has its value in its place. */
interface Pair {
  readonly template: Json;
  readonly value: Json;
}

const anyValue = fc
  .jsonValue({ maxDepth: 2, noUnicodeString: true })
  .map((value) => JSON.parse(JSON.stringify(value)) as Json);
const constant = fc
  .oneof(fc.constantFrom<Json>(null, false, 0, '', '$.x', '{%', 'States.UUID()', [], {}), fc.integer())
  .map((value): Pair => ({ template: value, value }));
const name = fc.constantFrom('a', 'b', 'c d', '__proto__', 'constructor', '0');

/** Lists and objects of pairs; `member` says under which name and how a member is written. */
function templates(leaf: fc.Arbitrary<Pair>, member: (name: string, pair: Pair) => readonly [string, Json]) {
  return fc.letrec<{ any: Pair }>((tie) => ({
    any: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      leaf,
      fc.array(tie('any'), { maxLength: 4 }).map((pairs): Pair => {
        return { template: pairs.map(({ template }) => template), value: pairs.map(({ value }) => value) };
      }),
      fc.uniqueArray(fc.tuple(name, tie('any')), { selector: ([key]) => key, maxLength: 4 }).map(
        (entries): Pair => ({
          template: objectOf(entries.map(([key, pair]) => member(key, pair))),
          value: objectOf(entries.map(([key, { value }]) => [key, value])),
        }),
      ),
    ),
  })).any;
}

/** With `__proto__` as a name like any other. */
function objectOf(entries: readonly (readonly [string, Json])[]): Json {
  return JSON.parse(
    `{${entries.map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`).join()}}`,
  );
}

const expression = anyValue.map((value): Pair => {
  return { template: `{% $parse(${JSON.stringify(JSON.stringify({ value }))}).value %}`, value };
});
const jsonata = templates(fc.oneof(constant, expression), (key, { template }) => [key, template]);

describe('[X54] a JSONata template', () => {
  property.prop([jsonata])(
    'gives every expression its value, null and empty ones too',
    ({ template, value }) => {
      const filled = compileJsonataTemplate(template, 'Output')(scopeOf(null));
      expect(JSON.stringify(filled)).toBe(JSON.stringify(value));
    },
  );
});

const path = anyValue.map((value): Pair => ({ template: { path: JSON.stringify(value) }, value }));
const isPath = (template: Json): template is { readonly path: string } =>
  typeof template === 'object' && template !== null && 'path' in template;
const jsonpath = templates(constant, (key, { template }) => [key, template]);

describe('[X50] a payload template', () => {
  property.prop([
    templates(fc.oneof(constant, path), (key, { template }) =>
      isPath(template) ? [`${key}.$`, `States.StringToJson($.texts[${key.length}])`] : [key, template],
    ),
  ])('computes under names that end in .$ only', ({ template }) => {
    const texts = Array.from({ length: 20 }, (_, at) => JSON.stringify({ at }));
    const filled = compilePayloadTemplate(template)(scopeOf({ texts }));
    const expected = JSON.parse(JSON.stringify(template), (_, inner: Json) => computed(inner)) as Json;
    expect(JSON.stringify(filled)).toBe(JSON.stringify(expected));
  });

  property.prop([jsonpath])('without such names is the value itself', ({ template, value }) => {
    expect(compilePayloadTemplate(template)(scopeOf({}))).toBe(template);
    expect(template).toEqual(value);
  });
});

function computed(inner: Json): Json {
  if (typeof inner !== 'object' || inner === null || Array.isArray(inner)) return inner;
  const members = Object.entries(inner).map(([key, value]): [string, Json] =>
    key.endsWith('.$') ? [key.slice(0, -2), { at: key.length - 2 }] : [key, value as Json],
  );
  return objectOf(members);
}
