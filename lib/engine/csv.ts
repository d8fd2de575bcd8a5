import { LanguageFailure } from '@/lib/expression/failure';
import type { JsonObject } from '@/lib/expression/json';

/** The rows of a CSV text as objects by column; all values are texts. Throws LanguageFailure States.ItemReaderFailed. */
export function parseCsv(text: string, config: JsonObject): readonly JsonObject[] {
  const rows = parseRows(text, delimiters[String(config.CSVDelimiter)] ?? ',');
  const given = config.CSVHeaderLocation === 'GIVEN';
  const headers = given ? givenHeaders(config) : (rows.shift() ?? []);
  if (given && new Set(headers).size < headers.length) {
    throw new LanguageFailure('States.ItemReaderFailed', 'CSV headers cannot contain duplicates.');
  }
  return rows.map((row) => Object.fromEntries(headers.map((header, i) => [header, row[i] ?? ''])));
}

const delimiters: { readonly [name: string]: string } = {
  COMMA: ',',
  PIPE: '|',
  SEMICOLON: ';',
  SPACE: ' ',
  TAB: '\t',
};

function givenHeaders({ CSVHeaders }: JsonObject): string[] {
  return Array.isArray(CSVHeaders) ? CSVHeaders.map(String) : [];
}

/** RFC 4180: a cell in quotes may hold delimiters, line breaks and doubled quotes; empty lines are no rows. */
function parseRows(text: string, delimiter: string): string[][] {
  const rows: string[][] = [];
  for (let at = 0; at < text.length; ) {
    const [row, end] = parseRow(text, at, delimiter);
    if (row.length > 1 || row[0] !== '') rows.push(row);
    at = end;
  }
  return rows;
}

/** The row that begins at `from`, and where the next one does. */
function parseRow(text: string, from: number, delimiter: string): [string[], number] {
  const row: string[] = [];
  for (let at = from; ; at += 1) {
    const [cell, end] = text[at] === '"' ? quotedCell(text, at) : plainCell(text, at, delimiter);
    row.push(cell);
    at = end;
    if (text[at] !== delimiter) return [row, at + (text.startsWith('\r\n', at) ? 2 : 1)];
  }
}

function plainCell(text: string, from: number, delimiter: string): [string, number] {
  let at = from;
  while (at < text.length && text[at] !== delimiter && text[at] !== '\n' && text[at] !== '\r') at += 1;
  return [text.slice(from, at), at];
}

function quotedCell(text: string, from: number): [string, number] {
  let at = from + 1;
  for (;;) {
    const quote = text.indexOf('"', at);
    if (quote < 0) return [text.slice(from + 1).replaceAll('""', '"'), text.length];
    if (text[quote + 1] !== '"') return [text.slice(from + 1, quote).replaceAll('""', '"'), quote + 1];
    at = quote + 2;
  }
}
