/** A value that is no JSON, with the words for it. Its name is the step's error. */
class InvalidResult extends Error {
  /** @override */
  name = 'Function.InvalidResult';
}

const most = 10_485_760;
const { stringify } = JSON;

/**
 * The JSON text of what a function returns. What JSON would lose without a word is refused with its place; only properties that are
 * undefined are left out, as everybody expects.
 *
 * @param {unknown} value
 */
export function jsonOf(value) {
  const text = textOf(value);
  if (text !== undefined && text.length > most)
    throw new InvalidResult(
      `The result has more than ${most} characters of JSON. Return less, or store it and return a reference.`,
    );
  return text ?? 'null';
}

/** @param {unknown} value */
function textOf(value) {
  /** @type {Map<unknown, string>} */
  const places = new Map();
  try {
    return stringify(value, function (name, one) {
      const place =
        name === ''
          ? 'The result'
          : `${places.get(this) ?? 'The result'}${Array.isArray(this) ? `[${name}]` : `.${name}`}`;
      const flaw = flawOf(one);
      if (flaw !== undefined) throw new InvalidResult(`${place} is ${flaw}`);
      if (typeof one === 'object' && one !== null) places.set(one, place);
      return one;
    });
  } catch (thrown) {
    if (thrown instanceof InvalidResult) throw thrown;
    if (thrown instanceof TypeError && thrown.message.includes('circular'))
      throw new InvalidResult('The result contains itself: JSON cannot say that.');
    if (thrown instanceof RangeError) throw new InvalidResult('The result is nested too deeply.');
    throw thrown;
  }
}

/** @param {unknown} value */
function flawOf(value) {
  switch (typeof value) {
    case 'bigint':
      return 'a BigInt: turn it into a number or a text.';
    case 'function':
      return 'a function: return data.';
    case 'symbol':
      return 'a symbol: return data.';
    case 'number':
      return Number.isFinite(value) ? undefined : `${value}: JSON has no such number.`;
    case 'object':
      return flawOfObject(value);
    default:
      return undefined;
  }
}

/** @param {object | null} value */
function flawOfObject(value) {
  if (value instanceof Promise) return 'a promise: await it.';
  if (value instanceof Map) return 'a Map: use Object.fromEntries(map).';
  if (value instanceof Set) return 'a Set: use [...set].';
  return undefined;
}
