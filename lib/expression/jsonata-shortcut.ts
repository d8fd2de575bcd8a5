import { jsonata } from './generated/jsonata';
import type { EvaluationFrame } from './jsonata-frame';
import { isNode, type Node } from './jsonata-node';
import { concatenated, detour, isFunction, operationOf, truth } from './jsonata-operation';

const { core } = jsonata;

/** Gives the value of a node at the top of an expression, as the interpreter would. */
type Shortcut = (frame: EvaluationFrame) => unknown;

/** Functions that draw from chance: evaluating twice would draw twice. */
const drawing = ['random', 'uuid', 'shuffle'];

/**
 * Closures for the plain parts of an expression: variables, paths of names, literals, operators, conditions, object
 * constructors and calls of built-in functions, as far as they stand outside of blocks, functions and path steps. Other
 * parts are left to the interpreter. Undefined where nothing would be gained.
 */
export function compileShortcut(syntax: unknown, variables: ReadonlySet<string>): Shortcut | undefined {
  if (drawing.some((name) => variables.has(name))) return undefined;
  return isNode(syntax) ? compileKnown(syntax) : undefined;
}

function compile(node: unknown): Shortcut {
  return (
    (isNode(node) ? compileKnown(node) : undefined) ?? ((frame) => core.evaluate(node, undefined, frame))
  );
}

/** Fields that a node of each type may have; one more (a predicate, a grouping, a mark) and it is not plain. */
const plainFields: { readonly [type: string]: readonly string[] } = {
  string: ['value'],
  number: ['value'],
  value: ['value'],
  variable: ['value'],
  name: ['value'],
  path: ['steps'],
  binary: ['value', 'lhs', 'rhs'],
  condition: ['condition', 'then', 'else'],
  unary: ['value', 'lhs', 'expressions'],
  function: ['value', 'arguments', 'procedure'],
};

function isPlain(node: Node): boolean {
  const fields = plainFields[String(node.type)];
  if (fields === undefined) return false;
  return Object.entries(node).every(
    ([key, value]) => value === undefined || key === 'type' || key === 'position' || fields.includes(key),
  );
}

function compileKnown(node: Node): Shortcut | undefined {
  if (!isPlain(node)) return undefined;
  switch (node.type) {
    case 'string':
    case 'number':
    case 'value':
      return () => node.value;
    case 'variable': {
      const name = String(node.value);
      return name === '' || name === '$' ? undefined : (frame) => frame.lookup(name);
    }
    case 'path':
      return compilePath(node);
    case 'binary':
      return compileBinary(node);
    case 'condition':
      return compileCondition(node);
    case 'unary':
      return node.value === '{' ? compileObject(node) : compileArray(node);
    case 'function':
      return compileCall(node);
    default:
      return undefined;
  }
}

/** `$variable.name.name`: as long as no array is met, a name is a member and nothing else. */
function compilePath(node: Node): Shortcut | undefined {
  const [root, ...steps] = listOf(node.steps);
  if (root?.type !== 'variable' || ![root, ...steps].every(isPlain)) return undefined;
  if (steps.some((step) => step.type !== 'name' || String(step.value) in Object.prototype)) return undefined;
  const variable = String(root.value);
  const names = steps.map((step) => String(step.value));
  if (variable === '' || variable === '$') return undefined;
  const [first, ...rest] = names;
  const follow = (frame: EvaluationFrame, from: unknown, steps: readonly string[]) => {
    const found = member(from, steps);
    return found === arrayMet ? core.evaluate(node, undefined, frame) : found;
  };
  if (variable !== 'states' || first === undefined)
    return (frame) => follow(frame, frame.lookup(variable), names);
  return (frame) => follow(frame, frame.readState(first), rest);
}

const arrayMet = Symbol('an array was met');

function member(from: unknown, names: readonly string[]): unknown {
  let here = from;
  for (const name of names) {
    if (isNode(here)) here = here[name];
    else if (Array.isArray(here)) return arrayMet;
    else return isFunction(here) ? detour() : undefined;
  }
  return here;
}

function listOf(value: unknown): readonly Node[] {
  return Array.isArray(value) ? value.filter(isNode) : [];
}

function compileBinary(node: Node): Shortcut | undefined {
  const left = compile(node.lhs);
  const right = compile(node.rhs);
  switch (node.value) {
    case 'and':
      return (frame) => truth(left(frame)) && truth(right(frame));
    case 'or':
      return (frame) => truth(left(frame)) || truth(right(frame));
  }
  const operate = operationOf(String(node.value));
  return operate && ((frame) => operate(left(frame), right(frame)));
}

function compileCondition(node: Node): Shortcut {
  const condition = compile(node.condition);
  const consequent = compile(node.then);
  const alternative: Shortcut = node.else === undefined ? () => undefined : compile(node.else);
  return (frame) => (truth(condition(frame)) ? consequent(frame) : alternative(frame));
}

/** `{"name": …}` with names written out, each once. */
function compileObject(node: Node): Shortcut | undefined {
  const pairs = Array.isArray(node.lhs) ? node.lhs.map(listOf) : [];
  const names = pairs.map(([key]) =>
    key?.type === 'string' && isPlain(key) ? String(key.value) : '__proto__',
  );
  if (new Set(names).size < names.length || names.some((name) => name.startsWith('_'))) return undefined;
  const members = pairs.map(([, value], at) => ({ name: names[at] ?? '', compute: compile(value) }));
  return (frame) => {
    const made: { [name: string]: unknown } = {};
    for (const { name, compute } of members) {
      const value = compute(frame);
      if (value !== undefined) made[name] = value;
    }
    return made;
  };
}

/** `[…]`: an array that an item gives is spread, unless the item is itself written as an array. */
function compileArray(node: Node): Shortcut | undefined {
  if (node.value !== '[' || !Array.isArray(node.expressions)) return undefined;
  const items = node.expressions.map((item: unknown) => ({
    compute: compile(item),
    isArray: isNode(item) && item.value === '[',
  }));
  return (frame) => {
    const made: unknown[] = [];
    for (const { compute, isArray } of items) {
      const value = compute(frame);
      if (Array.isArray(value) && !isArray) concatenated(made, value);
      else if (value !== undefined) made.push(value);
    }
    return made;
  };
}

/** A built-in function with arguments that are no functions. */
function compileCall(node: Node): Shortcut | undefined {
  const procedure = isNode(node.procedure) && isPlain(node.procedure) ? node.procedure : undefined;
  if (procedure?.type !== 'variable' || !Array.isArray(node.arguments)) return undefined;
  const name = String(procedure.value);
  const values = node.arguments.map(compile);
  return (frame) => {
    const found = frame.lookup(name);
    if (!isNative(found)) return detour();
    const given = values.map((value) => value(frame));
    if (given.some(isFunction)) return detour();
    const result = found.implementation.apply(
      frame.focus,
      found.signature?.validate(given, undefined) ?? given,
    );
    frame.weigh(result);
    return unwrapped(result);
  };
}

interface Native {
  readonly implementation: (this: unknown, ...values: unknown[]) => unknown;
  readonly signature?: { validate(values: unknown[], context: unknown): unknown[] };
}

function isNative(value: unknown): value is Native {
  return isNode(value) && value._jsonata_function === true;
}

/** A sequence of one is that one, an empty one is nothing: as the interpreter ends each step. */
function unwrapped(result: unknown): unknown {
  if (!Array.isArray(result) || !('sequence' in result) || result.length > 1) return result;
  if (result.length === 0) return undefined;
  return 'keepSingleton' in result && result.keepSingleton === true ? result : result[0];
}
