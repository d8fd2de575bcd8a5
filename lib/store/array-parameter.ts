type Optional<Item> = Item | null | undefined;

/** An array of numbers, ids or plain words as PostgreSQL writes it; it is for any type whose values need no quotation marks. */
export function plainArray(items: readonly Optional<string | number | boolean>[]): string {
  return `{${items.map((item) => item ?? 'NULL').join(',')}}`;
}

/**
 * A `text[]` in PostgreSQL's binary form, in which nothing is escaped on one side and read back on the other: dimensions,
 * whether there are NULLs, type of the elements, count, first index, then each element behind its length in bytes, -1 for NULL
 * (`array_recv` in src/backend/utils/adt/arrayfuncs.c). PostgreSQL refuses a text with NUL.
 */
export function textArray(items: readonly Optional<string>[]): Buffer {
  let all = room(headSize);
  for (const item of items) all += lengthRoom + (item ?? '');
  const buffer = Buffer.from(all);
  let at = writeHead(buffer, items.length);
  // Where each character is one byte, as nearly always, nobody need count them again.
  const sizeOf = buffer.length === all.length ? characters : Buffer.byteLength;
  for (const item of items)
    if (typeof item === 'string') at = buffer.writeInt32BE(sizeOf(item), at) + sizeOf(item);
    else at = buffer.writeInt32BE(-1, at);
  return buffer;
}

/** Bytes. */
const headSize = 20;
/** PostgreSQL's number of the type `text`; that of a built-in type never changes. */
const text = 25;
const lengthRoom = room(4);

function characters(item: string): number {
  return item.length;
}

/** Characters in whose place numbers are written. */
function room(bytes: number): string {
  return '\0'.repeat(bytes);
}

function writeHead(buffer: Buffer, count: number): number {
  let at = 0;
  for (const number of [1, 1, text, count, 1]) at = buffer.writeInt32BE(number, at);
  return at;
}
