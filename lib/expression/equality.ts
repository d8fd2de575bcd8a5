import { isObject, type Json } from './json';

/** Whether two JSON values are the same, whatever the order of their keys. `0` is `0.0`, `1` is not `'1'`. */
export function equals(left: Json, right: Json): boolean {
  if (left === right) return true;
  if (Array.isArray(left)) {
    return (
      Array.isArray(right) &&
      left.length === right.length &&
      left.every((item, at) => equals(item, right[at]))
    );
  }
  if (!isObject(left) || !isObject(right)) return false;
  const keys = Object.keys(left);
  return (
    keys.length === Object.keys(right).length &&
    keys.every((key) => Object.hasOwn(right, key) && equals(left[key] ?? null, right[key] ?? null))
  );
}

/**
 * Something to put in a Set or a Map: two values have the same identity exactly when they are equal. An object's is its
 * JSON with sorted keys behind a mark; a text that begins with the mark has it once more.
 */
export function identityOf(value: unknown): unknown {
  if (typeof value === 'string') return value.startsWith(mark) ? mark + value : value;
  return typeof value === 'object' && value !== null ? mark + JSON.stringify(value, sorted) : value;
}

const mark = '\0';

function sorted(_: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1)));
}
