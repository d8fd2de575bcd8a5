import { deepestNesting, isNestedTooDeep } from './depth';
import { digest, isAlgorithm } from './digest';
import { equals, identityOf } from './equality';
import type { IntrinsicName } from './intrinsic-syntax';
import { isObject, type Json, type JsonObject } from './json';
import type { Chance } from './scope';
import { seededRandom } from './seeded-random';
import { decodeBase64, decodeUtf8, encodeBase64, encodeUtf8 } from './utf8';

/** What an intrinsic function has against its arguments, in words. */
export class IntrinsicRefusal extends Error {
  override readonly name = 'IntrinsicRefusal';
}

const longestText = 10_000;
const longestRange = 1000;

type Intrinsic = (values: readonly Json[], chance: Chance) => Json;

/** All but Format, which looks at its template as it was written. */
export const intrinsics: { readonly [name in Exclude<IntrinsicName, 'Format'>]: Intrinsic } = {
  StringToJson: ([value]) => stringToJson(textOf(value)),
  JsonToString: ([value = null]) => JSON.stringify(value),
  Array: (values) => values,
  ArrayPartition: ([items, size]) => partition(arrayOf(items), positive(integerOf(size))),
  ArrayContains: ([items, wanted = null]) => arrayOf(items).some((item) => equals(item, wanted)),
  ArrayRange: ([start, end, step]) => range(integerOf(start), integerOf(end), integerOf(step)),
  ArrayGetItem: ([items, index]) => itemAt(arrayOf(items), integerOf(index)),
  ArrayLength: ([items]) => arrayOf(items).length,
  ArrayUnique: ([items]) => unique(arrayOf(items)),
  Base64Encode: ([value]) => encodeBase64(encodeUtf8(shortText(value))),
  Base64Decode: ([value]) => base64Decode(shortText(value)),
  Hash: ([value, algorithm]) => hash(value, algorithm),
  JsonMerge: ([first, second, deep]) => merge(first, second, deep),
  MathRandom: ([start, end, seed], chance) => random(integerOf(start), integerOf(end), seed, chance),
  MathAdd: ([first, second]) => integerOf(first) + integerOf(second),
  StringSplit: ([value, separators]) => split(textOf(value), textOf(separators)),
  UUID: (_, chance) => chance.uuid(),
};

function textOf(value: Json | undefined): string {
  if (typeof value !== 'string')
    throw new IntrinsicRefusal(`expected a string but was ${JSON.stringify(value)}`);
  return value;
}

function shortText(value: Json | undefined): string {
  const text = textOf(value);
  if (text.length > longestText)
    throw new IntrinsicRefusal(`a text may have ${longestText} characters at most`);
  return text;
}

function arrayOf(value: Json | undefined): readonly Json[] {
  if (!Array.isArray(value)) throw new IntrinsicRefusal(`expected an array but was ${JSON.stringify(value)}`);
  return value;
}

/** Numbers are rounded half up, towards positive infinity: 1.5 → 2, -1.5 → -1. Never -0. */
function integerOf(value: Json | undefined): number {
  if (typeof value !== 'number')
    throw new IntrinsicRefusal(`expected a number but was ${JSON.stringify(value)}`);
  return Math.round(value) + 0;
}

function positive(size: number): number {
  if (size <= 0) throw new IntrinsicRefusal(`expected a positive number but was ${size}`);
  return size;
}

function stringToJson(text: string): Json {
  if (text.trim() === '') return null;
  const value = parsed(text);
  if (isNestedTooDeep(value))
    throw new IntrinsicRefusal(`the JSON is nested more than ${deepestNesting} levels deep`);
  return value === 0 ? 0 : value;
}

function parsed(text: string): Json {
  try {
    return JSON.parse(text);
  } catch {
    throw new IntrinsicRefusal(`${JSON.stringify(text)} is not valid JSON`);
  }
}

/** Parts of `size` items; the last may be shorter. */
export function partition(items: readonly Json[], size: number): readonly Json[] {
  const parts: Json[] = [];
  for (let at = 0; at < items.length; at += size) parts.push(items.slice(at, at + size));
  return parts;
}

function range(start: number, end: number, step: number): readonly Json[] {
  if (step === 0) throw new IntrinsicRefusal('the step must not be zero');
  const length = Math.max(0, Math.floor((end - start) / step) + 1);
  if (length > longestRange) throw new IntrinsicRefusal(`a range may have ${longestRange} elements at most`);
  return Array.from({ length }, (_, index) => start + index * step);
}

function itemAt(items: readonly Json[], index: number): Json {
  const item = index < 0 ? undefined : items[index];
  if (item === undefined)
    throw new IntrinsicRefusal(`index ${index} is outside of the array of ${items.length} items`);
  return item;
}

/** Each value once, in the order in which they first appear. */
export function unique<Value>(items: readonly Value[]): Value[] {
  const seen = new Set<unknown>();
  return items.filter((item) => {
    const identity = identityOf(item);
    return !seen.has(identity) && seen.add(identity);
  });
}

function base64Decode(text: string): string {
  const bytes = decodeBase64(text);
  const decoded = bytes === undefined ? undefined : decodeUtf8(bytes);
  if (decoded === undefined) throw new IntrinsicRefusal('the text is not valid Base64');
  return decoded;
}

function hash(value: Json | undefined, algorithm: Json | undefined): string {
  if (!isAlgorithm(algorithm))
    throw new IntrinsicRefusal(`there is no algorithm ${JSON.stringify(algorithm)}`);
  return digest(typeof value === 'string' ? shortText(value) : shortText(JSON.stringify(value)), algorithm);
}

function merge(first: Json | undefined, second: Json | undefined, deep: Json | undefined): JsonObject {
  if (!isObject(first) || !isObject(second)) throw new IntrinsicRefusal('expected two objects');
  if (deep !== false)
    throw new IntrinsicRefusal('only shallow merging is supported: the third argument must be false');
  return { ...first, ...second };
}

function random(start: number, end: number, seed: Json | undefined, chance: Chance): number {
  if (start >= end) throw new IntrinsicRefusal(`the range ${start} to ${end} is empty`);
  const drawn = seed === undefined ? chance.random() : seededRandom(integerOf(seed));
  return start + Math.floor(drawn * (end - start));
}

/** Splits at any of the characters and drops empty pieces. */
function split(text: string, separators: string): readonly Json[] {
  const pieces: string[] = [];
  let piece = '';
  for (const character of text) {
    if (!separators.includes(character)) piece += character;
    else {
      if (piece !== '') pieces.push(piece);
      piece = '';
    }
  }
  return piece === '' ? pieces : [...pieces, piece];
}
