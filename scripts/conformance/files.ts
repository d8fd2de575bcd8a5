import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Json, JsonObject } from '@/lib/expression/json';

/** One line of a file of cases. */
export type Line = { readonly id: string } & { readonly [field: string]: Json };

/** One way in which a case went wrong. */
export interface Miss {
  readonly level: 1 | 2 | 3;
  readonly what: string;
  readonly expected?: Json | undefined;
  readonly actual?: Json | undefined;
}

const formats = ['variable-references', 'histories', 'teststate', 'invalid', 'cases'] as const;
export type FileFormat = (typeof formats)[number];

/** The cases of a file, one a line. A line that is no JSON is a case that cannot be run, and a file that cannot be read is one. */
export function readLines(file: string): Line[] {
  if (!existsSync(file)) return [unreadable(file, 'there is no such file')];
  return readFileSync(file, 'utf8')
    .split('\n')
    .map((text, index) => ({ text: text.trim(), id: `${basename(file)}:${index + 1}` }))
    .filter(({ text }) => text !== '')
    .map(({ text, id }) => lineOf(text, id));
}

function lineOf(text: string, id: string): Line {
  try {
    const line: Line = JSON.parse(text.replace(/^\uFEFF/, ''));
    return typeof line.id === 'string' ? line : { ...line, id };
  } catch (thrown) {
    return unreadable(id, String(thrown));
  }
}

/** Stands for a case that nobody can run: whoever judges it throws. */
function unreadable(id: string, why: string): Line {
  return { id, unreadable: why };
}

/** Which format a file has: by the fields of its first line, or else by its name. */
export function formatOf(file: string, first: Line | undefined): FileFormat {
  const told = first === undefined ? undefined : formatOfLine(first);
  return told ?? formats.find((format) => basename(file).includes(format)) ?? 'cases';
}

function formatOfLine(line: Line): FileFormat | undefined {
  if ('request' in line) return 'teststate';
  if ('events' in line) return 'histories';
  if ('variableReferences' in line) return 'variable-references';
  const expect = (line.expect ?? {}) as JsonObject;
  if ('valid' in expect) return 'invalid';
  return 'status' in expect ? 'cases' : undefined;
}

/** The other files of cases in the folder of a file. */
export function neighboursOf(file: string): string[] {
  const folder = dirname(file);
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith('.jsonl') && name !== basename(file))
    .map((name) => join(folder, name));
}
