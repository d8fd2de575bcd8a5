import { LanguageFailure } from '@/lib/expression/failure';
import type { Json } from '@/lib/expression/json';
import { compileExpression, isExpression } from '@/lib/expression/jsonata';
import { compilePath } from '@/lib/expression/path';
import type { Scope } from '@/lib/expression/scope';
import { parseTimestamp } from '@/lib/expression/timestamp';
import type { WaitState } from '@/lib/flow/model';
import { compileNumber, type Field, seconds, shown } from './fields';

export interface CompiledWait {
  readonly type: 'Wait';
  /** When the state goes on, in milliseconds since 1970, for one that was entered at `enteredAt`. */
  readonly until: (scope: Scope, enteredAt: number) => number;
}

/** A wait of more seconds than this is refused, as AWS does. */
const longestWait = 2 ** 31;

/** Compiles the one of the four forms that the state has. */
export function compileWait(state: WaitState): CompiledWait {
  const timestamp = compileTimestamp(state);
  if (timestamp !== undefined) {
    return {
      type: 'Wait',
      until: (scope, enteredAt) => {
        const at = timestamp(scope);
        checkedDelay((at - enteredAt) / 1000);
        return at;
      },
    };
  }
  const wait = compileNumber({
    name: 'Seconds',
    plain: state.Seconds,
    path: state.SecondsPath,
    rule: seconds(state.SecondsPath === undefined ? 'Seconds' : 'SecondsPath'),
    missing: (path) => `The SecondsPath parameter does not reference an input value: ${path}`,
  });
  return {
    type: 'Wait',
    until: (scope, enteredAt) => enteredAt + checkedDelay(wait?.(scope) ?? 0) * 1000,
  };
}

function checkedDelay(delay: number): number {
  if (delay > longestWait) throw new LanguageFailure('States.Runtime', 'Wait state delay is too long.');
  return delay;
}

function compileTimestamp(state: WaitState): Field<number> | undefined {
  const { Timestamp, TimestampPath } = state;
  if (TimestampPath !== undefined) {
    const path = compilePath(TimestampPath);
    return (scope) => timestampAt(path.find(scope), TimestampPath);
  }
  if (Timestamp === undefined) return undefined;
  if (!isExpression(Timestamp)) return () => timestampOf(Timestamp);
  const expression = compileExpression(Timestamp);
  return (scope) => timestampOf(expression.evaluateAs(scope, 'Timestamp', 'string'));
}

function timestampAt(found: Json | undefined, path: string): number {
  const at = typeof found === 'string' ? parseTimestamp(found) : undefined;
  if (at !== undefined) return at;
  const problem =
    found === undefined
      ? `The TimestampPath parameter does not reference an input value: ${path}`
      : `The TimestampPath parameter does not reference a valid ISO-8601 extended offset date-time format string: ${path} == ${shown(found)}`;
  throw new LanguageFailure('States.Runtime', problem);
}

function timestampOf(value: Json): number {
  const at = typeof value === 'string' ? parseTimestamp(value) : undefined;
  if (at !== undefined) return at;
  throw new LanguageFailure(
    'States.QueryEvaluationError',
    `The Timestamp field cannot be parsed as an ISO-8601 extended offset date-time format string: ${shown(value)}`,
    'Timestamp',
  );
}
