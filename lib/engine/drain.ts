import { enter, failEvaluation, isUnderWay, run } from './enter';
import type { Execution, Scope, Step } from './execution';
import { failAround, failStep } from './fail';
import { fill, isDue } from './iterate';
import { scopeOf, scopesOf } from './places';
import { proceed, settle } from './settle';
import { type Begin, type Consequence, emit, type Turn } from './turn';

/** How many events a turn may have before it lets others run: what is left is begun in the next one. */
const turnLimit = 4000;

/** Follows the consequences of an arrival until nothing is left to be decided without the world. */
export function drain(turn: Turn): void {
  const { execution, now, soon, events } = turn;
  let next = 0;
  for (;;) {
    const consequence = now.pop();
    if (consequence !== undefined) {
      attempt(turn, consequence.step, () => follow(turn, consequence));
      continue;
    }
    if (isHeld(execution)) return;
    if (isTooLong(turn)) return;
    const begin = soon[next];
    if (begin === undefined) return;
    if (events.length >= turnLimit) {
      turn.commands.push({ type: 'continue', id: `continue:${execution.lastEvent}` });
      return;
    }
    next += 1;
    beginWith(turn, begin);
  }
}

function follow(turn: Turn, consequence: Consequence): void {
  const { step } = consequence;
  switch (consequence.kind) {
    case 'ended':
      settle(turn, step, consequence.index, consequence.previous);
      return;
    case 'proceed':
      proceed(turn, step, consequence.previous);
      return;
    case 'failed':
      failStep(turn, step, consequence);
      return;
    case 'around':
      failAround(turn, step, consequence);
      return;
  }
}

function beginWith(turn: Turn, begin: Begin): void {
  if (begin.kind === 'enter') {
    const { scope } = begin;
    if (scope.next === null || !isUnderWay(turn.execution, scope)) return;
    enterScope(turn, scope);
    return;
  }
  const { step } = begin;
  if (turn.execution.steps.get(step.id) !== step) return;
  if (begin.kind === 'fill') {
    attempt(turn, step, () => fill(turn, step, () => turn.events.length < turnLimit));
  } else if (isWaitingToRun(turn.execution, step)) {
    attempt(turn, step, () => run(turn, step));
  }
}

function isWaitingToRun(execution: Execution, step: Step): boolean {
  const waits = step.status === 'ready' || step.status === 'retrying';
  return waits && isUnderWay(execution, scopeOf(execution, step));
}

function enterScope(turn: Turn, scope: Scope): void {
  try {
    enter(turn, scope);
  } catch (thrown) {
    const step = turn.execution.steps.get(scope.step);
    if (step === undefined) throw thrown;
    failEvaluation(turn, step, thrown);
  }
}

/** Failures of expressions become failures of the step. */
function attempt(turn: Turn, step: Consequence['step'], act: () => void): void {
  try {
    act();
  } catch (thrown) {
    failEvaluation(turn, step, thrown);
  }
}

function isTooLong(turn: Turn): boolean {
  const { execution } = turn;
  const limit = execution.start.options?.historyLimit;
  if (limit === undefined || execution.lastEvent < limit) return false;
  const cause = `The execution reached the maximum number of history events (${limit}).`;
  emit(turn, { type: 'ExecutionFailed', error: 'States.Runtime', cause }, execution.lastEvent);
  return true;
}

/** Whether the execution begins nothing now: it has ended, is paused, or waits for its flow to have room. */
function isHeld({ status, paused, queued }: Execution): boolean {
  return status !== 'running' || paused || queued;
}

/** All that is due to begin and waits for nothing from the world: what a turn that was cut short has left. */
export function findDue(execution: Execution): Begin[] {
  if (isHeld(execution)) return [];
  return [...scopesOf(execution)].flatMap((scope) => dueIn(execution, scope));
}

function dueIn(execution: Execution, scope: Scope): Begin[] {
  if (scope.status !== 'running') return [];
  if (scope.next !== null) return [{ kind: 'enter', scope }];
  const step = execution.steps.get(scope.step);
  if (step?.status === 'ready') return [{ kind: 'run', step }];
  if (step?.status !== 'inside' || step.container === null) return [];
  return isDue(step.container) ? [{ kind: 'fill', step }] : [];
}
