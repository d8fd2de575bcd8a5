import { isObject, type Json, type JsonObject } from '@/lib/expression/json';
import type { QueryLanguage } from '../model';
import { child } from '../pointer';
import { nearest } from './nearest';

/** Something in a value that its schema does not allow. */
export interface Flaw {
  /** From the value on. */
  readonly pointer: string;
  readonly message: string;
}

/**
 * What a JSON Schema (of the kind that zod writes) does not allow in a value. What is computed when the state runs, by an expression or a
 * path, is taken to be right. A schema may say what to do in its own words: `problem`.
 */
export function flawsOf(value: Json, schema: JsonObject, language: QueryLanguage): readonly Flaw[] {
  return flawsAt('', value, schema, language);
}

function flawsAt(at: string, value: Json, schema: JsonObject, language: QueryLanguage): readonly Flaw[] {
  // All references that zod writes here mean any JSON at all.
  if (schema.$ref !== undefined || isExpression(value, language)) return [];
  if (Array.isArray(schema.anyOf)) return flawsOfUnion(at, value, schema, language);
  const own = flawOf(value, schema);
  if (own !== undefined) return [{ pointer: at, message: textIn(schema, 'problem') ?? own }];
  if (isObject(value)) return flawsOfMembers(at, value, schema, language);
  if (!Array.isArray(value) || !isObject(schema.items)) return [];
  const { items } = schema;
  return value.flatMap((item, index) => flawsAt(child(at, index), item, items, language));
}

function isExpression(value: Json, language: QueryLanguage): boolean {
  return language === 'JSONata' && typeof value === 'string' && value.startsWith('{%');
}

function flawsOfUnion(at: string, value: Json, schema: JsonObject, language: QueryLanguage): readonly Flaw[] {
  const branches = Array.isArray(schema.anyOf) ? schema.anyOf.filter(isObject) : [];
  const tried = branches.map((branch) => flawsAt(at, value, branch, language));
  if (tried.some((flaws) => flaws.length === 0)) return [];
  const problem = textIn(schema, 'problem');
  if (problem !== undefined) return [{ pointer: at, message: problem }];
  // Of a list or an object what is wrong inside says more than that it is none of several things.
  const inside = tried.find((flaws) => flaws.some(({ pointer }) => pointer !== at));
  if (inside !== undefined) return inside;
  return [{ pointer: at, message: `This must be ${listed(branches.map(described), 'or')}` }];
}

function flawsOfMembers(
  at: string,
  value: JsonObject,
  schema: JsonObject,
  language: QueryLanguage,
): readonly Flaw[] {
  const required = Array.isArray(schema.required) ? schema.required.map(String) : [];
  const missing = required.filter(
    (name) => !Object.hasOwn(value, name) && !(language === 'JSONPath' && Object.hasOwn(value, `${name}.$`)),
  );
  return [
    ...missing.map((name) => ({ pointer: child(at, name), message: `"${name}" must be given` })),
    ...Object.entries(value).flatMap(([key, member]) => {
      const place = child(at, key);
      const computed = language === 'JSONPath' && key.endsWith('.$');
      const known = schemaOfMember(computed ? key.slice(0, -2) : key, schema);
      if (typeof known === 'string') return [{ pointer: place, message: known }];
      return computed || known === undefined ? [] : flawsAt(place, member, known, language);
    }),
  ];
}

/** What a member must be (undefined: anything), or what is wrong with its being there. */
function schemaOfMember(name: string, schema: JsonObject): JsonObject | string | undefined {
  const properties = isObject(schema.properties) ? schema.properties : {};
  const known = Object.hasOwn(properties, name) ? properties[name] : schema.additionalProperties;
  if (known === false) return unknownName(name, Object.keys(properties));
  const wrong = isObject(schema.propertyNames) ? flawOf(name, schema.propertyNames) : undefined;
  if (wrong !== undefined) return `The name "${name}" is wrong: ${wrong}`;
  return isObject(known) ? known : undefined;
}

function unknownName(name: string, known: readonly string[]): string {
  const meant = nearest(name, known);
  const advice = meant === undefined ? `there are ${listed(known, 'and')}` : `do you mean "${meant}"?`;
  return `There is no parameter "${name}": ${advice}`;
}

/** What is wrong with the value itself, whatever it holds. */
function flawOf(value: Json, schema: JsonObject): string | undefined {
  const { type } = schema;
  const options = schema.const === undefined ? schema.enum : [schema.const];
  if (Array.isArray(options) && !options.includes(value)) return notAmong(options);
  if (typeof type === 'string' && !isOfType(value, type)) return `This must be ${words[type] ?? type}`;
  if (typeof value === 'string') return flawOfText(value, schema);
  if (typeof value === 'number') return flawOfNumber(value, schema);
  return Array.isArray(value) ? flawOfList(value, schema) : undefined;
}

function notAmong(options: readonly Json[]): string {
  const texts = options.map((option) => JSON.stringify(option));
  return `This must be ${options.length > 1 ? 'one of ' : ''}${listed(texts, 'or')}`;
}

function flawOfList(value: readonly Json[], { minItems }: JsonObject): string | undefined {
  if (typeof minItems !== 'number' || value.length >= minItems) return undefined;
  return `This list needs at least ${minItems} ${minItems === 1 ? 'entry' : 'entries'}`;
}

function flawOfText(value: string, { minLength, maxLength, pattern, problem }: JsonObject) {
  if (typeof minLength === 'number' && value.length < minLength)
    return minLength === 1 ? 'This must not be empty' : `This needs at least ${minLength} characters`;
  if (typeof maxLength === 'number' && value.length > maxLength)
    return `This may have at most ${maxLength} characters, but has ${value.length}`;
  if (typeof pattern === 'string' && !new RegExp(pattern, 'u').test(value))
    return typeof problem === 'string'
      ? problem
      : `${JSON.stringify(value)} does not have the form ${pattern}`;
  return undefined;
}

function flawOfNumber(value: number, { minimum, maximum, exclusiveMinimum }: JsonObject) {
  if (typeof minimum === 'number' && value < minimum) return `This must be at least ${minimum}`;
  if (typeof exclusiveMinimum === 'number' && value <= exclusiveMinimum)
    return `This must be more than ${exclusiveMinimum}`;
  if (typeof maximum === 'number' && value > maximum) return `This must be at most ${maximum}`;
  return undefined;
}

const words: { readonly [type: string]: string } = {
  string: 'a text',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a JSON object',
  null: 'null',
};

function isOfType(value: Json, type: string): boolean {
  switch (type) {
    case 'integer':
      return Number.isInteger(value);
    case 'array':
      return Array.isArray(value);
    case 'object':
      return isObject(value);
    case 'null':
      return value === null;
    default:
      return typeof value === type;
  }
}

function described(schema: JsonObject): string {
  return typeof schema.type === 'string' ? (words[schema.type] ?? schema.type) : 'JSON';
}

function listed(texts: readonly string[], word: string): string {
  const [last = '', ...before] = [...new Set(texts)].reverse();
  return before.length === 0 ? last : `${before.reverse().join(', ')} ${word} ${last}`;
}

function textIn(schema: JsonObject, name: string): string | undefined {
  const { [name]: text } = schema;
  return typeof text === 'string' ? text : undefined;
}
