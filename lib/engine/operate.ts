import { LanguageFailure } from '@/lib/expression/failure';
import type { Json } from '@/lib/expression/json';
import { failureOf } from './apply-step';
import type { Arrival } from './arrival';
import { findDue } from './drain';
import type { Execution, Step } from './execution';
import { leave } from './leave';
import { operatorOf, queueing } from './operator';
import { stateOf } from './places';
import { redriveAll, replace } from './replace';
import { restart } from './restart';
import { checkSize } from './size';
import { isStuck, parkedSteps, resumedWith } from './stuck';
import { emit, type Turn } from './turn';

type Wish = Extract<
  Arrival,
  { type: 'stop' | 'retryStep' | 'redrive' | 'restart' | 'skipStep' | 'failStep' | 'pause' | 'resume' }
>;
type About<Type extends Wish['type']> = Extract<Wish, { type: Type }>;

/** Does what an operator asks. Returns why not, in one plain sentence, where it cannot be done. */
export function operate(turn: Turn, wish: Wish): string | undefined {
  switch (wish.type) {
    case 'stop':
      return stop(turn, wish);
    case 'pause':
      return pause(turn, wish);
    case 'resume':
      return resume(turn, wish);
    case 'redrive':
      return wish.replacement === undefined ? redrive(turn, wish) : replace(turn, wish, wish.replacement);
    case 'restart':
      return restart(turn, wish);
    case 'retryStep':
      return retry(turn, wish);
    case 'skipStep':
      return skip(turn, wish);
    case 'failStep':
      return letFail(turn, wish);
  }
}

function stop({ execution, ...turn }: Turn, wish: About<'stop'>): string | undefined {
  if (execution.status !== 'running')
    return `The execution has already ended: it ${endings[execution.status]}.`;
  emit(
    { execution, ...turn },
    { type: 'ExecutionAborted', ...failureOf(wish), ...operatorOf(wish) },
    execution.lastEvent,
  );
  return undefined;
}

function pause(turn: Turn, wish: About<'pause'>): string | undefined {
  const { execution } = turn;
  if (execution.status !== 'running') return 'Only a running execution can be paused.';
  if (execution.paused) return 'The execution is paused already.';
  emit(turn, { type: 'ExecutionPaused', ...operatorOf(wish) }, execution.lastEvent);
  return undefined;
}

function resume(turn: Turn, wish: About<'resume'>): string | undefined {
  const { execution } = turn;
  if (execution.status !== 'running' || !execution.paused) return 'The execution is not paused.';
  emit(turn, { type: 'ExecutionResumed', ...operatorOf(wish) }, execution.lastEvent);
  for (const due of findDue(execution)) turn.soon.push(due);
  return undefined;
}

function redrive(turn: Turn, wish: About<'redrive'>): string | undefined {
  const { execution } = turn;
  if (execution.status === 'succeeded') return 'The execution has succeeded: nothing is left to be redriven.';
  if (execution.status === 'running' && parkedSteps(execution).length === 0)
    return 'The execution is still running, and no step of it waits for an operator.';
  redriveAll(turn, wish);
  return undefined;
}

function retry(turn: Turn, wish: About<'retryStep'>): string | undefined {
  const { execution } = turn;
  const step = execution.steps.get(wish.step);
  const refused = refusal(execution, step, wish.step, 'retried');
  if (refused !== undefined || step === undefined) return refused;
  const edited = wish.input === undefined ? {} : { input: wish.input, before: step.input };
  const told = { step: step.id, ...edited, ...goingOn(execution, step, wish, wish.input === undefined) };
  emit(turn, { type: 'StepRetried', ...told }, execution.lastEvent);
  for (const due of findDue(execution)) turn.soon.push(due);
  return undefined;
}

function skip(turn: Turn, wish: About<'skipStep'>): string | undefined {
  const { execution, program } = turn;
  const step = execution.steps.get(wish.step);
  const refused = refusal(execution, step, wish.step, 'skipped');
  if (refused !== undefined || step === undefined) return refused;
  if (step.type === 'Choice') return `"${step.state}" is a Choice: skipping it would leave open where to go.`;
  if (step.type === 'Fail') return `"${step.state}" is a Fail state: nothing comes after it.`;
  const tooLarge = sizeRefusal(execution, wish.output, step);
  if (tooLarge !== undefined) return tooLarge;
  const { next } = stateOf(program, execution, step);
  const told = { step: step.id, output: wish.output, ...goingOn(execution, step, wish, false) };
  const skipped = emit(turn, { type: 'StepSkipped', ...told }, execution.lastEvent);
  leave(turn, step, { output: wish.output, next, previous: skipped });
  for (const due of findDue(execution)) turn.soon.push(due);
  return undefined;
}

function sizeRefusal(execution: Execution, output: Json, step: Step): string | undefined {
  try {
    checkSize(execution, output, step.state);
    return undefined;
  } catch (thrown) {
    if (thrown instanceof LanguageFailure)
      return `The output is larger than an output of "${step.state}" may be: pass a reference to the data instead.`;
    throw thrown;
  }
}

function letFail(turn: Turn, wish: About<'failStep'>): string | undefined {
  const step = turn.execution.steps.get(wish.step);
  if (step?.status !== 'parked') return `Step ${wish.step} is not waiting for an operator.`;
  const previous = emit(turn, { type: 'StepFailed', step: step.id, ...operatorOf(wish) }, step.last);
  const failure = step.failure ?? {};
  turn.now.push({ kind: 'around', step, failure, origin: 'fail', previous, decided: true });
  return undefined;
}

/** Why a step can neither be retried nor skipped. */
function refusal(execution: Execution, step: Step | undefined, id: number, verb: string): string | undefined {
  if (step === undefined)
    return `Step ${id} is finished or does not exist: only a failed step can be ${verb}.`;
  if (step.status === 'parked') return undefined;
  if (execution.status === 'succeeded') return 'The execution has succeeded.';
  if (execution.status === 'running') return `"${step.state}" has not failed for good: it is ${step.status}.`;
  if (step.status === 'failed' || step.status === 'aborted') {
    return isStuck(execution, step)
      ? undefined
      : `"${step.state}" failed because of a step inside it: choose that one.`;
  }
  return `"${step.state}" has not failed: it is ${step.status}.`;
}

function goingOn(execution: Execution, step: Step, wish: Wish, keepsInside: boolean) {
  const queue = execution.status === 'running' ? {} : queueing(wish);
  return { ...resumedWith(execution, step, keepsInside), ...queue, ...operatorOf(wish) };
}

const endings = {
  succeeded: 'succeeded',
  failed: 'failed',
  timedOut: 'timed out',
  stopped: 'was stopped',
} as const;
