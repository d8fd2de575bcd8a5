import { LanguageFailure } from '@/lib/expression/failure';
import type { Json, JsonObject } from '@/lib/expression/json';
import { parseCsv } from './csv';

/**
 * The items in a text that an ItemReader has fetched, as its ReaderConfig says (InputType, CSVHeaderLocation, CSVHeaders,
 * CSVDelimiter, ItemsPointer, MaxItems). Throws LanguageFailure States.ItemReaderFailed.
 */
export function readItems(body: string, config: JsonObject): readonly Json[] {
  // A byte order mark is no part of the first value.
  const items = itemsIn(body.replace(/^\uFEFF/, ''), config);
  const limit = config.MaxItems;
  if (typeof limit !== 'number' || limit === 0) return items;
  if (limit < 0) throw failed('field MaxItems must be positive');
  return items.slice(0, limit);
}

function itemsIn(body: string, config: JsonObject): readonly Json[] {
  switch (config.InputType) {
    case 'CSV':
      return parseCsv(body, config);
    case 'JSONL':
      return body
        .split('\n')
        .filter((line) => line.trim() !== '')
        .map(parseJson);
    default:
      return jsonItems(parseJson(body), config.ItemsPointer);
  }
}

function jsonItems(document: Json, pointer: Json | undefined): readonly Json[] {
  const found = typeof pointer === 'string' ? at(document, pointer) : document;
  if (Array.isArray(found)) return found;
  throw failed('Attempting to map over non-iterable node.');
}

/** What a JSON Pointer (RFC 6901) leads to. */
function at(document: Json, pointer: string): Json {
  let value: Json = document;
  for (const part of pointer.split('/').slice(1)) {
    const name = part.replaceAll('~1', '/').replaceAll('~0', '~');
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) {
      throw failed('Attempting to map over non-iterable node.');
    }
    // Own properties of JSON values are JSON values, of arrays and objects alike.
    value = (value as { readonly [name: string]: Json })[name] ?? null;
  }
  return value;
}

function parseJson(text: string): Json {
  try {
    return JSON.parse(text);
  } catch {
    throw failed('The file is no valid JSON.');
  }
}

/** A failure of a reader. */
function failed(cause: string): LanguageFailure {
  return new LanguageFailure('States.ItemReaderFailed', cause);
}
