import { isObject, type Json } from '@/lib/expression/json';
import { answers, type Shape } from './answer-shapes';

/**
 * What is wrong with a mocked result for what the resource's service answers; PRESENT lets required fields be absent. What
 * comes with a task token can be anything.
 */
export function misfit(resource: string, result: Json, mode: 'STRICT' | 'PRESENT'): string | undefined {
  if (resource.endsWith('.waitForTaskToken')) return undefined;
  const parts = resource.replace(/\.sync(:2)?$/, '').split(':');
  const action = parts.at(-1) ?? '';
  const shape = answers[`${parts.at(-2) ?? ''}:${action}`];
  return shape === undefined ? undefined : misfitIn('', result, shape, mode);
}

function misfitIn(name: string, value: Json, shape: Shape, mode: 'STRICT' | 'PRESENT'): string | undefined {
  switch (shape.is) {
    case 'string':
      return misfitText(name, value, shape.among);
    case 'number':
      return misfitNumber(name, value, shape);
    case 'boolean':
      return typeof value === 'boolean' ? undefined : `Field '${name}' must be a boolean`;
    case 'list':
      if (!Array.isArray(value)) return `Field '${name}' must be an array`;
      return firstOf(value, (item) => misfitIn(name, item, shape.of, mode));
    case 'map':
      if (!isObject(value)) return `Field '${name}' must be an object`;
      return firstOf(Object.entries(value), ([key, inner]) => misfitIn(key, inner, shape.of, mode));
    case 'object':
      return misfitFields(name, value, shape, mode);
  }
}

function misfitText(name: string, value: Json, among: readonly string[] | undefined): string | undefined {
  if (typeof value !== 'string') return `Field '${name}' must be a string`;
  return among?.includes(value) === false ? `Field '${name}' is not an expected value` : undefined;
}

function misfitNumber(
  name: string,
  value: Json,
  { from = Number.NEGATIVE_INFINITY, to = Number.POSITIVE_INFINITY }: Extract<Shape, { is: 'number' }>,
): string | undefined {
  if (typeof value !== 'number') return `Field '${name}' must be a number`;
  if (value > to) return `Field '${name}' exceeds the maximum value`;
  return value < from ? `Field '${name}' is below the minimum value` : undefined;
}

function misfitFields(
  name: string,
  value: Json,
  { fields, required = [] }: Extract<Shape, { is: 'object' }>,
  mode: 'STRICT' | 'PRESENT',
): string | undefined {
  if (!isObject(value)) return `Field '${name}' must be an object`;
  const missing = mode === 'STRICT' ? required.find((field) => !(field in value)) : undefined;
  if (missing !== undefined) return `Required field '${missing}' is missing`;
  return firstOf(Object.entries(value), ([field, inner]) => {
    const shape = fields[field];
    return shape === undefined ? undefined : misfitIn(field, inner, shape, mode);
  });
}

function firstOf<Value>(
  values: readonly Value[],
  judge: (value: Value) => string | undefined,
): string | undefined {
  for (const value of values) {
    const problem = judge(value);
    if (problem !== undefined) return problem;
  }
  return undefined;
}
