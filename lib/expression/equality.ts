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
