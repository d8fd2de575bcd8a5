import { readFileSync } from 'node:fs';
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

const formats = ['cases', 'histories', 'teststate', 'invalid', 'variable-references'] as const;
export type FileFormat = (typeof formats)[number];

export function readLines(file: string): Line[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line) as Line);
}

/** Which format a file has: by its name, or else by the fields of its first line. */
export function formatOf(file: string, first: Line | undefined): FileFormat {
  const named = formats.find((format) => file.includes(format));
  if (named !== undefined) return named;
  if (first === undefined || 'request' in first) return 'teststate';
  if ('events' in first) return 'histories';
  if ('variableReferences' in first) return 'variable-references';
  const expect = first.expect as JsonObject | undefined;
  return expect !== undefined && 'valid' in expect ? 'invalid' : 'cases';
}
