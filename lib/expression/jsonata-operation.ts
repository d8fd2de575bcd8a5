import { nativeFunction } from './jsonata-function';

/**
 * Thrown where a shortcut meets what it does not know for certain (a wrong type, a function). The interpreter then
 * evaluates the node, so that what comes out, and every error, is its own.
 */
export class Detour extends Error {
  override readonly name = 'Detour';
}

const theDetour = new Detour('the interpreter has to evaluate this');

export function detour(): never {
  throw theDetour;
}

const longestArray = 1_000_000;
const booleanOf = nativeFunction('boolean').implementation;
const textOf = nativeFunction('string').implementation;

export function isFunction(value: unknown): boolean {
  if (typeof value === 'function') return true;
  return (
    typeof value === 'object' &&
    value !== null &&
    ('_jsonata_function' in value || '_jsonata_lambda' in value)
  );
}

/** JSONata's effective boolean value, false where there is none. */
export function truth(value: unknown): boolean {
  return typeof value === 'boolean' ? value : booleanOf(value) === true;
}

export function concatenated(into: unknown[], items: readonly unknown[]): void {
  if (into.length + items.length > longestArray) detour();
  for (const item of items) into.push(item);
}

type Operation = (left: unknown, right: unknown) => unknown;

/** Undefined for operators that are left to the interpreter. */
export function operationOf(operator: string): Operation | undefined {
  return operations.get(operator);
}

const operations = new Map<string, Operation>([
  ['+', ofNumbers((left, right) => left + right)],
  ['-', ofNumbers((left, right) => left - right)],
  ['*', ofNumbers((left, right) => left * right)],
  ['/', ofNumbers((left, right) => left / right)],
  ['%', ofNumbers((left, right) => left % right)],
  ['<', ofComparable((left, right) => left < right)],
  ['<=', ofComparable((left, right) => left <= right)],
  ['>', ofComparable((left, right) => left > right)],
  ['>=', ofComparable((left, right) => left >= right)],
  ['=', same],
  ['!=', (left, right) => left !== undefined && right !== undefined && !same(left, right)],
  ['&', (left, right) => `${asText(left)}${asText(right)}`],
]);

function ofNumbers(operate: (left: number, right: number) => number): Operation {
  return (left, right) =>
    Number.isFinite(left) && Number.isFinite(right) ? operate(Number(left), Number(right)) : detour();
}

function ofComparable(compare: (left: number | string, right: number | string) => boolean): Operation {
  return (left, right) => {
    if (typeof left === 'number' && typeof right === 'number') return compare(left, right);
    return typeof left === 'string' && typeof right === 'string' ? compare(left, right) : detour();
  };
}

/** Nothing equals a missing value. Two objects are compared by the interpreter. */
function same(left: unknown, right: unknown): boolean {
  if (left === undefined || right === undefined) return false;
  if (isComposite(left) && isComposite(right)) return detour();
  return left === right;
}

function isComposite(value: unknown): boolean {
  return typeof value === 'object' && value !== null;
}

function asText(value: unknown): string {
  if (typeof value === 'string') return value;
  if (value === undefined) return '';
  const text = textOf(value);
  return typeof text === 'string' ? text : detour();
}
