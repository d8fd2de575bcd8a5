import { parseFilter } from './path-filter-syntax';
import { parseLiteral, parseQuoted } from './path-literal';
import { functionNames, type Parameter, type PathSyntax, type Root, type Segment } from './path-model';
import { Cursor } from './syntax';

/** What `Assign` may name: Unicode's identifiers. */
const variableName = /[\p{L}\p{Nl}_][\p{L}\p{Nl}\p{Mn}\p{Mc}\p{Nd}\p{Pc}]*/uy;
/** Jayway takes everything up to a dot, a bracket, a parenthesis or a blank as a name. */
const memberName = /[^.[\]()\s*'"?,=<>!&|~]+/uy;
const lengthScript = /\(\s*@\.length\s*-\s*\d+\s*\)/y;
const integer = /-?\d+/y;

/** Parses a whole path. Throws ExpressionSyntaxError. */
export function parsePath(text: string): PathSyntax {
  const cursor = new Cursor(text);
  const path = parsePathAt(cursor);
  if (!cursor.done) cursor.fail(`unexpected ${cursor.peek()} in path`);
  return path;
}

/** Parses a path that begins with `$` at the cursor and leaves the cursor behind it. */
export function parsePathAt(cursor: Cursor): PathSyntax {
  const root = parseRoot(cursor);
  const starts: number[] = [];
  return { root, segments: parseSegments(cursor, starts), starts };
}

function parseRoot(cursor: Cursor): Root {
  if (!cursor.take('$')) cursor.fail('a path begins with $');
  if (cursor.take('$')) return { kind: 'context' };
  const name = cursor.match(variableName);
  return name === undefined ? { kind: 'data' } : { kind: 'variable', name };
}

/** The segments that follow a root (`$…` or a filter's `@`); `starts` is told where each begins. */
function parseSegments(cursor: Cursor, starts: number[] = []): Segment[] {
  const segments: Segment[] = [];
  for (;;) {
    const start = cursor.at;
    if (cursor.take('..')) {
      segments.push({ kind: 'descent' }, parseNamed(cursor));
      starts.push(start);
      if (segments.at(-1)?.kind === 'function') cursor.fail('a function cannot follow ..', start + 2);
    } else if (cursor.take('.')) segments.push(parseNamed(cursor));
    else if (cursor.peek() === '[') segments.push(parseBracket(cursor));
    else return segments;
    starts.push(start);
  }
}

function parseNamed(cursor: Cursor): Segment {
  if (cursor.peek() === '[') return parseBracket(cursor);
  if (cursor.take('*')) return { kind: 'wildcard' };
  const start = cursor.at;
  const name = cursor.match(memberName);
  if (name === undefined)
    cursor.fail(
      cursor.done ? 'a path must not end with a dot' : `${cursor.peek()} cannot begin a name: write ['…']`,
    );
  if (cursor.peek() !== '(') return { kind: 'members', names: [name] };
  return parseFunction(cursor, name, start);
}

function parseFunction(cursor: Cursor, name: string, start: number): Segment {
  const known = functionNames.find((candidate) => candidate === name);
  if (known === undefined) cursor.fail(`there is no function ${name}()`, start);
  cursor.expect('(');
  const parameters: Parameter[] = [];
  cursor.skipBlanks();
  while (!cursor.take(')')) {
    if (parameters.length > 0) cursor.expect(',');
    cursor.skipBlanks();
    parameters.push(
      cursor.peek() === '$'
        ? { kind: 'path', path: parsePathAt(cursor) }
        : { kind: 'literal', value: parseLiteral(cursor) },
    );
    cursor.skipBlanks();
  }
  return { kind: 'function', name: known, parameters };
}

function parseBracket(cursor: Cursor): Segment {
  const start = cursor.at;
  cursor.expect('[');
  cursor.skipBlanks();
  const segment = parseSelector(cursor, start);
  cursor.skipBlanks();
  cursor.expect(']');
  return segment;
}

function parseSelector(cursor: Cursor, start: number): Segment {
  const first = cursor.peek();
  if (cursor.take('*')) return { kind: 'wildcard' };
  if (first === "'" || first === '"') return { kind: 'members', names: parseList(cursor, parseQuoted) };
  if (cursor.take('?'))
    return { kind: 'filter', filter: parseFilter(cursor, { parsePathAt, parseSegments }) };
  if (first === ':' || first === '-' || (first >= '0' && first <= '9')) return parseIndices(cursor);
  if (first === '(') return parseFromEnd(cursor, start);
  return cursor.fail(cursor.done ? 'the bracket is not closed' : `${first} cannot stand in brackets`);
}

/** The one script that JSONPath readers agree on: `(@.length-1)`, an index counted from the end. */
function parseFromEnd(cursor: Cursor, start: number): Segment {
  const script = cursor.match(lengthScript);
  if (script === undefined) return cursor.fail('of scripts in paths, only (@.length-N) is supported', start);
  return { kind: 'indices', indices: [-Number(script.replace(/\D/g, ''))] };
}

function parseIndices(cursor: Cursor): Segment {
  const start = cursor.at;
  const from = cursor.match(integer);
  cursor.skipBlanks();
  if (cursor.take(':')) {
    cursor.skipBlanks();
    const to = cursor.match(integer);
    if (from === undefined && to === undefined) cursor.fail('a slice needs a begin or an end', start);
    return { kind: 'slice', from: number(from), to: number(to) };
  }
  const indices = from === undefined ? [] : [Number(from)];
  while (cursor.take(',')) {
    cursor.skipBlanks();
    indices.push(Number(cursor.match(integer) ?? cursor.fail('expected an index')));
    cursor.skipBlanks();
  }
  if (indices.length === 0) cursor.fail('expected an index');
  return { kind: 'indices', indices };
}

function parseList<Item>(cursor: Cursor, parseItem: (cursor: Cursor) => Item): Item[] {
  const items = [parseItem(cursor)];
  cursor.skipBlanks();
  while (cursor.take(',')) {
    cursor.skipBlanks();
    items.push(parseItem(cursor));
    cursor.skipBlanks();
  }
  return items;
}

function number(digits: string | undefined): number | undefined {
  return digits === undefined ? undefined : Number(digits);
}
