/** An array that the interpreter made of results: one element stands for itself, none for nothing. */
interface Sequence extends Array<unknown> {
  sequence?: true;
}

/** What the interpreter's own `createSequence` makes. */
export function createSequence(...items: unknown[]): unknown[] {
  const sequence: Sequence = items;
  sequence.sequence = true;
  return sequence;
}

export function isSequence(value: unknown): value is unknown[] {
  return Array.isArray(value) && 'sequence' in value && value.sequence === true;
}

/** As the interpreter ends each step. */
export function unwrapped(result: unknown): unknown {
  if (!isSequence(result) || result.length > 1) return result;
  if (result.length === 0) return undefined;
  return 'keepSingleton' in result && result.keepSingleton === true ? result : result[0];
}
