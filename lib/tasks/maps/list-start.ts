import type { FileHandle } from 'node:fs/promises';

interface Around {
  readonly isList: boolean;
  /** Whether the names on the way to here are those of the pointer. */
  readonly isWanted: boolean;
  index: number;
  name: string;
}

const chunkBytes = 65_536;
const deepest = 1_000;

/**
 * Where the first element of a list begins in a JSON text: of the text itself, or of the list at a JSON Pointer (RFC 6901). The text is read
 * through once and not kept. Undefined where there is no list.
 */
export async function findList(file: FileHandle, pointer: string): Promise<number | undefined> {
  const search = new ListSearch(pointer);
  const chunk = Buffer.allocUnsafe(chunkBytes);
  for (let at = 0; ; ) {
    const { bytesRead } = await file.read(chunk, 0, chunkBytes, at);
    const told = bytesRead === 0 ? 'nowhere' : search.takeAll(chunk.subarray(0, bytesRead));
    if (told === 'nowhere') return undefined;
    if (told !== 'on') return at + told;
    at += bytesRead;
  }
}

class ListSearch {
  private readonly wanted: readonly string[];
  private readonly around: Around[] = [];
  private isText = false;
  private isEscaped = false;
  /** A text in the place of a member's name. */
  private isName = false;
  private text: number[] = [];

  constructor(pointer: string) {
    this.wanted = pointer
      .split('/')
      .slice(1)
      .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
  }

  /** How many bytes lead up to the first element, where it is in here. */
  takeAll(bytes: Buffer): 'on' | 'nowhere' | number {
    for (let i = 0; i < bytes.length; i += 1) {
      const told = this.take(bytes[i] ?? 0);
      if (told !== 'on') return told === 'here' ? i + 1 : told;
    }
    return 'on';
  }

  private take(byte: number): 'on' | 'here' | 'nowhere' {
    if (this.isText) return this.takeText(byte);
    switch (String.fromCharCode(byte)) {
      case '"':
        this.isText = true;
        this.text = [];
        return this.isName || !this.isHere() ? 'on' : 'nowhere';
      case '[':
        return this.isHere() ? 'here' : this.enter(true);
      case '{':
        return this.isHere() ? 'nowhere' : this.enter(false);
      case ']':
      case '}':
        this.around.pop();
        return 'on';
      case ',':
        return this.goOn();
      case ':':
        this.isName = false;
        return 'on';
      default:
        return 'on';
    }
  }

  private takeText(byte: number): 'on' {
    const character = String.fromCharCode(byte);
    if (!this.isEscaped && character === '"') this.endText();
    else if (this.isName && this.text.length < chunkBytes) this.text.push(byte);
    this.isEscaped = !this.isEscaped && character === '\\';
    return 'on';
  }

  private endText(): void {
    this.isText = false;
    const inner = this.around.at(-1);
    if (this.isName && inner !== undefined) inner.name = nameIn(Buffer.from(this.text));
  }

  private goOn(): 'on' {
    const inner = this.around.at(-1);
    if (inner === undefined) return 'on';
    inner.index += 1;
    this.isName = !inner.isList;
    return 'on';
  }

  private enter(isList: boolean): 'on' | 'nowhere' {
    if (this.around.length >= deepest) return 'nowhere';
    this.around.push({ isList, isWanted: this.isOnTheWay(), index: 0, name: '' });
    this.isName = !isList;
    return 'on';
  }

  /** Whether the value that begins now is the one at the pointer. */
  private isHere(): boolean {
    return this.around.length === this.wanted.length && this.isOnTheWay();
  }

  private isOnTheWay(): boolean {
    const inner = this.around.at(-1);
    if (inner === undefined) return true;
    const name = inner.isList ? String(inner.index) : inner.name;
    return inner.isWanted && name === this.wanted[this.around.length - 1];
  }
}

/** What is no text after all stands nowhere in a pointer. */
function nameIn(bytes: Buffer): string {
  try {
    return JSON.parse(`"${bytes.toString('utf8')}"`);
  } catch {
    return '\0';
  }
}
