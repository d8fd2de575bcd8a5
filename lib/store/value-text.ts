import { hash } from 'node:crypto';
import type { Json } from '@/lib/expression/json';

/** A value whose text is longer than this is written once per execution, by its hash, and referred to. */
const bigFrom = 1024;

/** The JSON text of a value; of a big one with its hash and the execution that already holds it. */
export interface ValueText {
  readonly json: string;
  /** SHA-256 of `json`, base64url; absent where the value is small. */
  readonly hash?: string;
  /** Id of the execution whose journal holds the value by its hash. One is enough: values rarely travel between executions. */
  storedFor?: string;
}

const known = new WeakMap<object, ValueText>();

/**
 * The text of a value. Values are never changed in place, so a big one is serialised and hashed once however often it is
 * passed on; for small ones looking it up would cost more than doing it again.
 */
export function textOf(value: Json): ValueText {
  if (typeof value !== 'object' || value === null) return text(JSON.stringify(value));
  const before = known.get(value);
  if (before) return before;
  const made = text(JSON.stringify(value));
  if (made.hash !== undefined) known.set(value, made);
  return made;
}

/** Parses the text of a value that an execution's journal holds by its hash, so that it is not written there again. */
export function readStored(json: string, sha256: string, executionId: string): Json {
  const value: Json = JSON.parse(json);
  if (typeof value === 'object' && value !== null)
    known.set(value, { json, hash: sha256, storedFor: executionId });
  return value;
}

function text(json: string): ValueText {
  return json.length > bigFrom ? { json, hash: hash('sha256', json, 'base64url') } : { json };
}
