import { type FileHandle, open } from 'node:fs/promises';
import { readItems } from '@/lib/engine/read-items';
import { LanguageFailure } from '@/lib/expression/failure';
import type { Json, JsonObject } from '@/lib/expression/json';
import { findList } from './list-start';
import { elements, lines, type Pieces, readPieces, rows } from './pieces';

/** Where a page begins: a byte of the file, and how many items came before it. */
export interface Cursor {
  readonly at: number;
  readonly count: number;
}

interface Page {
  readonly items: readonly Json[];
  readonly next?: Cursor;
}

const pageSize = { pieces: 1_000, bytes: 524_288 };
const byteOrderMark = Buffer.from('\ufeff');

/** One page of the items in a file. `name` is what the file is called in messages. */
export async function readItemsPage(
  path: string,
  name: string,
  config: JsonObject,
  cursor: Cursor | undefined,
): Promise<Page> {
  const file = await open(path, 'r');
  try {
    return limited(await pageOf(file, name, config, cursor), config, cursor);
  } finally {
    await file.close();
  }
}

function pageOf(file: FileHandle, name: string, config: JsonObject, cursor: Cursor | undefined) {
  const type = config.InputType ?? typeByName(name);
  switch (type) {
    case 'CSV':
      return csvPage(file, { ...config, InputType: type }, cursor);
    case 'JSONL':
      return linesPage(file, name, cursor);
    case 'JSON':
      return listPage(file, name, config, cursor);
    default:
      throw new Error(`InputType ${JSON.stringify(type)} cannot be read here: use CSV, JSON or JSONL.`);
  }
}

function typeByName(name: string): 'CSV' | 'JSONL' | 'JSON' {
  const [extension = ''] = /\.[a-z]+$/i.exec(name) ?? [];
  if (/^\.csv$/i.test(extension)) return 'CSV';
  return /^\.(jsonl|ndjson)$/i.test(extension) ? 'JSONL' : 'JSON';
}

/** `MaxItems` counts over all pages; 0 means all. */
function limited({ items, next }: Page, { MaxItems: most }: JsonObject, cursor: Cursor | undefined): Page {
  const count = cursor?.count ?? 0;
  const counted = next === undefined ? {} : { next: { ...next, count: count + items.length } };
  if (typeof most !== 'number' || most === 0) return { items, ...counted };
  if (most < 0) throw new Error('field MaxItems must be positive');
  return count + items.length < most ? { items, ...counted } : { items: items.slice(0, most - count) };
}

async function linesPage(file: FileHandle, name: string, cursor: Cursor | undefined): Promise<Page> {
  const from = cursor?.at ?? (await textStart(file));
  const { texts, next } = await readPieces(file, from, lines(), pageSize);
  const before = cursor?.count ?? 0;
  const items = texts.flatMap((text, index): Json[] =>
    text.trim() === '' ? [] : [parsed(text, () => `Item ${before + index} of ${name}`)],
  );
  return page(items, next);
}

async function listPage(
  file: FileHandle,
  name: string,
  { ItemsPointer: pointer }: JsonObject,
  cursor: Cursor | undefined,
): Promise<Page> {
  const from = cursor?.at ?? (await findList(file, typeof pointer === 'string' ? pointer : ''));
  const place = typeof pointer === 'string' && pointer !== '' ? ` at ${pointer}` : '';
  if (from === undefined)
    throw new Error(`${name} holds no list${place}: give a JSON list, or its place as ItemsPointer.`);
  const pieces = await readPieces(file, from, elements(), pageSize);
  if (pieces.cut) throw new Error(`${name} ends in the middle of its list${place}.`);
  const texts = isEmptyList(pieces, cursor) ? [] : pieces.texts;
  const before = cursor?.count ?? 0;
  const items = texts.map((text, index) => parsed(text, () => `Item ${before + index} of ${name}`));
  return page(items, pieces.next);
}

function isEmptyList({ texts }: Pieces, cursor: Cursor | undefined): boolean {
  return cursor === undefined && texts.length === 1 && texts[0]?.trim() === '';
}

async function csvPage(file: FileHandle, config: JsonObject, cursor: Cursor | undefined): Promise<Page> {
  const delimiter = delimiters[String(config.CSVDelimiter)] ?? ',';
  const start = await textStart(file);
  const isGiven = config.CSVHeaderLocation === 'GIVEN';
  const header = isGiven
    ? undefined
    : await readPieces(file, start, rows(delimiter), { pieces: 1, bytes: 1 });
  const first = isGiven ? start : header?.next;
  if (first === undefined) return { items: [] };
  const { texts, next } = await readPieces(file, cursor?.at ?? first, rows(delimiter), pageSize);
  return page(readCsv([...(header?.texts ?? []), ...texts].join('\n'), config), next);
}

function readCsv(text: string, { MaxItems: _, ...config }: JsonObject): readonly Json[] {
  try {
    return readItems(text, config);
  } catch (thrown) {
    if (thrown instanceof LanguageFailure) throw new Error(thrown.message);
    throw thrown;
  }
}

const delimiters: { readonly [name: string]: string } = {
  COMMA: ',',
  PIPE: '|',
  SEMICOLON: ';',
  SPACE: ' ',
  TAB: '\t',
};

/** Behind a mark of the encoding, if there is one. */
async function textStart(file: FileHandle): Promise<number> {
  const beginning = Buffer.alloc(3);
  await file.read(beginning, 0, 3, 0);
  return beginning.equals(byteOrderMark) ? 3 : 0;
}

function parsed(text: string, place: () => string): Json {
  try {
    return JSON.parse(text);
  } catch (thrown) {
    throw new Error(`${place()} is no JSON: ${thrown instanceof Error ? thrown.message : String(thrown)}`);
  }
}

function page(items: readonly Json[], next: number | undefined): Page {
  return next === undefined ? { items } : { items, next: { at: next, count: 0 } };
}
