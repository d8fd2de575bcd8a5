import { failureOf, silence, stall } from './apply-step';
import type { Event } from './event';
import type { Execution } from './execution';
import { type Commands, cancelAllTimers } from './timers';

/** The execution ends. What has not finished stays as it is, so that it can be repaired and go on. */
export function applyEnding(
  execution: Execution,
  event: Extract<
    Event,
    { type: 'ExecutionSucceeded' | 'ExecutionFailed' | 'ExecutionTimedOut' | 'ExecutionAborted' }
  >,
  commands: Commands,
): void {
  if (event.type === 'ExecutionSucceeded') {
    execution.status = 'succeeded';
    execution.output = event.output;
  } else {
    execution.status = endings[event.type];
    execution.failure = failureOf(event);
  }
  execution.paused = false;
  execution.queued = false;
  giveUp(execution, event.type === 'ExecutionFailed', commands);
  cancelAllTimers(execution, commands);
}

const endings = {
  ExecutionFailed: 'failed',
  ExecutionTimedOut: 'timedOut',
  ExecutionAborted: 'stopped',
} as const;

/** The step at the top is what failed; every other that was still open is given up. */
function giveUp(execution: Execution, failed: boolean, commands: Commands): void {
  const { top, status, steps } = execution;
  if (status !== 'succeeded') top.status = 'stalled';
  for (const step of steps.values()) {
    if (step.status === 'failed' || step.status === 'aborted') continue;
    silence(execution, step, commands);
    stall(step);
    step.status = 'aborted';
    if (!failed || step.id !== top.step) continue;
    step.status = 'failed';
    step.failure = execution.failure ?? null;
  }
}
