import { describe, expect, it } from 'vitest';
import type { Json } from './json';
import { compileDynamicField, compileJsonataTemplate, compilePayloadTemplate } from './template';
import { scopeOf } from './testing-scope';

describe('payload templates', () => {
  it('[X50] fields whose names end in .$ are replaced, at every depth', () => {
    const template = {
      'a.$': '$.x',
      plain: '$.x',
      deep: [{ 'b.$': 'States.MathAdd($.x, 1)' }, 'text', ['$.x', { 'c.$': '$$.State.Name' }]],
    };
    const scope = scopeOf({ x: 1 }, { context: { State: { Name: 'Pay' } } });
    expect(compilePayloadTemplate(template)(scope)).toEqual({
      a: 1,
      plain: '$.x',
      deep: [{ b: 2 }, 'text', ['$.x', { c: 'Pay' }]],
    });
  });

  it('[X51] what is constant is handed out as it is', () => {
    const constant = { deep: [1, { x: null }] };
    const template = { constant, 'a.$': '$' };
    expect(compilePayloadTemplate(constant)(scopeOf(1))).toBe(constant);
    expect(Object(compilePayloadTemplate(template)(scopeOf(1))).constant).toBe(constant);
  });

  it('[X52] a path that leads nowhere names the path, the field and the input', () => {
    expect(() => compilePayloadTemplate({ a: { 'value.$': '$.y' } })(scopeOf({ x: 1 }))).toThrow(
      `The JSONPath '$.y' specified for the field 'value.$' could not be found in the input '{"x":1}'`,
    );
    expect(() => compileDynamicField('$$.y', 'ErrorPath')(scopeOf({}, { context: { c: 1 } }))).toThrow(
      `The JSONPath '$$.y' specified for the field 'ErrorPath' could not be found in the input '{"c":1}'`,
    );
    expect(() => compileDynamicField('$.y', 'CausePath')(scopeOf({}))).toThrow(
      `The JSONPath '$.y' specified for the field 'CausePath' could not be found in the input '{}'`,
    );
  });

  it('[X50] ErrorPath and CausePath are a path or a call', () => {
    const scope = scopeOf({ e: 'E' });
    expect(compileDynamicField('$.e', 'ErrorPath')(scope)).toBe('E');
    expect(compileDynamicField("States.Format('<{}>', $.e)", 'CausePath')(scope)).toBe('<E>');
  });

  it('[X52] an indefinite path is never missing', () => {
    expect(compilePayloadTemplate({ 'all.$': '$.y[*]' })(scopeOf({}))).toEqual({ all: [] });
  });

  it('[X53] any JSON value is a template', () => {
    for (const value of [null, true, 1, 'x', [], {}] satisfies Json[]) {
      expect(compilePayloadTemplate(value)(scopeOf({}))).toEqual(value);
      expect(compileJsonataTemplate(value, 'Output')(scopeOf({}))).toEqual(value);
    }
  });
});

describe('JSONata templates', () => {
  it('[X54] strings {% … %} are expressions, at every depth; all others are text', () => {
    const template = {
      a: '{% $states.input.x + 1 %}',
      b: ['{% $states.input.x %}', '$x', ' {% 1 %}', '{% null %}', ['{% null %}']],
      'c.$': '$.x',
    };
    expect(compileJsonataTemplate(template, 'Output')(scopeOf({ x: 1 }))).toEqual({
      a: 2,
      b: [1, '$x', ' {% 1 %}', null, [null]],
      'c.$': '$.x',
    });
    expect(compileJsonataTemplate('{% $states.input %}', 'Output')(scopeOf({ x: 1 }))).toEqual({ x: 1 });
  });

  it('[X55] failures name the field, slash-separated', () => {
    const failing = (template: Json) => () => compileJsonataTemplate(template, 'Output')(scopeOf({}));
    expect(failing('{% $no %}')).toThrow("specified for the field 'Output' returned nothing (undefined).");
    expect(failing({ a: { b: '{% $no %}' } })).toThrow("specified for the field 'Output/a/b' returned");
    expect(failing({ a: [1, '{% $no %}'] })).toThrow("specified for the field 'Output/a[1]' returned");
  });

  it('[X4] __proto__ is a member like any other', () => {
    const template: Json = JSON.parse('{"__proto__":"{% 1 %}","__proto__.$":"$"}');
    const filled = compileJsonataTemplate(template, 'Output')(scopeOf({}));
    expect(Object.keys(Object(filled))).toEqual(['__proto__', '__proto__.$']);
    expect(Object.getPrototypeOf(filled)).toBe(Object.prototype);
  });
});
