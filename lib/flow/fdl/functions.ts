import type { Expression } from './expression-model';
import { listText } from './list-text';

/** Writes a call in JSONata from its arguments and their JSONata; undefined where that cannot be done. */
type Print = (
  args: readonly Expression[],
  texts: readonly string[],
  changed: (message: string) => void,
) => string | undefined;

function of(count: number, write: (...texts: readonly string[]) => string): Print {
  return (args, texts) => (args.length === count ? write(...texts) : undefined);
}

function literalText(expression: Expression | undefined): string | undefined {
  return expression?.kind === 'literal' && typeof expression.value === 'string'
    ? expression.value
    : undefined;
}

/** `format("a {} b", x)`: each pair of braces takes the next argument. */
const format: Print = (args, texts) => {
  const [first, ...values] = texts;
  if (first === undefined) return undefined;
  const template = literalText(args[0]);
  if (template === undefined) return dynamicFormat(first, values);
  const pieces = template.split('{}').flatMap((piece, index) => {
    const value = index === 0 ? [] : [`$string(${values[index - 1] ?? '"{}"'})`];
    return piece === '' && index > 0 ? value : [...value, JSON.stringify(piece)];
  });
  return `(${pieces.join(' & ')})`;
};

function dynamicFormat(template: string, values: readonly string[]): string {
  const named = `$pieces := $split(${template}, "{}"); $values := [${values.map((value) => `$string(${value})`).join(', ')}]`;
  const piece = 'function($piece, $at) { $at = 0 ? $piece : $values[$at - 1] & $piece }';
  return `(${named}; $join($map($pieces, ${piece}), ""))`;
}

const length: Print = of(1, (value) => {
  const sizes = '$type($value) = "object" ? $count($keys($value)) : $count($value)';
  return `($value := ${value}; $type($value) = "string" ? $length($value) : ${sizes})`;
});

/** JSONata's regular expressions are part of its text, so only a pattern that is known now can be carried over. */
const regexMatch: Print = (args, texts, changed) => {
  const at = args.findIndex((arg) => literalText(arg) !== undefined);
  const pattern = literalText(args[at]);
  const subject = texts[1 - at];
  if (args.length !== 2 || pattern === undefined || pattern === '' || subject === undefined) return undefined;
  if (literalText(args[1]) !== undefined && at === 0)
    changed('Both arguments of "regexMatchString" are constants: the first one is taken for the pattern');
  return `$contains(${subject}, /${pattern.replaceAll(/\\.|\//gs, (found) => (found === '/' ? '\\/' : found))}/)`;
};

const get: Print = (args, [container, key]) => {
  const [, at] = args;
  if (args.length !== 2 || container === undefined || key === undefined) return undefined;
  if (at?.kind === 'literal' && typeof at.value === 'number') return `(${container})[${key}]`;
  if (at?.kind === 'literal') return `$lookup(${container}, ${key})`;
  return `($from := ${container}; $key := ${key}; $type($from) = "array" ? $from[$key] : $lookup($from, $key))`;
};

const randomInt: Print = (args, [minimum, maximum], changed) => {
  if (args.length !== 2) return undefined;
  changed('"randomInt" gives whole numbers from its first argument up to, but not including, its second');
  return `($floor($random() * ((${maximum}) - (${minimum}))) + (${minimum}))`;
};

const parse = of(1, (text) => `$parse(${text})`);
const stringify = of(1, (value) => `$string(${value})`);

/** FDL's functions by name. */
export const functionsOfFdl: ReadonlyMap<string, Print> = new Map<string, Print>([
  ['format', format],
  ['length', length],
  ['split', of(2, (text, separator) => `[$split(${text}, ${separator})]`)],
  ['regexMatchString', regexMatch],
  ['get', get],
  ['intAdd', of(2, (a, b) => `((${a}) + (${b}))`)],
  ['randomInt', randomInt],
  // `in` would compare objects and lists by identity.
  [
    'arrayContains',
    of(2, (list, value) => `$exists($filter(${list}, function($item) { $item = (${value}) }))`),
  ],
  ['arrayUnique', of(1, (list) => `[$distinct(${list})]`)],
  ['toArray', (_, texts) => (texts.length === 0 ? '[]' : listText(texts))],
  ['mapKeys', of(1, (map) => `[$keys(${map})]`)],
  [
    'mapValues',
    of(1, (map) => {
      const values = `$each(${map}, function($value) { $value })[]`;
      return `($values := ${values}; $exists($values) ? $values : [])`;
    }),
  ],
  ['toBase64', of(1, (text) => `$base64encode(${text})`)],
  ['fromBase64', of(1, (text) => `$base64decode(${text})`)],
  ['hash', of(2, (text, algorithm) => `$hash(${text}, ${algorithm})`)],
  ['uuid', of(0, () => '$uuid()')],
  ['stringToJson', parse],
  ['fromJSON', parse],
  ['jsonToString', stringify],
  ['toJSON', stringify],
  ['jsonMerge', of(2, (a, b) => `$merge([${a}, ${b}])`)],
]);
