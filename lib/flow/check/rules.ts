import type { Json } from '@/lib/expression/json';
import { tokens } from '../pointer';
import type { Site } from './site';

/** What one value of the definition must be like; says at the site what is wrong with it. */
export type Rule = (value: Json, site: Site) => void;

export const anything: Rule = () => {};

export const text: Rule = (value, site) => {
  if (typeof value !== 'string') wrongType(value, site, 'a string');
};

export const nonEmptyText: Rule = (value, site) => {
  if (typeof value !== 'string') wrongType(value, site, 'a string');
  else if (value === '') site.error('WRONG_VALUE', `"${name(site)}" is empty: give it a value`);
};

export const flag: Rule = (value, site) => {
  if (typeof value === 'boolean') return;
  const meant = value === 'true' ? true : value === 'false' ? false : undefined;
  wrongType(value, site, 'true or false', meant);
};

/** A whole number within bounds, both inclusive. */
export function integer(minimum: number, maximum: number): Rule {
  const wanted = `a whole number${bounds(minimum, maximum)}`;
  return (value, site) => {
    if (typeof value !== 'number') return wrongType(value, site, wanted, meantNumber(value));
    if (Number.isInteger(value) && value >= minimum && value <= maximum) return;
    const meant = Math.min(maximum, Math.max(minimum, Math.round(value)));
    const fix = site.replacement(`Make it ${meant}`, meant);
    site.error('WRONG_VALUE', `"${name(site)}" must be ${wanted}, but is ${value}`, { fix });
  };
}

/** Bounds as they stand in a sentence; what no JSON number reaches is none. */
function bounds(minimum: number, maximum: number): string {
  const below = minimum > Number.NEGATIVE_INFINITY;
  const above = maximum < Number.MAX_SAFE_INTEGER;
  if (below) return above ? ` from ${minimum} to ${maximum}` : ` of at least ${minimum}`;
  return above ? ` of at most ${maximum}` : '';
}

/** Any number within bounds, both inclusive. */
export function number(minimum: number, maximum: number): Rule {
  const wanted = `a number${bounds(minimum, maximum)}`;
  return (value, site) => {
    if (typeof value !== 'number') return wrongType(value, site, wanted, meantNumber(value));
    if (value >= minimum && value <= maximum) return;
    const meant = Math.min(maximum, Math.max(minimum, value));
    const fix = site.replacement(`Make it ${meant}`, meant);
    site.error('WRONG_VALUE', `"${name(site)}" must be ${wanted}, but is ${value}`, { fix });
  };
}

export function oneOf(...allowed: readonly string[]): Rule {
  return (value, site) => {
    if (typeof value === 'string' && allowed.includes(value)) return;
    const meant = typeof value === 'string' ? site.nearest(value, allowed) : undefined;
    const fix = meant === undefined ? {} : { fix: site.replacement(`Make it "${meant}"`, meant) };
    site.error(
      'WRONG_VALUE',
      `"${name(site)}" must be one of ${quoted(allowed)}, but is ${shown(value)}`,
      fix,
    );
  };
}

export function orNull(rule: Rule): Rule {
  return (value, site) => {
    if (value !== null) rule(value, site);
  };
}

export function list(element: Rule, { empty }: { readonly empty: boolean }): Rule {
  return (value, site) => {
    if (!Array.isArray(value)) return wrongType(value, site, 'a list');
    if (!empty && value.length === 0)
      site.error('WRONG_VALUE', `"${name(site)}" must have at least one entry`);
    for (const [index, item] of value.entries()) element(item, site.member(index));
  };
}

/** Says that a value has the wrong type; `meant` is offered as the fix, where it is clear. */
export function wrongType(value: Json, site: Site, wanted: string, meant?: Json): void {
  const fix = meant === undefined ? {} : { fix: site.replacement(`Make it ${JSON.stringify(meant)}`, meant) };
  site.error('WRONG_TYPE', `"${name(site)}" must be ${wanted}, but is ${kind(value)}`, fix);
}

/** The name of the field that a site is: `Next`, or `entry 2 of Retry` for elements of lists. */
export function name(site: Site): string {
  const keys = tokens(site.pointer);
  const last = keys.at(-1);
  if (last === undefined) return 'the definition';
  return /^\d+$/.test(last) && keys.length > 1 ? `${keys.at(-2)}[${last}]` : last;
}

export function quoted(words: readonly string[]): string {
  return words.map((word) => `"${word}"`).join(', ');
}

/** A value in a sentence: texts and numbers as they are, larger things by their kind. */
function shown(value: Json): string {
  if (typeof value === 'object' && value !== null) return kind(value);
  const whole = JSON.stringify(value);
  return whole.length > 60 ? `${whole.slice(0, 59)}…` : whole;
}

function kind(value: Json): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'an object';
  return `the ${typeof value} ${shown(value)}`;
}

function meantNumber(value: Json): number | undefined {
  return typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : undefined;
}
