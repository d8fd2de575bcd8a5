import { isObject, type Json, type JsonObject } from '@/lib/expression/json';
import type { QueryLanguage } from '../model';
import { type Rule, wrongType } from './rules';
import type { Site } from './site';

/** What an object may hold, by the names of its fields. */
export type Fields = ReadonlyMap<string, Field>;

export interface Field {
  readonly rule: Rule;
  readonly required?: boolean;
  /** A value for the field where it is missing, offered as a fix. */
  readonly usual?: (holder: JsonObject) => Json | undefined;
  /** The query language that has this field; absent: both. */
  readonly only?: QueryLanguage;
}

type Specification = Readonly<Record<string, Rule | Field>>;

/** Fields that both query languages have. */
export function both(specification: Specification): readonly [string, Field][] {
  return Object.entries(specification).map(([key, given]) => [
    key,
    typeof given === 'function' ? { rule: given } : given,
  ]);
}

export function jsonPathOnly(specification: Specification): readonly [string, Field][] {
  return both(specification).map(([key, field]) => [key, { ...field, only: 'JSONPath' }]);
}

export function jsonataOnly(specification: Specification): readonly [string, Field][] {
  return both(specification).map(([key, field]) => [key, { ...field, only: 'JSONata' }]);
}

export function required(rule: Rule, usual?: Field['usual']): Field {
  return usual === undefined ? { rule, required: true } : { rule, required: true, usual };
}

/** Fields of which at most one may be there; `some` demands one. */
export interface Exclusive {
  readonly names: readonly string[];
  readonly some?: boolean;
}

/** An object with known fields and no others. `what` names it in sentences: `A Pass state`. */
export function object(what: string, fields: Fields, exclusive: readonly Exclusive[] = []): Rule {
  return (value, site) => {
    if (!isObject(value)) return wrongType(value, site, 'an object');
    checkFields(value, site, { what, fields });
    for (const group of exclusive) checkExclusive(value, site, { what, fields, group });
  };
}

/** Checks the fields of an object: unknown ones, those of the other query language, missing ones, and their values. */
export function checkFields(
  value: JsonObject,
  site: Site,
  { what, fields }: { readonly what: string; readonly fields: Fields },
): void {
  for (const [key, inner] of Object.entries(value)) {
    const field = fields.get(key);
    const at = site.member(key);
    if (field === undefined) unknown(key, value, { site, what, fields });
    else if (field.only !== undefined && field.only !== site.language) otherLanguage(key, at, field.only);
    else field.rule(inner, at);
  }
  for (const [key, field] of fields)
    if (
      field.required === true &&
      [undefined, site.language].includes(field.only) &&
      !Object.hasOwn(value, key)
    )
      missing(key, value, { site, what, field });
}

function missing(
  key: string,
  holder: JsonObject,
  { site, what, field }: { site: Site; what: string; field: Field },
): void {
  const usual = field.usual?.(holder);
  const title = `Add "${key}": ${JSON.stringify(usual)}`;
  const fix = usual === undefined ? {} : { fix: { title, pointer: site.member(key).pointer, value: usual } };
  site.error('MISSING_FIELD', `${what} needs the field "${key}": add it`, fix);
}

export function checkExclusive(
  value: JsonObject,
  site: Site,
  { what, fields, group }: { readonly what: string; readonly fields: Fields; readonly group: Exclusive },
): void {
  const here = group.names.filter((key) => Object.hasOwn(value, key));
  const possible = group.names.filter((key) => [undefined, site.language].includes(fields.get(key)?.only));
  const names = possible.map((key) => `"${key}"`).join(' or ');
  if (here.length === 0 && group.some === true)
    site.error('MISSING_FIELD', `${what} needs ${names}: add one of them`);
  for (const key of here.slice(1)) {
    const at = site.member(key);
    const message = `${what} takes only one of ${here.map((other) => `"${other}"`).join(' and ')}: remove the others`;
    at.error('EXCLUSIVE_FIELDS', message, { fix: at.removal(`Remove "${key}"`) });
  }
}

function unknown(
  key: string,
  holder: JsonObject,
  { site, what, fields }: { site: Site; what: string; fields: Fields },
): void {
  const at = site.member(key);
  const meant = at.nearest(key, fields.keys());
  if (meant === undefined || Object.hasOwn(holder, meant)) {
    const fix = at.removal(`Remove "${key}"`);
    at.error('UNKNOWN_FIELD', `${what} has no field "${key}": remove it`, { fix });
    return;
  }
  const renamed = Object.entries(holder).map(([name, value]) => [name === key ? meant : name, value]);
  const fix = site.replacement(`Rename it to "${meant}"`, Object.fromEntries(renamed));
  at.error('UNKNOWN_FIELD', `${what} has no field "${key}": did you mean "${meant}"?`, { fix });
}

const otherWay: Readonly<Record<QueryLanguage, string>> = {
  JSONata: 'set "QueryLanguage" to "JSONata" to use it',
  JSONPath: 'use "Arguments", "Output" and "Assign" with {% … %} expressions instead',
};

function otherLanguage(key: string, at: Site, only: QueryLanguage): void {
  const message = `"${key}" belongs to ${only}, but the query language here is ${at.language}: ${otherWay[only]}`;
  at.error('OTHER_QUERY_LANGUAGE', message, { fix: at.removal(`Remove "${key}"`) });
}

/** The value of a member as an object, where it is one. */
export function objectIn(value: JsonObject, key: string): JsonObject | undefined {
  const inner: Json | undefined = Object.hasOwn(value, key) ? value[key] : undefined;
  return isObject(inner) ? inner : undefined;
}
