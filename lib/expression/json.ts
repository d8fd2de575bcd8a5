/** A JSON value as `JSON.parse` gives it; never changed in place. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;

/** A JSON object; key order is kept, as it is part of what people see. */
export interface JsonObject {
  readonly [key: string]: Json;
}

/** Whether a value is a JSON object (neither array nor null). */
export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
