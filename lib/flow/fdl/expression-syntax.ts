import { Cursor } from '@/lib/expression/syntax';
import type { Expression, Operator, Step } from './expression-model';

/** How tightly the operators bind, loosest first. */
const levels: readonly (readonly Operator[])[] = [
  ['||'],
  ['&&'],
  ['==', '!=', '<=', '>=', '<', '>', 'in'],
  ['+', '-'],
  ['*', '/', '%'],
];
const deepest = 100;

/** Reads an expression of FDL. Throws ExpressionSyntaxError. */
export function parseFdlExpression(text: string): Expression {
  const cursor = new Cursor(text);
  const expression = binary(cursor, 0, 0);
  cursor.skipBlanks();
  if (!cursor.done) cursor.fail(`unexpected ${cursor.peek()}`);
  return expression;
}

function binary(cursor: Cursor, level: number, depth: number): Expression {
  const operators = levels[level];
  if (operators === undefined) return unary(cursor, depth);
  let left = binary(cursor, level + 1, depth);
  for (;;) {
    cursor.skipBlanks();
    const operator = operators.find((candidate) => takeOperator(cursor, candidate));
    if (operator === undefined) return left;
    left = { kind: 'binary', operator, left, right: binary(cursor, level + 1, depth) };
  }
}

function takeOperator(cursor: Cursor, operator: Operator): boolean {
  if (operator === 'in') return cursor.match(/in\b/y) !== undefined;
  return cursor.take(operator);
}

function unary(cursor: Cursor, depth: number): Expression {
  cursor.skipBlanks();
  if (depth > deepest) cursor.fail('nested too deep');
  if (cursor.peek() === '!' && cursor.peek(1) !== '=') {
    cursor.take('!');
    return { kind: 'unary', operator: '!', operand: unary(cursor, depth + 1) };
  }
  if (cursor.take('-')) return { kind: 'unary', operator: '-', operand: unary(cursor, depth + 1) };
  return primary(cursor, depth + 1);
}

function primary(cursor: Cursor, depth: number): Expression {
  const digits = cursor.match(/\d+(\.\d+)?([eE][+-]?\d+)?/y);
  if (digits !== undefined) return { kind: 'literal', value: Number(digits) };
  const first = cursor.peek();
  if (first === '"' || first === "'" || first === '`') return { kind: 'literal', value: quoted(cursor) };
  if (first === '$') return path(cursor);
  if (cursor.take('(')) return closed(cursor, binary(cursor, 0, depth), ')');
  if (cursor.take('[')) return { kind: 'list', items: items(cursor, ']', () => binary(cursor, 0, depth)) };
  if (cursor.take('{')) return { kind: 'map', members: items(cursor, '}', () => member(cursor, depth)) };
  return word(cursor, depth);
}

function word(cursor: Cursor, depth: number): Expression {
  const name = cursor.match(/[A-Za-z_]\w*/y);
  if (name === undefined)
    return cursor.fail(cursor.done ? 'the expression ends too early' : `unexpected ${cursor.peek()}`);
  if (name === 'true' || name === 'false') return { kind: 'literal', value: name === 'true' };
  if (name === 'null' || name === 'nil') return { kind: 'literal', value: null };
  cursor.skipBlanks();
  cursor.expect('(');
  return { kind: 'call', name, args: items(cursor, ')', () => binary(cursor, 0, depth)) };
}

function member(cursor: Cursor, depth: number): readonly [string, Expression] {
  cursor.skipBlanks();
  const first = cursor.peek();
  const name = first === '"' || first === "'" ? quoted(cursor) : cursor.match(/[A-Za-z_]\w*/y);
  if (name === undefined) return cursor.fail('expected a name');
  cursor.skipBlanks();
  cursor.expect(':');
  return [name, binary(cursor, 0, depth)];
}

function items<T>(cursor: Cursor, close: string, item: () => T): readonly T[] {
  const found: T[] = [];
  cursor.skipBlanks();
  if (cursor.take(close)) return found;
  do {
    found.push(item());
    cursor.skipBlanks();
  } while (cursor.take(','));
  cursor.expect(close);
  return found;
}

function closed<T>(cursor: Cursor, inside: T, close: string): T {
  cursor.skipBlanks();
  cursor.expect(close);
  return inside;
}

/** `$Input.a["b"][0][*]`, also `$` and `$.a`. */
function path(cursor: Cursor): Expression {
  const root = cursor.match(/\$\w*/y) ?? cursor.fail('expected $');
  const steps: Step[] = [];
  for (;;) {
    const name = cursor.match(/\.[\p{L}_](?:[\p{L}\p{N}_]|-(?=\p{L}))*/uy);
    if (name !== undefined) steps.push({ name: name.slice(1) });
    else if (cursor.take('[')) steps.push(subscript(cursor));
    else return { kind: 'path', root, steps };
  }
}

function subscript(cursor: Cursor): Step {
  cursor.skipBlanks();
  const digits = cursor.match(/-?\d+/y);
  if (digits !== undefined) return closed(cursor, { index: Number(digits) }, ']');
  if (cursor.take('*')) return closed(cursor, { all: true }, ']');
  return closed(cursor, { name: quoted(cursor) }, ']');
}

function quoted(cursor: Cursor): string {
  const quote = cursor.peek();
  const found = cursor.match(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`[^`]*`/sy);
  if (found === undefined) return cursor.fail('expected a string');
  const inside = found.slice(1, -1);
  return quote === '`'
    ? inside
    : inside.replaceAll(/\\(.)/gs, (_, character: string) => escapes[character] ?? character);
}

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };
