import { isObject, type Json, type JsonObject } from '@/lib/expression/json';
import { child } from '../pointer';
import { objectText } from './expression-print';
import { errorList, type RetrySpelling, retrier, withoutUnreached } from './retries';
import { after, entered, mapped } from './step-data';
import type { Working } from './step-place';
import { delimited } from './template';

/** What a step of old FDL does when it fails: `retry`, `catch` and `errorMappings`. */

const spelling: RetrySpelling = {
  errors: 'errors',
  interval: 'intervalSeconds',
  attempts: 'maxAttempts',
  rate: 'multiplier',
  most: 'maxIntervalSeconds',
  defaults: { interval: 1, attempts: 3, rate: 2, most: 86_400 },
};

export function failures(step: JsonObject, working: Working): JsonObject {
  const { desk, pointer } = working.place;
  const rules = (key: string, rule: (given: Json, at: string) => JsonObject): readonly JsonObject[] => {
    const given = step[key];
    const at = child(pointer, key);
    if (given === undefined) return [];
    if (!Array.isArray(given)) desk.lost(at, `"${key}" must be a list: it is left out`);
    const list: readonly Json[] = Array.isArray(given) ? given : [];
    return withoutUnreached(
      list.map((one, index) => rule(one, child(at, index))),
      at,
      desk,
    );
  };
  const retry = rules('retry', (given, at) => retrier(given, at, { desk, spelling }));
  const caught = rules('catch', (given, at) => catcher(given, at, { step, working }));
  return {
    ...(retry.length === 0 ? {} : { Retry: retry }),
    ...(caught.length === 0 ? {} : { Catch: caught }),
  };
}

const error = objectText([
  ['error', '$states.errorOutput.Error'],
  ['cause', '$states.errorOutput.Cause'],
]);

function catcher(
  given: Json,
  pointer: string,
  { step, working: { place, input } }: { step: JsonObject; working: Working },
): JsonObject {
  const { desk } = place;
  const rule = isObject(given) ? given : {};
  desk.unknown(rule, pointer, ['errors', 'goto', 'steps', 'description']);
  const names = errorList(rule.errors, child(pointer, 'errors'), desk);
  const next = rule.goto === undefined ? place.next : place.target(rule.goto, child(pointer, 'goto'));
  const comment = typeof rule.description === 'string' ? { Comment: rule.description } : {};
  if (rule.steps !== undefined) {
    const first = place.inside(rule.steps, child(pointer, 'steps'), { output: (data) => data.local, next });
    return { ErrorEquals: names, Output: delimited(entered(input, error)), Next: first, ...comment };
  }
  const where = { desk, pointer: child(place.pointer, 'errorMappings') };
  const added =
    step.errorMappings === undefined ? '{}' : mapped(step.errorMappings, where, { input, local: error });
  return { ErrorEquals: names, Output: delimited(after(added)), Next: next, ...comment };
}
