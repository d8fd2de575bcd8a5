import { isObject, type Json } from '@/lib/expression/json';

/** Whether two JSON values are the same, the order of members included: it is part of what people see. */
export function same(a: Json | undefined, b: Json | undefined): boolean {
  if (Object.is(a, b)) return true;
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((item, index) => same(item, b[index]));
  if (!isObject(a) || !isObject(b)) return a === 0 && b === 0;
  const names = Object.keys(a);
  const others = Object.keys(b);
  return (
    names.length === others.length && names.every((name, at) => name === others[at] && same(a[name], b[name]))
  );
}
