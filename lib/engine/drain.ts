import { enter, failEvaluation, isUnderWay, run } from './enter';
import type { Execution, Scope } from './execution';
import { failAround, failStep } from './fail';
import { fill, isDone } from './iterate';
import { scopeOf, scopesOf } from './places';
import { settle } from './settle';
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
    if (execution.status !== 'running' || execution.paused) return;
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
      return settle(turn, step, consequence.index, consequence.previous);
    case 'failed':
      return failStep(turn, step, consequence);
    case 'around':
      return failAround(turn, step, consequence);
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
  } else if (step.status === 'ready' && isUnderWay(turn.execution, scopeOf(turn.execution, step))) {
    attempt(turn, step, () => begun(turn, begin));
  }
}

function begun(turn: Turn, { step }: Begin & { kind: 'run' }): void {
  const { container } = step;
  if (container !== null && isDone(container)) return settleAgain(turn, step.id);
  run(turn, step);
}

/** A Parallel or Map whose parts are all done failed only at its own output: that is worked out again. */
function settleAgain(turn: Turn, id: number): void {
  const step = turn.execution.steps.get(id);
  if (step === undefined) return;
  run(turn, step);
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

function isTooLong({ execution, at: _, ...turn }: Turn): boolean {
  const limit = execution.start.options?.historyLimit;
  if (limit === undefined || execution.lastEvent < limit) return false;
  const cause = `The execution reached the maximum number of history events (${limit}).`;
  emit(
    { execution, at: _, ...turn },
    { type: 'ExecutionFailed', error: 'States.Runtime', cause },
    execution.lastEvent,
  );
  return true;
}

/** All that is due to begin and waits for nothing from the world: what a turn that was cut short has left. */
export function findDue(execution: Execution): Begin[] {
  const due: Begin[] = [];
  if (execution.status !== 'running' || execution.paused) return due;
  for (const scope of scopesOf(execution)) {
    if (scope.status !== 'running') continue;
    if (scope.next !== null) due.push({ kind: 'enter', scope });
    const step = execution.steps.get(scope.step);
    if (step === undefined) continue;
    if (step.status === 'ready') due.push({ kind: 'run', step });
    else if (step.status === 'inside' && step.container?.map) due.push({ kind: 'fill', step });
  }
  return due;
}
