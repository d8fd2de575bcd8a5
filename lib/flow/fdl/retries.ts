import { isObject, type Json, type JsonObject } from '@/lib/expression/json';
import { child } from '../pointer';
import type { Desk } from './desk';

/** Error names and retry rules: the same in both FDL languages but for their spelling. */

const errorNames: Readonly<Record<string, string>> = {
  'FnF.ALL': 'States.ALL',
  'FnF.TaskTimeout': 'States.Timeout',
};

/** The names as ASL has them; one that matches everything stands alone. */
export function errorList(names: Json | undefined, pointer: string, desk: Desk): readonly string[] {
  if (!Array.isArray(names) || names.some((name) => typeof name !== 'string')) {
    desk.lost(pointer, 'The errors must be a list of names: the rule is taken for all errors');
    return ['States.ALL'];
  }
  const converted = names.map((name: string) => errorNames[name] ?? name);
  return converted.includes('States.ALL') ? ['States.ALL'] : converted;
}

/** How one language spells the fields of a retry rule, and what absent ones mean. */
export interface RetrySpelling {
  readonly errors: string;
  readonly interval: string;
  readonly attempts: string;
  readonly rate: string;
  readonly most: string;
  readonly defaults: {
    readonly interval: number;
    readonly attempts: number;
    readonly rate: number;
    readonly most?: number;
  };
}

/** One retry rule. Delays that cannot grow are constant here too; ASL has none under a second. */
export function retrier(
  rule: Json,
  pointer: string,
  { desk, spelling }: { desk: Desk; spelling: RetrySpelling },
): JsonObject {
  if (!isObject(rule)) {
    desk.lost(pointer, 'A retry rule must be a map: it is left out');
    return { ErrorEquals: ['States.ALL'], MaxAttempts: 0 };
  }
  const number = (key: string, absent: number) => numberIn(rule, key, { absent, pointer, desk });
  desk.unknown(rule, pointer, [
    ...Object.values(spelling).filter((name) => typeof name === 'string'),
    'Description',
    'description',
  ]);
  const { defaults } = spelling;
  const wanted = number(spelling.interval, defaults.interval);
  const interval = Math.max(1, Math.round(wanted));
  if (interval !== wanted)
    desk.changed(
      child(pointer, spelling.interval),
      `The delay is ${interval} s: whole seconds, at least one`,
    );
  const rate = Math.max(1, number(spelling.rate, defaults.rate));
  const most = Math.round(number(spelling.most, defaults.most ?? 0));
  const description = rule.Description ?? rule.description;
  return {
    ErrorEquals: errorList(rule[spelling.errors], child(pointer, spelling.errors), desk),
    ...delays({ interval, rate, most }),
    MaxAttempts: Math.max(0, Math.round(number(spelling.attempts, defaults.attempts))),
    ...(typeof description === 'string' ? { Comment: description } : {}),
  };
}

/** Rules after one that matches everything are never reached in FDL, and not allowed in ASL. */
export function withoutUnreached(
  rules: readonly JsonObject[],
  pointer: string,
  desk: Desk,
): readonly JsonObject[] {
  const last = rules.findIndex(
    ({ ErrorEquals: names }) => Array.isArray(names) && names.includes('States.ALL'),
  );
  if (last < 0 || last === rules.length - 1) return rules;
  for (let index = last + 1; index < rules.length; index += 1)
    desk.changed(child(pointer, index), 'A rule after one for all errors is never reached: it is left out');
  return rules.slice(0, last + 1);
}

function delays({ interval, rate, most }: { interval: number; rate: number; most: number }): JsonObject {
  if (most > 0 && most <= interval) return { IntervalSeconds: Math.max(1, most), BackoffRate: 1 };
  const bound = most > 0 && rate > 1 ? { MaxDelaySeconds: most } : {};
  return { IntervalSeconds: interval, BackoffRate: rate, ...bound };
}

function numberIn(
  rule: JsonObject,
  key: string,
  { absent, pointer, desk }: { absent: number; pointer: string; desk: Desk },
): number {
  const given = rule[key];
  if (given === undefined || given === null) return absent;
  const value = typeof given === 'string' && given.trim() !== '' ? Number(given) : given;
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  desk.lost(child(pointer, key), `"${key}" must be a number: ${absent} is taken`);
  return absent;
}
