import { equals } from './equality';
import { isObject, type Json } from './json';
import type { Filter, Operand, Operator, PathSyntax, Segment } from './path-model';
import type { Scope } from './scope';

/** Whether an item passes `[?( … )]`. */
type Accepts = (item: Json, scope: Scope) => boolean;

/** Paths hold filters and filters hold paths: how paths are compiled comes in from outside. */
interface PathCompiler {
  readonly segments: (segments: readonly Segment[]) => (item: Json, scope: Scope) => Json | undefined;
  readonly path: (path: PathSyntax) => (scope: Scope) => Json | undefined;
}

export function compileFilter(filter: Filter, paths: PathCompiler): Accepts {
  switch (filter.kind) {
    case 'or': {
      const parts = filter.parts.map((part) => compileFilter(part, paths));
      return (item, scope) => parts.some((accepts) => accepts(item, scope));
    }
    case 'and': {
      const parts = filter.parts.map((part) => compileFilter(part, paths));
      return (item, scope) => parts.every((accepts) => accepts(item, scope));
    }
    case 'not': {
      const accepts = compileFilter(filter.part, paths);
      return (item, scope) => !accepts(item, scope);
    }
    case 'exists': {
      const read = compileOperand(filter.operand, paths);
      return (item, scope) => read(item, scope) !== undefined;
    }
    case 'compare': {
      if (filter.operator === '=~') return compileMatch(filter.left, filter.right, paths);
      const holds = comparisons[filter.operator];
      const left = compileOperand(filter.left, paths);
      const right = compileOperand(filter.right, paths);
      return (item, scope) => holds(left(item, scope), right(item, scope));
    }
  }
}

function compileOperand(
  operand: Operand,
  paths: PathCompiler,
): (item: Json, scope: Scope) => Json | undefined {
  switch (operand.kind) {
    case 'literal':
      return () => operand.value;
    case 'pattern':
      return () => operand.pattern.source;
    case 'item':
      return paths.segments(operand.segments);
    case 'path': {
      const find = paths.path(operand.path);
      return (_, scope) => find(scope);
    }
  }
}

/** `=~` takes its pattern on either side; numbers and booleans are matched as text. */
function compileMatch(left: Operand, right: Operand, paths: PathCompiler): Accepts {
  const [pattern, subject] = right.kind === 'pattern' ? [right, left] : [left, right];
  if (pattern.kind !== 'pattern') return () => false;
  const read = compileOperand(subject, paths);
  return (item, scope) => {
    const value = read(item, scope);
    if (value === undefined || value === null || typeof value === 'object') return false;
    return pattern.pattern.test(String(value));
  };
}

type Comparison = (left: Json | undefined, right: Json | undefined) => boolean;

const isIn: Comparison = (left, right) => Array.isArray(right) && right.some((item) => same(left, item));

const comparisons: { readonly [operator in Exclude<Operator, '=~'>]: Comparison } = {
  '==': same,
  '!=': (left, right) => !same(left, right),
  '===': (left, right) => typeof left === typeof right && same(left, right),
  '!==': (left, right) => typeof left !== typeof right || !same(left, right),
  '<': (left, right) => (order(left, right) ?? 0) < 0,
  '<=': (left, right) => (order(left, right) ?? 1) <= 0,
  '>': (left, right) => (order(left, right) ?? 0) > 0,
  '>=': (left, right) => (order(left, right) ?? -1) >= 0,
  in: isIn,
  nin: (left, right) => !isIn(left, right),
  subsetof: (left, right) => Array.isArray(left) && left.every((item) => isIn(item, right)),
  anyof: (left, right) => Array.isArray(left) && left.some((item) => isIn(item, right)),
  noneof: (left, right) => Array.isArray(left) && !left.some((item) => isIn(item, right)),
  all: (left, right) => Array.isArray(right) && right.every((item) => isIn(item, left)),
  contains: (left, right) =>
    typeof left === 'string' ? typeof right === 'string' && left.includes(right) : isIn(right, left),
  size: (left, right) => sizeOf(left) === right,
  empty: (left, right) => (sizeOf(left) === undefined ? false : (sizeOf(left) === 0) === right),
};

/** Jayway's `==`: a number equals the string that spells it. A missing value equals nothing. */
function same(left: Json | undefined, right: Json | undefined): boolean {
  if (left === undefined || right === undefined) return false;
  if (typeof left === 'number' && typeof right === 'string') return right !== '' && left === Number(right);
  if (typeof left === 'string' && typeof right === 'number') return left === String(right);
  return equals(left, right);
}

/** Below, at or above zero as `left` comes before, with or after `right`; undefined unless both are numbers or both strings. */
function order(left: Json | undefined, right: Json | undefined): number | undefined {
  if (typeof left === 'number' && typeof right === 'number') return left - right;
  if (typeof left !== 'string' || typeof right !== 'string') return undefined;
  return left < right ? -1 : Number(left > right);
}

function sizeOf(value: Json | undefined): number | undefined {
  if (typeof value === 'string' || Array.isArray(value)) return value.length;
  return isObject(value) ? Object.keys(value).length : undefined;
}
