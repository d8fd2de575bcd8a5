import { digest, isAlgorithm } from './digest';
import { jsonata } from './generated/jsonata';
import { partition, unique } from './intrinsic-function';
import type { Json } from './json';
import { isSequence } from './jsonata-sequence';
import type { Scope } from './scope';
import { seededRandom } from './seeded-random';
import { decodeBase64, decodeUtf8, encodeBase64, encodeUtf8 } from './utf8';

/** What the interpreter hands a native function as `this`. */
interface Focus {
  readonly environment: { readonly base: { readonly scope: Scope; charge(steps: number): void } };
  readonly createSequence: (...items: unknown[]) => unknown[];
}

interface AwsFunction {
  readonly implementation: (this: Focus, ...values: never[]) => unknown;
  /** JSONata's own notation: `a` array, `n` number, `s` string, `x` anything, `-` "or the context", `?` optional. */
  readonly signature: string;
}

const longestRange = 1_000_000;
const widestPad = 1_000_000;

/**
 * What AWS adds to JSONata, what depends on the clock, on chance or on the platform in the original, and what takes
 * unbounded or quadratic time there.
 */
export const awsFunctions: { readonly [name: string]: AwsFunction } = {
  partition: {
    signature: '<an:a>',
    implementation: (items: readonly Json[] | undefined, size: number | undefined) => {
      if (items === undefined || size === undefined) return undefined;
      if (Math.floor(size) < 1) return refuse(`The second argument of $partition must be positive: ${size}`);
      return partition(items, Math.floor(size));
    },
  },
  range: { signature: '<nnn:a<n>>', implementation: range },
  hash: {
    signature: '<xs:s>',
    implementation: (content: Json | undefined, algorithm: string | undefined) => {
      if (content === undefined || algorithm === undefined) return undefined;
      if (!isAlgorithm(algorithm)) return refuse(`$hash does not know the algorithm ${algorithm}`);
      return digest(typeof content === 'string' ? content : JSON.stringify(content), algorithm);
    },
  },
  random: {
    signature: '<n?:n>',
    implementation(seed?: number) {
      return seed === undefined ? chanceOf(this).random() : seededRandom(seed);
    },
  },
  uuid: {
    signature: '<:s>',
    implementation() {
      return chanceOf(this).uuid();
    },
  },
  parse: { signature: '<s-:x>', implementation: parse },
  shuffle: { signature: '<a:a>', implementation: shuffle },
  distinct: { signature: '<x:x>', implementation: distinct },
  pad: { signature: '<s-ns?:s>', implementation: pad },
  merge: {
    signature: '<a<o>:o>',
    implementation(objects?: readonly object[]) {
      for (const one of objects ?? []) this.environment.base.charge(Object.keys(one).length >> 3);
      return originalMerge.implementation(objects);
    },
  },
  clone: {
    signature: '<(oa)-:o>',
    implementation(value?: unknown) {
      const text = originalString.implementation(value);
      if (typeof text !== 'string') return undefined;
      this.environment.base.charge(text.length >> 6);
      return JSON.parse(text);
    },
  },
  now: {
    signature: '<s?s?:s>',
    implementation(picture?: string, timezone?: string) {
      return fromMillis.implementation.call(this, this.environment.base.scope.now, picture, timezone);
    },
  },
  millis: {
    signature: '<:n>',
    implementation() {
      return this.environment.base.scope.now;
    },
  },
  base64encode: {
    signature: '<s-:s>',
    implementation: (text: string | undefined) =>
      text === undefined ? undefined : encodeBase64(encodeUtf8(text)),
  },
  base64decode: {
    signature: '<s-:s>',
    implementation: (text: string | undefined) => {
      if (text === undefined) return undefined;
      const bytes = decodeBase64(text);
      return (bytes && decodeUtf8(bytes)) ?? refuse('The text is not valid Base64');
    },
  },
};

const fromMillis = nativeFunction('fromMillis');
const originalPad = nativeFunction('pad');
const originalMerge = nativeFunction('merge');
const originalString = nativeFunction('string');

export function nativeFunction(name: string): {
  readonly implementation: (this: unknown, ...values: unknown[]) => unknown;
} {
  const found = jsonata.core.staticFrame.lookup(name);
  if (typeof found !== 'object' || found === null || !('implementation' in found))
    throw new Error(`jsonata has no $${name}`);
  const { implementation } = found;
  if (typeof implementation !== 'function') throw new Error(`jsonata's $${name} is no function`);
  return { implementation: (...values) => Reflect.apply(implementation, undefined, values) };
}

function chanceOf(focus: Focus): Scope['chance'] {
  return focus.environment.base.scope.chance;
}

/** D3137 is JSONata's code for an error whose message comes from outside (`$error`). */
function refuse(message: string): never {
  throw Object.assign(new Error(message), { code: 'D3137' });
}

/** A sequence, so that a range of one element is that element. */
function range(this: Focus, start?: number, end?: number, step?: number): unknown {
  if (start === undefined || end === undefined || step === undefined) return undefined;
  if (step === 0) return refuse('The third argument of $range must not be zero');
  const length = Math.max(0, Math.floor((end - start) / step) + 1);
  if (length > longestRange) return refuse(`$range would make ${length} elements`);
  const sequence = this.createSequence();
  for (let index = 0; index < length; index += 1) sequence.push(start + index * step);
  return sequence;
}

function parse(text: string | undefined): Json | undefined {
  if (text === undefined) return undefined;
  try {
    const value: Json = JSON.parse(text);
    return value === 0 ? 0 : value;
  } catch {
    return refuse(`The argument of $parse is not valid JSON: ${JSON.stringify(text)}`);
  }
}

/** Fisher and Yates, from the execution's own chance. */
function shuffle(this: Focus, items: readonly unknown[] | undefined): readonly unknown[] | undefined {
  if (items === undefined || items.length <= 1) return items;
  const shuffled: unknown[] = [];
  items.forEach((item, at) => {
    const place = Math.floor(chanceOf(this).random() * (at + 1));
    shuffled.push(shuffled[place]);
    shuffled[place] = item;
  });
  return shuffled;
}

function distinct(this: Focus, items: unknown): unknown {
  if (!Array.isArray(items) || items.length <= 1) return items;
  const found = unique(items);
  if (!isSequence(items)) return found;
  const sequence = this.createSequence();
  for (const item of found) sequence.push(item);
  return sequence;
}

function pad(text?: string, width?: number, filling?: string): unknown {
  if (width !== undefined && Math.abs(width) > widestPad)
    return refuse(`$pad would make ${Math.abs(width)} characters`);
  return originalPad.implementation(text, width, filling);
}
