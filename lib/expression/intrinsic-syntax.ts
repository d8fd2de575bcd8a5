import type { PathSyntax } from './path-model';
import { parsePathAt } from './path-syntax';
import { Cursor } from './syntax';

/** A call of an intrinsic function: `States.Format('{}', $.name)`. */
export interface Call {
  readonly name: IntrinsicName;
  readonly text: string;
  readonly arguments: readonly Argument[];
}

export type Argument =
  | { readonly kind: 'call'; readonly call: Call }
  | { readonly kind: 'path'; readonly text: string; readonly path: PathSyntax }
  /** Between the quotes as it was written: `States.Format` needs to see which braces are escaped. */
  | { readonly kind: 'string'; readonly written: string }
  | { readonly kind: 'constant'; readonly value: number | boolean | null };

/** How many arguments each takes, at least and at most. */
const arities = {
  Format: [1, Number.POSITIVE_INFINITY],
  StringToJson: [1, 1],
  JsonToString: [1, 1],
  Array: [0, Number.POSITIVE_INFINITY],
  ArrayPartition: [2, 2],
  ArrayContains: [2, 2],
  ArrayRange: [3, 3],
  ArrayGetItem: [2, 2],
  ArrayLength: [1, 1],
  ArrayUnique: [1, 1],
  Base64Encode: [1, 1],
  Base64Decode: [1, 1],
  Hash: [2, 2],
  JsonMerge: [3, 3],
  MathRandom: [2, 3],
  MathAdd: [2, 2],
  StringSplit: [2, 2],
  UUID: [0, 0],
} as const satisfies { readonly [name: string]: readonly [number, number] };
export type IntrinsicName = keyof typeof arities;

const deepest = 10;
const functionName = /[A-Za-z0-9_]+/y;
const constant = /(?:true|false|null|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)(?![\w.])/y;

/** Whether a text means to be an intrinsic call rather than a path. */
export function isIntrinsic(text: string): boolean {
  return text.startsWith('States.');
}

/** Throws ExpressionSyntaxError. */
export function parseIntrinsic(text: string): Call {
  const cursor = new Cursor(text);
  const call = parseCall(cursor, 1);
  cursor.skipBlanks();
  if (!cursor.done) cursor.fail(`unexpected ${cursor.peek()} behind the call`);
  return call;
}

function parseCall(cursor: Cursor, depth: number): Call {
  const start = cursor.at;
  if (depth > deepest) cursor.fail(`calls may be nested ${deepest} deep`);
  cursor.expect('States.');
  const name = cursor.match(functionName) ?? '';
  if (!isName(name)) cursor.fail(`there is no intrinsic function States.${name}`, start);
  cursor.expect('(');
  const found = parseArguments(cursor, depth);
  const [least, most] = arities[name];
  if (found.length < least || found.length > most) {
    cursor.fail(`States.${name} takes ${countOf(least, most)}, not ${found.length}`, start);
  }
  return { name, text: cursor.text.slice(start, cursor.at), arguments: found };
}

function isName(name: string): name is IntrinsicName {
  return Object.hasOwn(arities, name);
}

function countOf(least: number, most: number): string {
  if (most === Number.POSITIVE_INFINITY) return `at least ${least} arguments`;
  return least === most ? `${least} arguments` : `${least} to ${most} arguments`;
}

function parseArguments(cursor: Cursor, depth: number): Argument[] {
  const found: Argument[] = [];
  cursor.skipBlanks();
  while (!cursor.take(')')) {
    if (found.length > 0) cursor.expect(',');
    cursor.skipBlanks();
    found.push(parseArgument(cursor, depth));
    cursor.skipBlanks();
  }
  return found;
}

function parseArgument(cursor: Cursor, depth: number): Argument {
  const start = cursor.at;
  const first = cursor.peek();
  if (first === '$') {
    const path = parsePathAt(cursor);
    return { kind: 'path', text: cursor.text.slice(start, cursor.at), path };
  }
  if (first === "'") return { kind: 'string', written: parseString(cursor) };
  const word = cursor.match(constant);
  if (word !== undefined) {
    const value = constants.get(word);
    return { kind: 'constant', value: value === undefined ? Number(word) : value };
  }
  if (first === 'S') return { kind: 'call', call: parseCall(cursor, depth + 1) };
  return cursor.fail(`an argument cannot begin with ${first || 'the end'}: text stands in single quotes`);
}

const constants = new Map<string, boolean | null>([
  ['true', true],
  ['false', false],
  ['null', null],
]);

/** Only quotes, braces and backslashes may be escaped. */
function parseString(cursor: Cursor): string {
  const start = cursor.at;
  cursor.at += 1;
  while (cursor.peek() !== "'") {
    if (cursor.peek() === '\\') {
      if (!"'{}\\".includes(cursor.peek(1) || ' '))
        cursor.fail(`\\${cursor.peek(1)} is no escape: only \\' \\{ \\} and \\\\ are`);
      cursor.at += 1;
    }
    if (cursor.done) cursor.fail('the quote is not closed', start);
    cursor.at += 1;
  }
  cursor.at += 1;
  return cursor.text.slice(start + 1, cursor.at - 1);
}
