import { isObject, type JsonObject } from '@/lib/expression/json';
import type { Fix } from '../problem';
import { template } from './expressions';
import { type Rule, wrongType } from './rules';
import type { Site } from './site';

const identifier = /^[\p{L}\p{Nl}_][\p{L}\p{Nl}\p{Mn}\p{Mc}\p{Nd}\p{Pc}]*$/u;

/** `Assign`: variables by name; in JSONPath a name that ends in `.$` is given a computed value. */
export const assign: Rule = (value, site) => {
  if (!isObject(value)) return wrongType(value, site, 'an object of variables');
  for (const key of Object.keys(value)) {
    const name = variableName(key, site.language);
    const at = site.member(key);
    const message =
      name === 'states'
        ? '"states" is reserved: name the variable otherwise'
        : `"${name}" is no variable name: use up to 80 letters, digits and _, a letter first`;
    if (!isVariableName(name)) at.error('VARIABLE_NAME', message, renaming(key, value, site));
  }
  template(value, site);
};

function isVariableName(name: string): boolean {
  return name !== 'states' && identifier.test(name) && [...name].length <= 80;
}

/** The same with what cannot stand in a name left out, where a free name is left. */
function renaming(key: string, variables: JsonObject, site: Site): { fix?: Fix } {
  const suffix = key.slice(variableName(key, site.language).length);
  const name = [
    ...variableName(key, site.language).replaceAll(/[^\p{L}\p{Nl}\p{Mn}\p{Mc}\p{Nd}\p{Pc}]+/gu, '_'),
  ];
  const meant = name
    .slice(0, 80)
    .join('')
    .replace(/^_+(?=\p{L})|_+$/gu, '');
  const taken = Object.hasOwn(variables, meant) || Object.hasOwn(variables, `${meant}.$`);
  if (!isVariableName(meant) || taken) return {};
  const renamed = Object.entries(variables).map(([other, value]) => [
    other === key ? meant + suffix : other,
    value,
  ]);
  return { fix: site.replacement(`Name it "${meant}"`, Object.fromEntries(renamed)) };
}

/** The variable that a member of `Assign` sets. */
export function variableName(key: string, language: 'JSONPath' | 'JSONata'): string {
  return language === 'JSONPath' && key.endsWith('.$') ? key.slice(0, -2) : key;
}
