import { isDeepStrictEqual } from 'node:util';
import type { Json } from '@/lib/expression/json';

/** Whether two JSON values are the same but for what is at the JSON Pointers to ignore. */
export function same(
  expected: Json | undefined,
  actual: Json | undefined,
  ignore: readonly string[] = [],
): boolean {
  if (isDeepStrictEqual(normal(expected), normal(actual))) return true;
  return ignore.length > 0 && isDeepStrictEqual(without(expected, ignore), without(actual, ignore));
}

/**
 * A copy without what a comparison of values must not see: negative zero, and `Execution.RedriveCount` of the context object, which
 * recordings from before AWS had redrives lack.
 */
function normal(value: Json | undefined): unknown {
  if (value === undefined) return undefined;
  return JSON.parse(JSON.stringify(value), (name, inner) => {
    if (name === 'Execution' && inner !== null && inner.RedriveCount === 0) delete inner.RedriveCount;
    return inner === 0 ? 0 : inner;
  });
}

function without(value: Json | undefined, pointers: readonly string[]): unknown {
  const copy = normal(value);
  for (const pointer of pointers) blank(copy, pointer.split('/').slice(1));
  return copy;
}

function blank(value: unknown, [first, ...rest]: readonly string[]): void {
  if (first === undefined || typeof value !== 'object' || value === null) return;
  // A parsed JSON object or array, whose members are looked up by name.
  const place = value as { [name: string]: unknown };
  const name = first.replaceAll('~1', '/').replaceAll('~0', '~');
  if (rest.length === 0) place[name] = '…';
  else blank(place[name], rest);
}
