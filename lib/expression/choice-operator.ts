import type { Json } from './json';
import { type Instant, parseInstant } from './timestamp';

/** Whether a comparison holds between the variable's value and the operand. */
type Comparison = (value: Json, operand: Json) => boolean;

const orders = {
  Equals: (order: number) => order === 0,
  LessThan: (order: number) => order < 0,
  GreaterThan: (order: number) => order > 0,
  LessThanEquals: (order: number) => order <= 0,
  GreaterThanEquals: (order: number) => order >= 0,
};

/** Below, at or above zero as the value comes before, with or after the operand; undefined where a type is wrong. */
const types = {
  String: (value: Json, operand: Json) =>
    typeof value === 'string' && typeof operand === 'string' ? compareText(value, operand) : undefined,
  Numeric: (value: Json, operand: Json) =>
    typeof value === 'number' && typeof operand === 'number' ? value - operand : undefined,
  Timestamp: (value: Json, operand: Json) => {
    const left = instantOf(value);
    const right = instantOf(operand);
    if (left === undefined || right === undefined) return undefined;
    return left.seconds - right.seconds || left.nanoseconds - right.nanoseconds;
  },
};

const tests: { readonly [name: string]: (value: Json) => boolean } = {
  IsNull: (value) => value === null,
  IsNumeric: (value) => typeof value === 'number',
  IsString: (value) => typeof value === 'string',
  IsBoolean: (value) => typeof value === 'boolean',
  IsTimestamp: (value) => instantOf(value) !== undefined,
  IsPresent: () => true,
};

const comparisons = new Map<string, Comparison>([
  ...Object.entries(types).flatMap(([type, compare]) =>
    Object.entries(orders).map(([order, holds]): [string, Comparison] => [
      type + order,
      (value, operand) => {
        const found = compare(value, operand);
        return found !== undefined && holds(found);
      },
    ]),
  ),
  ['BooleanEquals', (value, operand) => typeof value === 'boolean' && value === operand],
]);

const operators = new Set([
  ...comparisons.keys(),
  ...[...comparisons.keys()].map((name) => `${name}Path`),
  ...Object.keys(tests),
  'StringMatches',
]);

/** The 39 comparison operators. */
export function isOperator(name: string): boolean {
  return operators.has(name);
}

/** `operand` is what stands in the rule; the closure is given it again, or what its path leads to. */
export function compileOperator(name: string, operand: Json): Comparison {
  const test = tests[name];
  if (test !== undefined) return (value, expected) => test(value) === expected;
  if (name === 'StringMatches') return compileMatches(String(operand));
  const comparison = comparisons.get(name.replace(/Path$/, ''));
  if (comparison === undefined) throw new Error(`there is no comparison operator ${name}`);
  return comparison;
}

/** Java compares strings by UTF-16 units, and so does JavaScript. */
function compareText(left: string, right: string): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}

function instantOf(value: Json): Instant | undefined {
  return typeof value === 'string' ? parseInstant(value) : undefined;
}

/**
 * `*` stands for any characters; a backslash makes a star or a backslash literal. The pieces between the stars are
 * looked for one after the other, so no pattern takes long.
 */
function compileMatches(pattern: string): Comparison {
  const pieces = piecesOf(pattern);
  const [first = ''] = pieces;
  const last = pieces.at(-1) ?? '';
  if (pieces.length === 1) return (value) => value === first;
  const inner = pieces.slice(1, -1);
  return (value) => {
    if (typeof value !== 'string' || value.length < first.length + last.length) return false;
    if (!value.startsWith(first) || !value.endsWith(last)) return false;
    let at = first.length;
    for (const piece of inner) {
      const found = value.indexOf(piece, at);
      if (found === -1) return false;
      at = found + piece.length;
    }
    return at <= value.length - last.length;
  };
}

/** The literal text before, between and after the stars. */
function piecesOf(pattern: string): string[] {
  const pieces = [''];
  for (const [part] of pattern.matchAll(/\\[*\\]|./gs)) {
    if (part === '*') pieces.push('');
    else pieces.push((pieces.pop() ?? '') + (part.length > 1 ? part.slice(1) : part));
  }
  return pieces;
}
