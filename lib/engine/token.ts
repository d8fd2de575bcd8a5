import { secretOf } from './chance';
import type { Execution } from './execution';

/** What a task token says. The secret must be compared with the one in the history before anything else is believed. */
export interface TokenParts {
  readonly executionId: string;
  readonly step: number;
  readonly attempt: number;
  readonly secret: string;
}

/** Takes `EXECUTIONID.STEP.ATTEMPT.SECRET` apart; undefined where the text is no token. */
export function readToken(token: string): TokenParts | undefined {
  const match = /^(.+)\.([1-9]\d{0,14})\.([1-9]\d{0,14})\.([0-9a-f]{64})$/.exec(token);
  const [, executionId, step, attempt, secret] = match ?? [];
  if (executionId === undefined || secret === undefined) return undefined;
  return { executionId, step: Number(step), attempt: Number(attempt), secret };
}

/** The token of one attempt of a step: nobody who lacks the execution's seed can make it. */
export function tokenFor(execution: Execution, step: number, attempt: number): string {
  const secret = secretOf(execution.start.seed, `${step}.${attempt}`);
  return `${execution.id}.${step}.${attempt}.${secret}`;
}
