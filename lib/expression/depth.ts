import type { Json } from './json';

/** How deep a value that was made from text may be nested: what recurses over values stays clear of the stack's end. */
export const deepestNesting = 1000;

/** Whether a value is nested deeper than that. Looks at one level after the other, since its depth is not known to be sane. */
export function isNestedTooDeep(value: Json): boolean {
  let level = [value].filter(isContainer);
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth >= deepestNesting) return true;
    level = level.flatMap((container) => Object.values(container).filter(isContainer));
  }
  return false;
}

function isContainer(value: Json): value is Exclude<Json, null | boolean | number | string> {
  return typeof value === 'object' && value !== null;
}
