import type { FileHandle } from 'node:fs/promises';

/** What a byte is to whoever divides a text: part of a piece, its end, or the end of the last one. */
type Verdict = 'inside' | 'end' | 'last';

/** Looks at one byte after the other; made anew for each page. */
export type Divider = (byte: number) => Verdict;

/** A page of a long text: its pieces, and where the next page begins (undefined after the last one). */
export interface Pieces {
  readonly texts: readonly string[];
  readonly next: number | undefined;
  /** The text ended without the divider having said `last`. */
  readonly cut: boolean;
}

const chunkBytes = 65_536;
const longestPiece = 1_048_576;

/** How much is read at a time: pieces, and bytes of theirs. */
export interface PageSize {
  readonly pieces: number;
  readonly bytes: number;
}

/** Reads a page that begins at a byte. However long the text is, no more of it than the page is in memory. */
export async function readPieces(
  file: FileHandle,
  from: number,
  divide: Divider,
  size: PageSize,
): Promise<Pieces> {
  const page = new PageUnderWay(divide, size);
  for (let at = from; ; ) {
    const chunk = Buffer.allocUnsafe(chunkBytes);
    const { bytesRead } = await file.read(chunk, 0, chunkBytes, at);
    if (bytesRead === 0) return { texts: page.ended(), next: undefined, cut: true };
    const done = page.take(chunk.subarray(0, bytesRead));
    if (done !== undefined)
      return { texts: page.texts, next: done.isLast ? undefined : at + done.bytes, cut: false };
    at += bytesRead;
  }
}

class PageUnderWay {
  readonly texts: string[] = [];
  private readonly divide: Divider;
  private readonly size: PageSize;
  /** Of the piece that has begun. */
  private begun: Buffer[] = [];
  private begunBytes = 0;
  private taken = 0;

  constructor(divide: Divider, size: PageSize) {
    this.divide = divide;
    this.size = size;
  }

  /** Where the page ends in this chunk; undefined where it goes on behind it. */
  take(chunk: Buffer): { readonly bytes: number; readonly isLast: boolean } | undefined {
    let start = 0;
    for (let i = 0; i < chunk.length; i += 1) {
      const verdict = this.divide(chunk[i] ?? 0);
      if (verdict === 'inside') continue;
      this.finish(chunk.subarray(start, i));
      start = i + 1;
      if (verdict === 'last' || this.isFull()) return { bytes: start, isLast: verdict === 'last' };
    }
    this.begun.push(chunk.subarray(start));
    this.begunBytes += chunk.length - start;
    if (this.begunBytes > longestPiece) throw new Error(`An item is longer than ${longestPiece} bytes.`);
    return undefined;
  }

  /** All texts, with one that has no end of its own. */
  ended(): string[] {
    if (this.begunBytes > 0) this.finish(Buffer.alloc(0));
    return this.texts;
  }

  private isFull(): boolean {
    return this.texts.length >= this.size.pieces || this.taken >= this.size.bytes;
  }

  private finish(rest: Buffer): void {
    this.texts.push(Buffer.concat([...this.begun, rest]).toString('utf8'));
    this.taken += this.begunBytes + rest.length;
    this.begun = [];
    this.begunBytes = 0;
  }
}

const newline = 10;
const quote = 34;
const backslash = 92;

/** Each line is a piece. */
export function lines(): Divider {
  return (byte) => (byte === newline ? 'end' : 'inside');
}

/** Each row of a CSV text is a piece: a cell that begins with a quote may hold line breaks. */
export function rows(delimiter: string): Divider {
  const between = delimiter.charCodeAt(0);
  let isCellStart = true;
  let isQuoted = false;
  return (byte) => {
    if (isQuoted) {
      // A doubled quote closes the cell and opens it again at once, as `isCellStart` lets it.
      if (byte === quote) [isQuoted, isCellStart] = [false, true];
      return 'inside';
    }
    if (byte === quote && isCellStart) {
      isQuoted = true;
      return 'inside';
    }
    isCellStart = byte === between || byte === newline;
    return byte === newline ? 'end' : 'inside';
  };
}

const opening = new Set([91, 123]);
const closing = new Set([93, 125]);
const comma = 44;

/** Each element of a JSON list is a piece; the text begins behind the list's bracket. */
export function elements(): Divider {
  const isInText = texts();
  let depth = 0;
  return (byte) => {
    if (isInText(byte)) return 'inside';
    if (depth === 0 && byte === comma) return 'end';
    if (depth === 0 && closing.has(byte)) return 'last';
    if (opening.has(byte)) depth += 1;
    if (closing.has(byte)) depth -= 1;
    return 'inside';
  };
}

/** Whether a byte belongs to a JSON text, its quotes included. */
function texts(): (byte: number) => boolean {
  let isOpen = false;
  let isEscaped = false;
  return (byte) => {
    if (!isOpen) {
      isOpen = byte === quote;
      return isOpen;
    }
    const ends = byte === quote && !isEscaped;
    isEscaped = byte === backslash && !isEscaped;
    isOpen = !ends;
    return true;
  };
}
