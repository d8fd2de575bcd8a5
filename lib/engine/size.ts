import { LanguageFailure } from '@/lib/expression/failure';
import type { Json, JsonObject } from '@/lib/expression/json';
import type { Execution, Scope } from './execution';
import { usualPayloadLimit } from './limits';
import { scopeSeenFrom } from './places';

/** Sizes of values that were measured: values are never changed, and are handed on from state to state. */
const known = new WeakMap<object, number>();

/** How often the payload limit all variables together may take: AWS' 10 MiB. */
const variablesLimit = 40;

/** Throws LanguageFailure States.DataLimitExceeded where a value's JSON text is larger than the execution allows. */
export function checkSize(execution: Execution, value: Json, what: string): void {
  const limit = execution.start.options?.payloadLimit ?? usualPayloadLimit;
  if (sizeOf(value) <= limit) return;
  throw new LanguageFailure(
    'States.DataLimitExceeded',
    `The state/task '${what}' returned a result with a size exceeding the maximum number of bytes service limit.`,
  );
}

/** The same for what Assign sets: each variable, all that one Assign sets, and all that the scope would then see. */
export function checkVariables(execution: Execution, scope: Scope, assigned: JsonObject): void {
  const limit = execution.start.options?.payloadLimit ?? usualPayloadLimit;
  let sum = sizeOf(assigned);
  if (sum > limit) refuseVariables(Object.keys(assigned), limit);
  for (let at: Scope | undefined = scope; at !== undefined; at = scopeSeenFrom(execution, at)) {
    for (const [name, value] of Object.entries(at.variables)) {
      if (at !== scope || !Object.hasOwn(assigned, name)) sum += roughSizeOf(value);
    }
  }
  if (sum > limit * variablesLimit) refuseVariables(['of the whole execution'], limit * variablesLimit);
}

function refuseVariables(names: readonly string[], limit: number): never {
  throw new LanguageFailure(
    'States.DataLimitExceeded',
    `The variables ${names.join(', ')} exceed the maximum size of ${limit} bytes.`,
  );
}

/** Quick where a text is long: the sum of all variables need not be exact to the byte. */
function roughSizeOf(value: Json): number {
  return typeof value === 'string' ? value.length : sizeOf(value);
}

/** Bytes of a value's compact JSON text in UTF-8. */
export function sizeOf(value: Json): number {
  if (typeof value === 'string') return textSize(value);
  if (typeof value !== 'object' || value === null) return String(value).length;
  const measured = known.get(value);
  if (measured !== undefined) return measured;
  const size = Array.isArray(value) ? arraySize(value) : objectSize(value);
  known.set(value, size);
  return size;
}

function arraySize(values: readonly Json[]): number {
  let size = 1 + Math.max(1, values.length);
  for (const value of values) size += sizeOf(value);
  return size;
}

function objectSize(value: object): number {
  const entries: [string, Json][] = Object.entries(value);
  let size = 1 + Math.max(1, entries.length);
  for (const [key, inner] of entries) size += textSize(key) + 1 + sizeOf(inner);
  return size;
}

/** Quotes and escapes included. */
function textSize(text: string): number {
  let size = 2;
  for (let i = 0; i < text.length; i += 1) size += unitSize(text.charCodeAt(i));
  return size;
}

function unitSize(unit: number): number {
  if (unit >= 0x80) return unit < 0x800 || isSurrogate(unit) ? 2 : 3;
  if (unit < 0x20) return shortEscapes.has(unit) ? 2 : 6;
  return unit === 0x22 || unit === 0x5c ? 2 : 1;
}

/** Half of a pair that takes four bytes together. */
function isSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdfff;
}

const shortEscapes: ReadonlySet<number> = new Set([8, 9, 10, 12, 13]);
