import { isObject, type Json } from './json';
import type { FunctionName } from './path-model';

/** Jayway's functions at the end of a path: `$.items.length()`. Undefined where the value is none they take. */
export function applyFunction(
  name: FunctionName,
  value: Json,
  parameters: readonly Json[],
): Json | undefined {
  return functions[name](value, parameters);
}

type PathFunction = (value: Json, parameters: readonly Json[]) => Json | undefined;

const functions: { readonly [name in FunctionName]: PathFunction } = {
  length: lengthOf,
  size: lengthOf,
  keys: (value) => (isObject(value) ? Object.keys(value) : undefined),
  first: ofArray((items) => items[0]),
  last: ofArray((items) => items.at(-1)),
  index: ofArray((items, [index]) => items.at(Number(index))),
  append: ofArray((items, parameters) => [...items, ...parameters]),
  concat: (value, parameters) => gathered(value, parameters).map(text).join(''),
  min: ofNumbers((numbers) => numbers.reduce((least, number) => Math.min(least, number))),
  max: ofNumbers((numbers) => numbers.reduce((most, number) => Math.max(most, number))),
  sum: ofNumbers(sum),
  avg: ofNumbers(mean),
  stddev: ofNumbers((numbers) => {
    const middle = mean(numbers);
    return Math.sqrt(mean(numbers.map((number) => (number - middle) ** 2)));
  }),
};

function ofArray(
  apply: (items: readonly Json[], parameters: readonly Json[]) => Json | undefined,
): PathFunction {
  return (value, parameters) => (Array.isArray(value) ? apply(value, parameters) : undefined);
}

/** The numbers among the elements and the parameters; without any there is no answer. */
function ofNumbers(apply: (numbers: readonly number[]) => number): PathFunction {
  return (value, parameters) => {
    const numbers = gathered(value, parameters).filter((item) => typeof item === 'number');
    return numbers.length === 0 ? undefined : apply(numbers);
  };
}

function gathered(value: Json, parameters: readonly Json[]): readonly Json[] {
  return [...(Array.isArray(value) ? value : []), ...parameters.flat()];
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

function mean(numbers: readonly number[]): number {
  return sum(numbers) / numbers.length;
}

function lengthOf(value: Json): number | undefined {
  if (Array.isArray(value)) return value.length;
  return isObject(value) ? Object.keys(value).length : undefined;
}

function text(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
