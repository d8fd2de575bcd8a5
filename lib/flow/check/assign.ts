import { isObject } from '@/lib/expression/json';
import { template } from './expressions';
import { type Rule, wrongType } from './rules';

const identifier = /^[\p{L}\p{Nl}_][\p{L}\p{Nl}\p{Mn}\p{Mc}\p{Nd}\p{Pc}]*$/u;

/** `Assign`: variables by name; in JSONPath a name that ends in `.$` is given a computed value. */
export const assign: Rule = (value, site) => {
  if (!isObject(value)) return wrongType(value, site, 'an object of variables');
  for (const key of Object.keys(value)) {
    const name = variableName(key, site.language);
    const at = site.member(key);
    if (name === 'states') at.error('VARIABLE_NAME', '"states" is reserved: name the variable otherwise');
    else if (!identifier.test(name) || [...name].length > 80)
      at.error(
        'VARIABLE_NAME',
        `"${name}" is no variable name: use up to 80 letters, digits and _, a letter first`,
      );
  }
  template(value, site);
};

/** The variable that a member of `Assign` sets. */
export function variableName(key: string, language: 'JSONPath' | 'JSONata'): string {
  return language === 'JSONPath' && key.endsWith('.$') ? key.slice(0, -2) : key;
}
