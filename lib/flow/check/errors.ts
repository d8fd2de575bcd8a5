import { isObject, type Json } from '@/lib/expression/json';
import { assign } from './assign';
import { referencePathOrNull, template } from './expressions';
import { both, type Fields, jsonataOnly, jsonPathOnly, object, required } from './fields';
import { integer, list, nonEmptyText, number, oneOf, type Rule, text } from './rules';
import type { Site } from './site';

/** Retry and Catch: which errors they match, and what they do then. */

const reserved = [
  'States.ALL',
  'States.BranchFailed',
  'States.DataLimitExceeded',
  'States.ExceedToleratedFailureThreshold',
  'States.HeartbeatTimeout',
  'States.Http.Socket',
  'States.IntrinsicFailure',
  'States.ItemReaderFailed',
  'States.NoChoiceMatched',
  'States.ParameterPathFailure',
  'States.Permissions',
  'States.QueryEvaluationError',
  'States.ResultPathMatchFailure',
  'States.ResultWriterFailed',
  'States.Runtime',
  'States.TaskFailed',
  'States.Timeout',
];

const errorList: Rule = (value, site) => {
  list(nonEmptyText, { empty: false })(value, site);
  if (!Array.isArray(value)) return;
  if (value.length > 1 && value.includes('States.ALL')) {
    const fix = site.replacement('Keep only "States.ALL"', ['States.ALL']);
    site.error('ERROR_LIST', '"States.ALL" matches every error, so it must stand alone in its list', { fix });
  }
  for (const [index, name] of value.entries())
    if (typeof name === 'string') errorName(name, site.member(index));
};

function errorName(name: string, site: Site): void {
  if (
    !name.startsWith('States.') ||
    reserved.includes(name) ||
    /^States\.Http\.StatusCode\.\d{3}$/.test(name)
  )
    return;
  const meant = site.nearest(name, reserved);
  const fix = meant === undefined ? {} : { fix: site.replacement(`Make it "${meant}"`, meant) };
  const hint =
    meant === undefined ? 'names that begin with "States." are reserved' : `did you mean "${meant}"?`;
  site.warning('UNKNOWN_ERROR_NAME', `The language knows no error "${name}": ${hint}`, fix);
}

function allErrors(): readonly string[] {
  return ['States.ALL'];
}

const longest = 99_999_999;
const retrierFields: Fields = new Map(
  both({
    ErrorEquals: required(errorList, allErrors),
    IntervalSeconds: integer(1, longest),
    MaxAttempts: integer(0, longest),
    BackoffRate: number(1, Number.POSITIVE_INFINITY),
    MaxDelaySeconds: integer(1, 31_622_399),
    JitterStrategy: oneOf('FULL', 'NONE'),
    Comment: text,
  }),
);
const retrierShape = object('A retry rule', retrierFields);

const retrier: Rule = (value, site) => {
  retrierShape(value, site);
  if (!isObject(value)) return;
  const { IntervalSeconds: interval = 1, MaxDelaySeconds: longestDelay } = value;
  if (typeof interval !== 'number' || typeof longestDelay !== 'number' || longestDelay > interval) return;
  const message = `"MaxDelaySeconds" (${longestDelay}) must be greater than "IntervalSeconds" (${interval})`;
  const at = site.member('MaxDelaySeconds');
  at.error('RETRY_DELAY', message, { fix: at.removal('Remove "MaxDelaySeconds"') });
};

const catcherFields: Fields = new Map([
  ...both({
    ErrorEquals: required(errorList, allErrors),
    Next: required(nonEmptyText),
    Comment: text,
    Assign: assign,
  }),
  ...jsonPathOnly({ ResultPath: referencePathOrNull }),
  ...jsonataOnly({ Output: template }),
]);
const catcherShape = object('A catcher', catcherFields);
const catcher: Rule = (value, site) => catcherShape(value, site.within({ states: ['errorOutput'] }));

export const retry: Rule = (value, site) => {
  list(retrier, { empty: true })(value, site);
  if (Array.isArray(value)) checkOrder(value, site, 'retry rule');
};

export const catchers: Rule = (value, site) => {
  list(catcher, { empty: true })(value, site);
  if (Array.isArray(value)) checkOrder(value, site, 'catcher');
};

/** The first match counts, so a rule after one that matches everything (or the same) is never reached. */
function checkOrder(rules: readonly Json[], site: Site, what: string): void {
  const seen = new Set<string>();
  let catchAll: number | undefined;
  for (const [index, rule] of rules.entries()) {
    const names = errorNames(rule);
    const at = site.member(index).member('ErrorEquals');
    if (catchAll !== undefined) {
      const message = `This ${what} is never reached: "States.ALL" in entry ${catchAll + 1} matches every error before; move it to the end`;
      at.error('ERROR_LIST', message, { fix: site.member(index).removal(`Remove this ${what}`) });
    } else if (names.length > 0 && names.every((name) => seen.has(name)))
      at.warning('ERROR_LIST', `This ${what} is never reached: the ones before it match the same errors`);
    for (const name of names) seen.add(name);
    if (names.includes('States.ALL')) catchAll ??= index;
  }
}

function errorNames(rule: Json): readonly string[] {
  const names: Json | undefined = isObject(rule) ? rule.ErrorEquals : undefined;
  return Array.isArray(names) ? names.filter((name) => typeof name === 'string') : [];
}
