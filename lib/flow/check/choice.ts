import { isObject, type Json, type JsonObject } from '@/lib/expression/json';
import { parseTimestamp } from '@/lib/expression/timestamp';
import { assign } from './assign';
import { jsonataText, looksLikeExpression, path, template } from './expressions';
import { both, checkFields, type Fields, jsonataOnly, jsonPathOnly, required } from './fields';
import { flag, list, name, nonEmptyText, number, type Rule, text, wrongType } from './rules';
import type { Site } from './site';

/** RFC 3339 with `T` and `Z` or an offset. */
export const timestamp: Rule = (value, site) => {
  if (typeof value !== 'string') return wrongType(value, site, 'a timestamp such as "2030-01-31T12:00:00Z"');
  if (parseTimestamp(value) !== undefined) return;
  const meant = meantTimestamp(value);
  const fix = meant === undefined ? {} : { fix: site.replacement(`Make it "${meant}"`, meant) };
  const message = `"${name(site)}" must be a timestamp such as "2030-01-31T12:00:00Z", but is "${value}"`;
  site.error('TIMESTAMP', message, fix);
};

/** A moment without its `T`, its seconds or its offset, or a day alone; what has no offset is taken for UTC. */
function meantTimestamp(text: string): string | undefined {
  const found =
    /^(\d{4}-\d{2}-\d{2})(?:[Tt ]+(\d{2}:\d{2})(:\d{2}(?:\.\d{1,9})?)? ?([Zz]|[+-]\d{2}:?\d{2})?)?$/.exec(
      text.trim(),
    );
  if (found === null) return undefined;
  const [, day = '', clock = '00:00', seconds = ':00', offset = 'Z'] = found;
  const zone = offset.length === 5 ? `${offset.slice(0, 3)}:${offset.slice(3)}` : offset.toUpperCase();
  const meant = `${day}T${clock}${seconds}${zone}`;
  return parseTimestamp(meant) === undefined ? undefined : meant;
}

const comparisons = ['Equals', 'LessThan', 'GreaterThan', 'LessThanEquals', 'GreaterThanEquals'];
const anyNumber = number(Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY);
const operators: ReadonlyMap<string, Rule> = new Map<string, Rule>([
  ...comparisons.flatMap((comparison): [string, Rule][] => [
    [`String${comparison}`, text],
    [`Numeric${comparison}`, anyNumber],
    [`Timestamp${comparison}`, timestamp],
    [`String${comparison}Path`, path],
    [`Numeric${comparison}Path`, path],
    [`Timestamp${comparison}Path`, path],
  ]),
  ['BooleanEquals', flag],
  ['BooleanEqualsPath', path],
  ['StringMatches', text],
  ...['Null', 'Present', 'Numeric', 'String', 'Boolean', 'Timestamp'].map((type): [string, Rule] => [
    `Is${type}`,
    flag,
  ]),
]);

const rules: Rule = (value, site) => list(innerRule, { empty: false })(value, site);
const combinations: ReadonlyMap<string, Rule> = new Map<string, Rule>([
  ['And', rules],
  ['Or', rules],
  ['Not', (value, site) => innerRule(value, site)],
]);

const comparing = both({ Variable: path, ...Object.fromEntries(operators), Comment: text });
const combining = both({ ...Object.fromEntries(combinations), Comment: text });
const leaving = both({ Next: required(nonEmptyText), Assign: assign });
const innerFields: Fields = new Map([...comparing, ...combining]);
const outerFields: Fields = new Map([
  ...jsonPathOnly(Object.fromEntries(innerFields)),
  ...both({ Comment: text }),
  ...leaving,
  ...jsonataOnly({ Condition: required(condition), Output: template }),
]);

const innerRule: Rule = (value, site) => {
  if (!isObject(value)) return wrongType(value, site, 'an object');
  checkFields(value, site, { what: 'A choice rule inside another one', fields: innerFields });
  checkOperator(value, site);
};

const outerRule: Rule = (value, site) => {
  if (!isObject(value)) return wrongType(value, site, 'an object');
  checkFields(value, site, { what: 'A choice rule', fields: outerFields });
  if (site.language === 'JSONPath') checkOperator(value, site);
};

export const choices: Rule = list(outerRule, { empty: false });

function condition(value: Json, site: Site): void {
  if (typeof value === 'boolean') return;
  if (looksLikeExpression(value)) jsonataText(value, site);
  else wrongType(value, site, 'true, false or an expression between {% and %}');
}

/** Exactly one operator; a comparison needs a `Variable`, a combination has none. */
function checkOperator(rule: JsonObject, site: Site): void {
  const keys = Object.keys(rule);
  const found = keys.filter((key) => operators.has(key) || combinations.has(key));
  const [first] = found;
  if (first === undefined) {
    site.error('CHOICE_OPERATOR', 'This rule compares nothing: add an operator such as "StringEquals"');
    return;
  }
  for (const key of found.slice(1)) {
    const at = site.member(key);
    const message = `A rule takes one operator, but this has "${first}" and "${key}": join two rules with "And"`;
    at.error('CHOICE_OPERATOR', message, { fix: at.removal(`Remove "${key}"`) });
  }
  const hasVariable = keys.includes('Variable');
  if (operators.has(first) && !hasVariable) {
    const fix = site.member('Variable').replacement('Compare the whole input', '$');
    site.error('MISSING_FIELD', `"${first}" needs the field "Variable": say what is compared`, { fix });
  }
  if (combinations.has(first) && hasVariable) {
    const at = site.member('Variable');
    const fix = at.removal('Remove "Variable"');
    at.error('CHOICE_OPERATOR', `"${first}" combines other rules and compares no "Variable": remove it`, {
      fix,
    });
  }
}
