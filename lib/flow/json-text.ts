import type { Json } from '@/lib/expression/json';
import { maxDepth } from './limits';
import type { Place } from './positions';

/** What stands in a JSON text, with the place of every value; or the one thing that is wrong with it. */
export type JsonRead =
  | { readonly ok: true; readonly value: Json; readonly root: Place; readonly repeated: readonly Repeated[] }
  | { readonly ok: false; readonly message: string; readonly start: number; readonly end: number };

/** A name that stands twice in one object; as everywhere, the last one counts. */
interface Repeated {
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

/** Reads strict JSON (RFC 8259) and says where each value stands, which `JSON.parse` does not. */
export function readJson(text: string): JsonRead {
  const reader = new Reader(text);
  try {
    const { value, place } = reader.document();
    return { ok: true, value, root: place, repeated: reader.repeated };
  } catch (error) {
    if (error instanceof Unreadable)
      return { ok: false, message: error.message, start: error.start, end: error.end };
    throw error;
  }
}

class Unreadable extends Error {
  readonly start: number;
  readonly end: number;
  constructor(message: string, start: number, end: number) {
    super(message);
    this.start = start;
    this.end = end;
  }
}

interface Read {
  readonly value: Json;
  readonly place: Place;
}
interface Bounds {
  readonly start: number;
  readonly end: number;
}

const number = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const words: Readonly<Record<string, boolean | null>> = { true: true, false: false, null: null };

class Reader {
  readonly repeated: Repeated[] = [];
  private readonly text: string;
  private at = 0;
  private depth = 0;

  constructor(text: string) {
    this.text = text;
    if (text.charCodeAt(0) === 0xfeff) this.at = 1;
  }

  document(): Read {
    this.blanks();
    const read = this.value(undefined);
    this.blanks();
    if (this.at < this.text.length) throw this.unexpected('nothing more after the end of the definition');
    return read;
  }

  private value(key: Bounds | undefined): Read {
    const first = this.text[this.at];
    if (first === '{') return this.nested(() => this.object(key));
    if (first === '[') return this.nested(() => this.array(key));
    const start = this.at;
    const value = first === '"' ? this.string() : this.scalar();
    return { value, place: this.placed(key, start) };
  }

  private nested(read: () => Read): Read {
    if (this.depth >= maxDepth) throw this.wrong(`Nested more than ${maxDepth} levels deep`);
    this.depth += 1;
    const result = read();
    this.depth -= 1;
    return result;
  }

  private object(key: Bounds | undefined): Read {
    const start = this.at;
    const value: Record<string, Json> = {};
    const members = new Map<string, Place>();
    this.list('}', 'a name in double quotes', () => {
      if (this.text[this.at] !== '"') throw this.unexpected('a name in double quotes');
      const bounds = { start: this.at, end: this.at };
      const name = this.string();
      bounds.end = this.at;
      this.blanks();
      if (this.text[this.at] !== ':') throw this.unexpected('a colon after the name');
      this.at += 1;
      this.blanks();
      const member = this.value(bounds);
      if (members.has(name)) this.repeated.push({ name, ...bounds });
      members.set(name, member.place);
      put(value, name, member.value);
    });
    return { value, place: { ...this.placed(key, start), members } };
  }

  private array(key: Bounds | undefined): Read {
    const start = this.at;
    const value: Json[] = [];
    const elements: Place[] = [];
    this.list(']', 'a value', () => {
      const element = this.value(undefined);
      value.push(element.value);
      elements.push(element.place);
    });
    return { value, place: { ...this.placed(key, start), elements } };
  }

  /** From the opening bracket to behind the closing one. */
  private list(close: string, wanted: string, item: () => void): void {
    this.at += 1;
    this.blanks();
    if (this.text[this.at] === close) {
      this.at += 1;
      return;
    }
    for (;;) {
      item();
      this.blanks();
      if (this.text[this.at] === close) break;
      if (this.text[this.at] !== ',') throw this.unexpected(`a comma or ${close}`);
      const comma = this.at;
      this.at += 1;
      this.blanks();
      if (this.text[this.at] === close)
        throw new Unreadable(`Remove this comma: ${wanted} must follow it, not ${close}`, comma, comma + 1);
    }
    this.at += 1;
  }

  private scalar(): Json {
    number.lastIndex = this.at;
    const digits = number.exec(this.text)?.[0];
    if (digits !== undefined) {
      const value = Number(digits);
      if (!Number.isFinite(value)) throw this.wrong('This number is too large');
      this.at += digits.length;
      return value;
    }
    const word = /[a-z]+/y;
    word.lastIndex = this.at;
    const found = word.exec(this.text)?.[0];
    if (found === undefined || !Object.hasOwn(words, found)) throw this.unexpected('a value');
    this.at += found.length;
    return words[found] ?? null;
  }

  private string(): string {
    const { text } = this;
    const start = this.at;
    let escaped = false;
    let at = start + 1;
    for (let code = text.charCodeAt(at); code !== 34; code = text.charCodeAt(at)) {
      if (code < 32 || at >= text.length)
        throw new Unreadable(
          'This string has no closing quote on its line',
          start,
          Math.min(at, text.length),
        );
      if (code === 92) {
        escaped = true;
        at += 1;
      }
      at += 1;
    }
    this.at = at + 1;
    return escaped ? this.unescaped(start) : text.slice(start + 1, at);
  }

  private unescaped(start: number): string {
    const raw = this.text.slice(start, this.at);
    const bad = /\\(?!["\\/bfnrt]|u[0-9a-fA-F]{4})(?:.|$)/s.exec(raw.replaceAll(/\\\\/g, '  '));
    if (bad === null) return String(JSON.parse(raw));
    const from = start + bad.index;
    throw new Unreadable(`"${bad[0]}" is no escape sequence: write a backslash as \\\\`, from, from + 2);
  }

  private blanks(): void {
    for (;;) {
      const code = this.text.charCodeAt(this.at);
      if (code !== 32 && code !== 10 && code !== 13 && code !== 9) return;
      this.at += 1;
    }
  }

  private placed(key: Bounds | undefined, start: number): Place {
    return key === undefined ? { start, end: this.at } : { start, end: this.at, key };
  }

  private wrong(message: string): Unreadable {
    return new Unreadable(message, this.at, Math.min(this.at + 1, this.text.length));
  }

  private unexpected(wanted: string): Unreadable {
    if (this.at >= this.text.length) return this.wrong(`The text ends where ${wanted} must stand`);
    const found = /[A-Za-z0-9_$.]+|./su.exec(this.text.slice(this.at, this.at + 40))?.[0] ?? '';
    const message = `Expected ${wanted}, found ${JSON.stringify(found)}`;
    return new Unreadable(message, this.at, this.at + found.length);
  }
}

/** Sets a member so that the name `__proto__` is a name like any other. */
export function put(object: Record<string, Json>, name: string, value: Json): void {
  if (name === '__proto__')
    Object.defineProperty(object, name, { value, enumerable: true, configurable: true, writable: true });
  else object[name] = value;
}
