import type { Retrying } from '@/lib/engine/event';
import type { Json } from '@/lib/expression/json';
import type { Attempt, StepFailure, Trigger } from './step';

/** How the attempts of one step grow. All give a new list and leave the given one alone (M3, M4). */

/** What is known when an attempt begins. */
export interface Beginning {
  readonly at: number;
  readonly input: Json;
  readonly call?: number;
  readonly resource?: string;
  readonly parameters?: Json;
  /** Set where a person asked for it; else it follows from how the last attempt ended. */
  readonly asked?: Trigger | undefined;
}

export function begin(attempts: readonly Attempt[], beginning: Beginning): readonly Attempt[] {
  const last = attempts.at(-1);
  const { at, asked, ...rest } = beginning;
  const number = attempts.length + 1;
  return [
    ...attempts,
    { ...rest, number, status: 'running', trigger: asked ?? granted(last), startedAt: at },
  ];
}

function granted(last: Attempt | undefined): Trigger {
  return last?.retry === undefined ? { kind: 'entered' } : { kind: 'retry', retrier: last.retry.retrier };
}

/** The newest attempt, changed; the same list where there is none, or where it has ended already. */
export function change(attempts: readonly Attempt[], what: Partial<Attempt>): readonly Attempt[] {
  const last = attempts.at(-1);
  if (last === undefined || last.endedAt !== undefined) return attempts;
  return [...attempts.slice(0, -1), { ...last, ...what }];
}

/** The newest attempt failed; one that failed before it could begin (in its parameters, say) begins as it ends. */
export function fail(
  attempts: readonly Attempt[],
  beginning: Beginning,
  failed: { readonly failure: StepFailure; readonly retry?: Retrying },
): readonly Attempt[] {
  const last = attempts.at(-1);
  const begun = last === undefined || last.endedAt !== undefined ? begin(attempts, beginning) : attempts;
  return change(begun, { status: 'failed', endedAt: beginning.at, ...failed });
}
