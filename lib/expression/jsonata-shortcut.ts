import { jsonata } from './generated/jsonata';
import { type EvaluationFrame, isLibraryFunction } from './jsonata-frame';
import { follow } from './jsonata-names';
import { isNode, type Node } from './jsonata-node';
import { concatenated, Detour, detour, isFunction, operationOf, truth } from './jsonata-operation';
import type { Reads } from './jsonata-reads';
import { unwrapped } from './jsonata-sequence';

const { core } = jsonata;

interface Environment {
  lookup(name: string): unknown;
  readonly base: EvaluationFrame;
}

/** Gives the value of a node as the interpreter would. `input` is the item that the node is evaluated for. */
type Shortcut = (input: unknown, environment: Environment) => unknown;

/** Functions that draw from chance: evaluating twice would draw twice. */
const drawing = ['random', 'uuid', 'shuffle'];
/** After so many detours a shortcut is given up: the data is not what it is for. */
const mostDetours = 100;

/**
 * Gives the plain parts of an expression closures: variables, paths of names, literals, operators, conditions,
 * constructors and calls of built-in functions. The interpreter calls `shortcut` where a node has one, and evaluates the
 * node itself where it gets the node back, so that what comes out, and every error, is its own.
 */
export function attachShortcuts(syntax: unknown, reads: Reads): void {
  if (!reads.rebindsStates && !drawing.some((name) => reads.variables.has(name))) attach(syntax);
}

/** Node types that are worth a closure of their own; a single literal or variable is not. */
const worthwhile = ['path', 'binary', 'condition', 'unary', 'function', 'block'];

function attach(value: unknown): void {
  if (Array.isArray(value)) for (const item of value) attach(item);
  if (!isNode(value)) return;
  const closure = worthwhile.includes(String(value.type)) ? compileKnown(value) : undefined;
  if (closure !== undefined) Object.assign(value, { shortcut: guarded(value, closure) });
  else attachInside(value);
}

function attachInside(node: Node): void {
  for (const [field, member] of Object.entries(node)) {
    // `ancestor` and `slot` point back up the tree.
    if (field !== 'ancestor' && field !== 'slot') attach(member);
  }
}

/** Costs fuel as a step of the interpreter does. */
function guarded(node: Node, closure: Shortcut): Shortcut {
  let detours = 0;
  return (input, environment) => {
    if (detours > mostDetours) return node;
    environment.base.guardrails();
    try {
      const result = closure(input, environment);
      environment.base.weigh(result);
      return result;
    } catch (error) {
      if (!(error instanceof Detour)) throw error;
      detours += 1;
      return node;
    }
  };
}

/** A part of a known node: its closure, or the interpreter. */
function compile(node: unknown): Shortcut {
  const closure = isNode(node) ? compileKnown(node) : undefined;
  if (closure !== undefined) return closure;
  if (isNode(node)) attachInside(node);
  return (input, environment) => core.evaluate(node, input, environment);
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
  block: ['expressions'],
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
      return name === '' || name === '$'
        ? undefined
        : (_, environment) => unwrapped(environment.lookup(name));
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
    case 'block':
      return compileBlock(node);
    default:
      return undefined;
  }
}

/** `name.name`, `$variable.name.name` */
function compilePath(node: Node): Shortcut | undefined {
  const steps = listOf(node.steps);
  const [root] = steps;
  if (root === undefined || !steps.every(isPlain)) return undefined;
  const names = (root.type === 'variable' ? steps.slice(1) : steps).map(nameOf);
  if (names.includes(undefined)) return undefined;
  const known = names.filter((name) => name !== undefined);
  if (root.type === 'name') return (input) => follow(input, known);
  const variable = String(root.value);
  const [first, ...rest] = known;
  if (variable === '' || variable === '$') return undefined;
  if (variable !== 'states' || first === undefined) {
    return (_, environment) => follow(unwrapped(environment.lookup(variable)), known);
  }
  return (_, environment) => follow(environment.base.readState(first), rest);
}

/** Undefined for a step that is no name, or one that every object has by inheritance. */
function nameOf(step: Node): string | undefined {
  const name = String(step.value);
  return step.type !== 'name' || name in Object.prototype ? undefined : name;
}

function listOf(value: unknown): readonly Node[] {
  return Array.isArray(value) ? value.filter(isNode) : [];
}

function compileBinary(node: Node): Shortcut | undefined {
  const left = compile(node.lhs);
  const right = compile(node.rhs);
  switch (node.value) {
    case 'and':
      return (input, environment) => truth(left(input, environment)) && truth(right(input, environment));
    case 'or':
      return (input, environment) => truth(left(input, environment)) || truth(right(input, environment));
  }
  const operate = operationOf(String(node.value));
  return operate && ((input, environment) => operate(left(input, environment), right(input, environment)));
}

function compileCondition(node: Node): Shortcut {
  const condition = compile(node.condition);
  const consequent = compile(node.then);
  const alternative: Shortcut = node.else === undefined ? () => undefined : compile(node.else);
  return (input, environment) =>
    unwrapped(
      truth(condition(input, environment)) ? consequent(input, environment) : alternative(input, environment),
    );
}

/** `{"name": …}` with names written out, each once; of an array the interpreter makes groups. */
function compileObject(node: Node): Shortcut | undefined {
  const pairs = Array.isArray(node.lhs) ? node.lhs.map(listOf) : [];
  const names = pairs.map(([key]) =>
    key?.type === 'string' && isPlain(key) ? String(key.value) : '__proto__',
  );
  if (new Set(names).size < names.length || names.some((name) => name.startsWith('_'))) return undefined;
  const members = pairs.map(([, value], at) => ({ name: names[at] ?? '', compute: compile(value) }));
  return (input, environment) => {
    if (Array.isArray(input)) return detour();
    const made: { [name: string]: unknown } = {};
    for (const { name, compute } of members) {
      const value = compute(input, environment);
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
  return (input, environment) => {
    const made: unknown[] = [];
    for (const { compute, isArray } of items) {
      const value = compute(input, environment);
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
  if (!isLibraryFunction(name) || listOf(node.arguments).some(isFunctional)) return undefined;
  const values = node.arguments.map(compile);
  return (input, environment) => {
    const found = environment.lookup(name);
    if (!isNative(found)) return detour();
    const given = values.map((value) => value(input, environment));
    if (given.some(isFunction)) return detour();
    const result = applied(found, given, input, environment);
    environment.base.weigh(result);
    return unwrapped(result);
  };
}

/** An argument that is written as a function or is a function's name. */
function isFunctional(node: Node): boolean {
  if (node.type === 'variable') return isLibraryFunction(String(node.value));
  return ['lambda', 'partial', 'transform', 'regex', 'apply'].includes(String(node.type));
}

/** The interpreter says in its errors which function refused what. */
function applied(native: Native, given: unknown[], input: unknown, { base }: Environment): unknown {
  try {
    return native.implementation.apply(base.focus, native.signature?.validate(given, input) ?? given);
  } catch {
    return detour();
  }
}

interface Native {
  readonly implementation: (this: unknown, ...values: unknown[]) => unknown;
  readonly signature?: { validate(values: unknown[], context: unknown): unknown[] };
}

function isNative(value: unknown): value is Native {
  return isNode(value) && value._jsonata_function === true;
}

/** `( … )` around one part: with nothing assigned in it, it needs no frame of its own. */
function compileBlock(node: Node): Shortcut | undefined {
  const [only, ...more] = listOf(node.expressions);
  const inner = only === undefined || more.length > 0 ? undefined : compileKnown(only);
  return inner && ((input, environment) => unwrapped(inner(input, environment)));
}
