import type { Json } from './json';
import type { Cursor } from './syntax';

const numberPattern = /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const wordPattern = /true|false|null/y;
const words: { readonly [word: string]: Json } = { true: true, false: false, null: null };

const hexadecimal = /[0-9a-fA-F]{4}/y;
const escapes: { readonly [letter: string]: string } = { n: '\n', t: '\t', r: '\r', f: '\f', b: '\b' };

/** A string in single or double quotes, with JSON's escapes; a backslash takes any other character as it is. */
export function parseQuoted(cursor: Cursor): string {
  const start = cursor.at;
  const quote = cursor.peek();
  if (quote !== "'" && quote !== '"') cursor.fail('expected a quoted name');
  cursor.at += 1;
  let value = '';
  while (cursor.peek() !== quote) {
    const escaped = cursor.take('\\');
    if (cursor.done) cursor.fail('the quote is not closed', start);
    value += escaped ? parseEscape(cursor) : cursor.peek();
    cursor.at += 1;
  }
  cursor.at += 1;
  return value;
}

/** What an escape stands for; the cursor is behind the backslash, and is left at the escape's last character. */
function parseEscape(cursor: Cursor): string {
  const letter = cursor.peek();
  if (letter !== 'u') return escapes[letter] ?? letter;
  cursor.at += 1;
  const digits = cursor.match(hexadecimal) ?? cursor.fail('\\u takes four hexadecimal digits');
  cursor.at -= 1;
  return String.fromCharCode(Number.parseInt(digits, 16));
}

/** A string, number, true, false, null, or a JSON array or object of such. */
export function parseLiteral(cursor: Cursor): Json {
  const first = cursor.peek();
  if (first === "'" || first === '"') return parseQuoted(cursor);
  if (first === '[') return cursor.nested(() => parseArray(cursor));
  if (first === '{') return cursor.nested(() => parseObject(cursor));
  const word = cursor.match(wordPattern);
  if (word !== undefined) return words[word] ?? null;
  const digits = cursor.match(numberPattern);
  if (digits === undefined) cursor.fail(`expected a value but found ${first || 'the end'}`);
  return Number(digits);
}

function parseArray(cursor: Cursor): Json {
  cursor.expect('[');
  const items: Json[] = [];
  parseItems(cursor, ']', () => items.push(parseLiteral(cursor)));
  return items;
}

function parseObject(cursor: Cursor): Json {
  cursor.expect('{');
  const members: [string, Json][] = [];
  parseItems(cursor, '}', () => {
    const name = parseQuoted(cursor);
    cursor.skipBlanks();
    cursor.expect(':');
    cursor.skipBlanks();
    members.push([name, parseLiteral(cursor)]);
  });
  return Object.fromEntries(members);
}

function parseItems(cursor: Cursor, close: string, parseItem: () => void): void {
  cursor.skipBlanks();
  for (let first = true; !cursor.take(close); first = false) {
    if (!first) cursor.expect(',');
    cursor.skipBlanks();
    parseItem();
    cursor.skipBlanks();
  }
}
