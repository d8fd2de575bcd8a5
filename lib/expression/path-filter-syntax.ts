import { parseLiteral } from './path-literal';
import { type Filter, type Operand, operators, type PathSyntax, type Segment } from './path-model';
import type { Cursor } from './syntax';

/** Filters hold paths and paths hold filters: the parser of paths comes in from outside. */
interface PathParser {
  readonly parsePathAt: (cursor: Cursor) => PathSyntax;
  readonly parseSegments: (cursor: Cursor) => Segment[];
}

const patternBody = /\/((?:\\.|\[(?:\\.|[^\]\\])*\]|[^/\\[])+)\/([a-zA-Z]*)/y;

/** Parses `( … )` behind the `?`, or a condition without parentheses. */
export function parseFilter(cursor: Cursor, paths: PathParser): Filter {
  cursor.skipBlanks();
  return cursor.nested(() => parseOr(cursor, paths));
}

function parseOr(cursor: Cursor, paths: PathParser): Filter {
  const parts = [parseAnd(cursor, paths)];
  while (takeWord(cursor, '||')) parts.push(parseAnd(cursor, paths));
  const [only] = parts;
  return parts.length === 1 && only !== undefined ? only : { kind: 'or', parts };
}

function parseAnd(cursor: Cursor, paths: PathParser): Filter {
  const parts = [parseUnary(cursor, paths)];
  while (takeWord(cursor, '&&')) parts.push(parseUnary(cursor, paths));
  const [only] = parts;
  return parts.length === 1 && only !== undefined ? only : { kind: 'and', parts };
}

function takeWord(cursor: Cursor, word: string): boolean {
  cursor.skipBlanks();
  return cursor.take(word);
}

function parseUnary(cursor: Cursor, paths: PathParser): Filter {
  cursor.skipBlanks();
  if (cursor.peek() === '!' && cursor.peek(1) !== '=') {
    cursor.at += 1;
    return { kind: 'not', part: cursor.nested(() => parseUnary(cursor, paths)) };
  }
  if (!cursor.take('(')) return parseComparison(cursor, paths);
  const inner = cursor.nested(() => parseOr(cursor, paths));
  cursor.skipBlanks();
  cursor.expect(')');
  return inner;
}

function parseComparison(cursor: Cursor, paths: PathParser): Filter {
  const start = cursor.at;
  const left = parseOperand(cursor, paths);
  cursor.skipBlanks();
  const operator = operators.find((candidate) => cursor.take(candidate));
  if (operator === undefined) {
    if (left.kind === 'literal' || left.kind === 'pattern')
      cursor.fail('a value alone is no condition', start);
    return { kind: 'exists', operand: left };
  }
  cursor.skipBlanks();
  return { kind: 'compare', left, operator, right: parseOperand(cursor, paths) };
}

function parseOperand(cursor: Cursor, paths: PathParser): Operand {
  cursor.skipBlanks();
  if (cursor.take('@')) return { kind: 'item', segments: paths.parseSegments(cursor) };
  if (cursor.peek() === '$') return { kind: 'path', path: paths.parsePathAt(cursor) };
  if (cursor.peek() === '/') return { kind: 'pattern', pattern: parsePattern(cursor) };
  return { kind: 'literal', value: parseLiteral(cursor) };
}

/** Java's `matches()` wants the whole text, so the pattern is anchored. */
function parsePattern(cursor: Cursor): RegExp {
  const start = cursor.at;
  const whole = cursor.match(patternBody);
  if (whole === undefined) cursor.fail('the regular expression is not closed');
  const end = whole.lastIndexOf('/');
  const [inline = '', named = ''] = /^\(\?([a-zA-Z]+)\)/.exec(whole.slice(1, end)) ?? [];
  const flags = [...new Set(whole.slice(end + 1) + named)]
    .map((flag) => (flag === 'd' ? '' : flag === 'U' ? 'u' : flag))
    .join('');
  try {
    return new RegExp(`^(?:${fromJava(whole.slice(1 + inline.length, end))})$`, flags);
  } catch {
    return cursor.fail('this is no regular expression', start);
  }
}

/** What Java's regular expressions write otherwise: quoted stretches, ends of the text, POSIX classes. */
function fromJava(pattern: string): string {
  return pattern
    .replaceAll(/\\Q(.*?)(?:\\E|$)/gs, (_, quoted: string) =>
      quoted.replaceAll(/[\\^$.*+?()[\]{}|/]/g, '\\$&'),
    )
    .replaceAll(
      /\\(?:p\{(\w+)\}|[AzZh]|.)/gs,
      (found, name: string | undefined, at: number, whole: string) => {
        const known = name === undefined ? marks[found] : posix[name];
        const isInClass = /(?<!\\)\[[^\]]*$/.test(whole.slice(0, at));
        return known === undefined ? found : isInClass ? known.replace(/^\[(.*)\]$/, '$1') : known;
      },
    );
}

const marks: { readonly [mark: string]: string } = { '\\A': '^', '\\z': '$', '\\Z': '$', '\\h': '[ \\t]' };
const posix: { readonly [name: string]: string } = {
  Alpha: '[a-zA-Z]',
  Digit: '[0-9]',
  Alnum: '[a-zA-Z0-9]',
  Lower: '[a-z]',
  Upper: '[A-Z]',
  Punct: '[!-/:-@[-`{-~]',
  Space: '\\s',
  XDigit: '[0-9a-fA-F]',
};
