import type { Chance } from '@/lib/expression/scope';
import type { Retrier } from '@/lib/flow/model';
import { chanceAt } from './chance';
import type { CompiledCatcher, CompiledState } from './compile-state';
import type { Retrying } from './event';
import type { Step } from './execution';
import type { Failing, Turn } from './turn';

/** Whether Retry or Catch may have a failure at all: what the interpreter itself cannot go on with, they may not. */
function isMendable({ failure }: Failing): boolean {
  return failure.error !== 'States.Runtime';
}

/** Whether one of the names in ErrorEquals means the failure. */
function matches(names: readonly string[], failing: Failing): boolean {
  const { failure, origin } = failing;
  const timedOut = origin === 'timeout' || origin === 'heartbeat' || failure.error === 'States.Timeout';
  return names.some(
    (name) =>
      name === failure.error ||
      name === 'States.ALL' ||
      (name === 'States.TaskFailed' && !timedOut) ||
      (name === 'States.HeartbeatTimeout' && origin === 'heartbeat'),
  );
}

/** The first matching entry of Retry, if it has attempts left; an exhausted one does not hand over to the next. */
export function retryFor(
  turn: Turn,
  step: Step,
  state: CompiledState,
  failing: Failing,
): Retrying | undefined {
  if (!isMendable(failing)) return undefined;
  const retrier = state.retry.findIndex(({ ErrorEquals }) => matches(ErrorEquals, failing));
  const rule = state.retry[retrier];
  if (rule === undefined) return undefined;
  const used = step.retries[retrier] ?? 0;
  if (used >= (rule.MaxAttempts ?? 3)) return undefined;
  const { seed } = turn.execution.start;
  const chance = chanceAt(seed, `jitter/${step.id}/${turn.execution.lastEvent}`);
  return { at: turn.at + Math.round(delayOf(rule, used, chance) * 1000), retrier };
}

/** Seconds before the attempt that follows `used` retries. */
function delayOf(rule: Retrier, used: number, chance: Chance): number {
  const grown = (rule.IntervalSeconds ?? 1) * (rule.BackoffRate ?? 2) ** used;
  const delay = Math.min(grown, rule.MaxDelaySeconds ?? Number.POSITIVE_INFINITY, longestDelay);
  return rule.JitterStrategy === 'FULL' ? delay * chance.random() : delay;
}

/** A year: no backoff grows beyond what a clock can hold. */
const longestDelay = 31_622_400;

/** The first matching entry of Catch. */
export function catcherFor(state: CompiledState, failing: Failing): CompiledCatcher | undefined {
  return isMendable(failing) ? state.catchers.find(({ errors }) => matches(errors, failing)) : undefined;
}
