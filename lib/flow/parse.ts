import type { Json } from '@/lib/expression/json';
import { check } from './check';
import { readJson } from './json-text';
import { maxLength } from './limits';
import type { Definition } from './model';
import { type Positions, positionsOf, type Span, spanIn } from './positions';
import type { Problem } from './problem';
import type { ProblemCode } from './problem-codes';
import { isDefinition } from './shape';
import { type Remark, readYaml } from './yaml-text';

export type Format = 'json' | 'yaml';

/** A problem and the stretch of text to underline for it. */
export interface PlacedProblem {
  readonly problem: Problem;
  readonly span: Span;
}

export type Parsed =
  | {
      readonly ok: true;
      readonly format: Format;
      readonly definition: Definition;
      readonly positions: Positions;
      /** What is readable but doubtful, such as a name that stands twice in one object. */
      readonly remarks: readonly PlacedProblem[];
    }
  | {
      readonly ok: false;
      readonly format: Format;
      readonly problems: readonly PlacedProblem[];
      /** Where everything stands, if the text is well-formed but no definition. */
      readonly positions: Positions | undefined;
    };

/**
 * Reads a definition from JSON or YAML. `ok` means that the text is well-formed and has the outline of a machine, so
 * that it can be drawn; whether it is right is `check`'s question. Otherwise all problems are given with their places.
 */
export function parse(text: string, format: Format = detect(text)): Parsed {
  const read = parseJson(text, format);
  if (!read.ok) return { ok: false, format, problems: read.problems, positions: undefined };
  const { value, positions, remarks } = read;
  if (isDefinition(value)) return { ok: true, format, definition: value, positions, remarks };
  const problems = check(value).map((problem) => place(problem, text, positions));
  return { ok: false, format, problems: [...problems, ...remarks], positions };
}

export type ParsedJson =
  | {
      readonly ok: true;
      readonly value: Json;
      readonly positions: Positions;
      readonly remarks: readonly PlacedProblem[];
    }
  | { readonly ok: false; readonly problems: readonly PlacedProblem[] };

/** Reads any JSON value from JSON or YAML, whatever it means. */
export function parseJson(text: string, format: Format): ParsedJson {
  if (text.length > maxLength) {
    const message = `The definition is longer than ${maxLength} characters: split it into several flows`;
    return { ok: false, problems: [syntax('TEXT_TOO_LONG', text, { message, start: 0, end: 0 })] };
  }
  if (text.trim() === '') {
    const message = 'There is no definition yet: write one, or start from a template';
    return { ok: false, problems: [syntax('EMPTY_TEXT', text, { message, start: 0, end: text.length })] };
  }
  return format === 'json' ? fromJson(text) : fromYaml(text);
}

/** JSON, where the text begins as JSON's objects and arrays do; YAML otherwise. */
export function detect(text: string): Format {
  const first = /\S/.exec(text)?.[0];
  return first === '{' || first === '[' || first === undefined ? 'json' : 'yaml';
}

/** The stretch of text to underline for a problem that `check` found in the definition read from this text. */
export function place(problem: Problem, text: string, positions: Positions): PlacedProblem {
  const span = positions.nearest(problem.pointer);
  if (problem.column === undefined) return { problem, span };
  const start = Math.min(columnOffset(text, span, problem.column), Math.max(span.start, span.end - 1));
  return { problem, span: positions.stretch(start, span.end) };
}

function fromJson(text: string): ParsedJson {
  const read = readJson(text);
  if (!read.ok) return { ok: false, problems: [syntax('JSON_SYNTAX', text, read)] };
  const remarks = read.repeated.map(({ name, start, end }) => {
    const message = `The name "${name}" stands twice in this object and only the last one counts: remove one`;
    return doubtful('REPEATED_NAME', text, { message, start, end });
  });
  return { ok: true, value: read.value, positions: positionsOf(text, read.root), remarks };
}

function fromYaml(text: string): ParsedJson {
  const read = readYaml(text);
  if (!read.ok)
    return { ok: false, problems: read.problems.map((remark) => syntax('YAML_SYNTAX', text, remark)) };
  const remarks = read.remarks.map((remark) => doubtful('YAML_DOUBTFUL', text, remark));
  return { ok: true, value: read.value, positions: positionsOf(text, read.root), remarks };
}

function syntax(code: ProblemCode, text: string, { message, start, end }: Remark): PlacedProblem {
  return { problem: { code, severity: 'error', pointer: '', message }, span: spanIn(text, start, end) };
}

function doubtful(code: ProblemCode, text: string, { message, start, end }: Remark): PlacedProblem {
  return { problem: { code, severity: 'warning', pointer: '', message }, span: spanIn(text, start, end) };
}

/** The offset in the text of a one-based column inside the value that stands at `span`: escapes and folded lines count as one. */
function columnOffset(text: string, span: Span, column: number): number {
  const raw = text.slice(span.start, span.end);
  const block = /^[|>][^\n]*\n(\s*\n)*( *)/.exec(raw);
  const quote = raw[0] === '"' || raw[0] === "'" ? raw[0] : '';
  let offset = block?.[0].length ?? quote.length;
  for (let left = column - 1; left > 0 && offset < raw.length; left -= 1)
    offset += lengthAt(raw, offset, { quote, indent: block?.[2]?.length });
  return span.start + offset;
}

/** How many characters of the text make the one at an offset: an escape, or a line break with the blanks behind it. */
function lengthAt(
  raw: string,
  offset: number,
  { quote, indent }: { quote: string; indent: number | undefined },
): number {
  if (quote === '"' && raw[offset] === '\\') return raw[offset + 1] === 'u' ? 6 : 2;
  if (quote === "'" && raw.startsWith("''", offset)) return 2;
  const blanks = /\r?\n([ \t]*)/y;
  blanks.lastIndex = offset;
  const found = blanks.exec(raw);
  if (found === null) return 1;
  const [whole, behind = ''] = found;
  return whole.length - behind.length + Math.min(behind.length, indent ?? behind.length);
}
