import { isObject, type Json, type JsonObject } from '@/lib/expression/json';
import type { Inspection } from '@/lib/expression/references';
import { inspect } from './inspections';
import { name, orNull, type Rule, wrongType } from './rules';
import type { Site } from './site';

/** Rules for the values that hold paths, intrinsic calls, templates and JSONata expressions. */

export const path: Rule = (value, site) => {
  if (typeof value !== 'string') return wrongType(value, site, 'a JSONPath such as "$.order"');
  report(value, site, inspect.path);
};

export const pathOrNull = orNull(path);

export const referencePathOrNull: Rule = orNull((value, site) => {
  if (typeof value !== 'string') return wrongType(value, site, 'a path such as "$.result", or null');
  report(value, site, inspect.referencePath);
});

const textual = ['Format', 'JsonToString', 'ArrayGetItem', 'Base64Encode', 'Base64Decode', 'Hash', 'UUID'];

/** ErrorPath and CausePath: a path, or an intrinsic that returns a string. */
export const textPath: Rule = (value, site) => {
  if (typeof value !== 'string') return wrongType(value, site, 'a JSONPath or an intrinsic call');
  const called = /^States\.(\w+)/.exec(value)?.[1];
  if (called === undefined) return report(value, site, inspect.path);
  report(value, site, inspect.dynamicField);
  if (!textual.includes(called))
    site.error('PATH_SYNTAX', `States.${called} gives no string: use one of ${textual.join(', ')}`);
};

/** A value of the query language at hand: a payload template, or JSON with {% … %} expressions inside. */
export const template: Rule = (value, site) => {
  if (site.language === 'JSONata') jsonataTemplate(value, site);
  else payloadTemplate(value, site);
};

/** A literal that JSONata may also compute: `30` or `"{% $timeout %}"`. */
export function orExpression(rule: Rule): Rule {
  return (value, site) => {
    if (site.language === 'JSONata' && looksLikeExpression(value)) jsonataText(value, site);
    else rule(value, site);
  };
}

/** A field that is nothing but one expression, or a literal of the kind that `rule` allows. */
export function looksLikeExpression(value: Json): value is string {
  return typeof value === 'string' && (value.trimStart().startsWith('{%') || value.trimEnd().endsWith('%}'));
}

function payloadTemplate(value: Json, site: Site): void {
  if (Array.isArray(value))
    for (const [index, item] of value.entries()) payloadTemplate(item, site.member(index));
  else if (isObject(value))
    for (const [key, inner] of Object.entries(value))
      payloadField(key, inner, { within: value, at: site.member(key) });
}

function payloadField(key: string, inner: Json, { within, at }: { within: JsonObject; at: Site }): void {
  if (!key.endsWith('.$')) {
    payloadTemplate(inner, at);
    return;
  }
  const plain = key.slice(0, -2);
  if (Object.hasOwn(within, plain)) {
    const message = `"${key}" gives the field "${plain}", which is already here: remove one of the two`;
    at.error('DUPLICATE_TEMPLATE_FIELD', message, { fix: at.removal(`Remove "${key}"`) });
  }
  dynamicField(inner, at);
}

/** The value of a field whose name ends in `.$`. */
export const dynamicField: Rule = (value, site) => {
  if (typeof value === 'string') return report(value, site, inspect.dynamicField);
  const message = `"${name(site)}" ends in ".$", so its value must be a JSONPath or an intrinsic call in a string`;
  site.error('PATH_SYNTAX', message);
};

function jsonataTemplate(value: Json, site: Site): void {
  if (typeof value === 'string') jsonataText(value, site);
  else if (Array.isArray(value))
    for (const [index, item] of value.entries()) jsonataTemplate(item, site.member(index));
  else if (isObject(value))
    for (const [key, inner] of Object.entries(value)) {
      const at = site.member(key);
      if (key.endsWith('.$')) unusedPath(inner, at);
      jsonataTemplate(inner, at);
    }
}

function unusedPath(value: Json, site: Site): void {
  if (typeof value !== 'string' || !/^(\$|States\.)/.test(value)) return;
  site.warning(
    'UNUSED_PATH_FIELD',
    `"${name(site)}" is plain data in JSONata: write "{% … %}" under a name without ".$"`,
  );
}

/** A string in JSONata: literal, or an expression where it begins with {% and ends with %}. */
export function jsonataText(value: string, site: Site): void {
  const opens = value.startsWith('{%');
  const closes = value.endsWith('%}');
  if (opens && closes && value.length >= 4) {
    expression(value, site);
    return;
  }
  if (!looksLikeExpression(value)) return;
  const whole = value.trim();
  if (whole.startsWith('{%') && whole.endsWith('%}') && whole.length >= 4) {
    const fix = site.replacement('Remove the blanks around the expression', whole);
    site.warning('EXPRESSION_DELIMITERS', 'Blanks around {% … %} make this a plain text: remove them', {
      fix,
    });
  } else if (opens !== closes) {
    const message = `An expression stands between {% and %}, but here ${opens ? '%}' : '{%'} is missing`;
    const closed = opens ? `${value.trimEnd()} %}` : `{% ${value.trimStart()}`;
    const fix = site.replacement(`Add ${opens ? '%}' : '{%'}`, closed);
    site.error('EXPRESSION_DELIMITERS', message, { fix });
  }
}

function expression(value: string, site: Site): void {
  const inspection = inspect.expression(value);
  report(value, site, inspect.expression, inspection);
  for (const field of inspection.states) {
    if (field !== 'result' && field !== 'errorOutput') continue;
    if (site.states.includes(field)) continue;
    site.error('STATES_FIELD', `$states.${field} is not there in "${name(site)}": ${whereabouts[field]}`);
  }
}

const whereabouts = {
  result: 'it exists in "Output" and "Assign" of Task, Parallel and Map states',
  errorOutput: 'it exists in "Output" and "Assign" of catchers',
} as const;

type Look = (text: string) => Inspection;

function report(text: string, site: Site, look: Look, found = look(text)): void {
  const { problem, variables } = found;
  for (const variable of variables) site.read(variable, text);
  if (problem === undefined) return;
  const jsonata = site.language === 'JSONata';
  const what = jsonata
    ? 'The expression cannot be read'
    : `"${name(site)}" is no valid path or intrinsic call`;
  const code = jsonata ? 'EXPRESSION_SYNTAX' : 'PATH_SYNTAX';
  const meant = jsonata ? undefined : meantPath(text, look);
  const fix = meant === undefined ? {} : { fix: site.replacement(`Make it "${meant}"`, meant) };
  site.error(code, `${what}: ${problem.message}`, { column: problem.column, ...fix });
}

/** A path without its blanks or with its `$`, where that is all it lacks. */
function meantPath(text: string, look: Look): string | undefined {
  const bare = text.trim();
  const candidates = [bare, bare.replace(/^\.?(?=[\p{L}_])/u, '$.'), `$${bare}`];
  return candidates.find((candidate) => candidate !== text && look(candidate).problem === undefined);
}
