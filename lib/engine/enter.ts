import { LanguageFailure } from '@/lib/expression/failure';
import type { Json } from '@/lib/expression/json';
import type { CompiledState } from './compile-state';
import { seeing, sightOf } from './evaluation';
import type { Execution, Next, Scope, Step } from './execution';
import { asFailure } from './fail';
import { assigning, effectiveInput, leave, leavePlainly, outputOf } from './leave';
import { scopeOf, stateOf, stepAt } from './places';
import { stateAt } from './program';
import { checkSize } from './size';
import { startMap } from './start-map';
import { startTask } from './start-task';
import { type Draft, emit, type Turn } from './turn';

/** The machine goes on to its next state, and the state begins. Throws LanguageFailure, see `run`. */
export function enter(turn: Turn, scope: Scope): void {
  if (scope.next !== null) enterNext(turn, scope, scope.next);
}

function enterNext(turn: Turn, scope: Scope, next: Next): void {
  const state = stateAt(turn.program, scope.machine, next.state);
  const delay = state.type === 'Wait' ? untilOf(turn, scope, next, state) : undefined;
  const told: Draft<'StateEntered'> = {
    type: 'StateEntered',
    state: next.state,
    stateType: state.type,
    input: next.input,
  };
  if (scope.parent !== 0) {
    told.parent = scope.parent;
    told.index = scope.index;
  }
  if (delay?.until !== undefined) told.until = delay.until;
  const id = emit(turn, told, next.previous);
  const step = stepAt(turn.execution, id);
  if (delay?.thrown !== undefined) {
    failEvaluation(turn, step, delay.thrown);
    return;
  }
  run(turn, step);
}

/** An expression of the step has failed. Rethrows what is no LanguageFailure. */
export function failEvaluation(turn: Turn, step: Step, thrown: unknown): void {
  const failure = asFailure(step, thrown);
  const location = thrown instanceof LanguageFailure ? thrown.location : undefined;
  const place = location === undefined ? {} : { location };
  turn.now.push({ kind: 'failed', step, failure, origin: 'evaluation', previous: step.last, ...place });
}

/** When a Wait goes on, or why that cannot be said. It must be known before the state's entry is recorded. */
function untilOf(
  turn: Turn,
  scope: Scope,
  next: Next,
  state: Extract<CompiledState, { type: 'Wait' }>,
): { until?: number; thrown?: unknown } {
  const step = comingStep(turn.execution, scope, next, turn.at);
  try {
    const sight = sightOf(turn, step);
    return { until: state.until(seeing(sight, effectiveInput(state, sight)), turn.at) };
  } catch (thrown) {
    return { thrown };
  }
}

function comingStep(execution: Execution, scope: Scope, next: Next, at: number): Step {
  return {
    id: execution.lastEvent + 1,
    state: next.state,
    type: 'Wait',
    parent: scope.parent,
    index: scope.index,
    hidden: scope.hidden,
    input: next.input,
    enteredAt: at,
    previous: next.previous,
    number: execution.lastEvent + 1 - execution.quiet,
    status: 'ready',
    last: execution.lastEvent,
    attempt: 0,
    retries: [],
    until: null,
    task: null,
    container: null,
    failure: null,
  };
}

/** The step does what its state says, for the first time or again. Throws LanguageFailure where an expression fails. */
export function run(turn: Turn, step: Step): void {
  const state = stateOf(turn.program, turn.execution, step);
  if (state.type !== step.type) {
    enterAnew(turn, step);
    return;
  }
  switch (state.type) {
    case 'Pass':
    case 'Succeed':
      leavePlainly(turn, step, step.last);
      return;
    case 'Wait':
      runWait(turn, step, state);
      return;
    case 'Choice':
      choose(turn, step, state);
      return;
    case 'Fail':
      stateFailure(turn, step, state);
      return;
    case 'Task':
      startTask(turn, step, state);
      return;
    case 'Parallel':
      startParallel(turn, step, state);
      return;
    case 'Map':
      startMap(turn, step, state);
      return;
  }
}

/** The definition was replaced, and the state is of another type by now: it is visited as what it is. */
function enterAnew(turn: Turn, step: Step): void {
  const { execution } = turn;
  const scope = scopeOf(execution, step);
  const { id, state, type, input, last } = step;
  const previous = emit(turn, { type: 'StateAborted', step: id, state, stateType: type }, last);
  enterNext(turn, scope, { state, input, previous });
}

/** A Wait that is run again by hand waits for the time it was given at first; one that had none is over. */
function runWait(turn: Turn, step: Step, state: Extract<CompiledState, { type: 'Wait' }>): void {
  const sight = sightOf(turn, step);
  const until = step.until ?? state.until(seeing(sight, effectiveInput(state, sight)), step.enteredAt);
  if (step.status === 'waiting' && until > turn.at) return;
  leavePlainly(turn, step, step.last);
}

function choose(turn: Turn, step: Step, state: Extract<CompiledState, { type: 'Choice' }>): void {
  const sight = sightOf(turn, step);
  const effective = state.jsonata ? sight : seeing(sight, effectiveInput(state, sight));
  const rule = state.rules.find(({ matches }) => matches(effective));
  const next = rule === undefined ? state.otherwise : rule.next;
  if (next === undefined) {
    const failure = asFailure(step, noChoiceMatched());
    turn.now.push({ kind: 'failed', step, failure, origin: 'fail', previous: step.last });
    return;
  }
  const { assign, output } = rule ?? state;
  const plain = outputOf(state, sight, effective.data);
  leave(turn, step, {
    output: output === undefined ? plain : output(effective),
    ...assigning(assign?.(effective)),
    next,
    previous: step.last,
  });
}

/** Why a Choice without Default cannot go on. */
export function noChoiceMatched(): LanguageFailure {
  return new LanguageFailure(
    'States.NoChoiceMatched',
    "Failed to transition out of the state. The state's choices did not match the input and it has no Default.",
  );
}

function stateFailure(turn: Turn, step: Step, state: Extract<CompiledState, { type: 'Fail' }>): void {
  const sight = sightOf(turn, step);
  const error = textOf(state.error?.(sight));
  const cause = textOf(state.cause?.(sight));
  const failure = { ...(error === undefined ? {} : { error }), ...(cause === undefined ? {} : { cause }) };
  turn.now.push({ kind: 'failed', step, failure, origin: 'fail', previous: step.last });
}

/** What a Fail says of itself: text as it is, all else as JSON. */
export function textOf(value: Json | undefined): string | undefined {
  if (value === undefined) return undefined;
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function startParallel(turn: Turn, step: Step, state: Extract<CompiledState, { type: 'Parallel' }>): void {
  const sight = sightOf(turn, step);
  const effective = effectiveInput(state, sight);
  const input = state.parameters === undefined ? effective : state.parameters(seeing(sight, effective));
  checkSize(turn.execution, input, step.state);
  const own = input === step.input ? {} : { input };
  emit(turn, { type: 'ParallelStateStarted', step: step.id, ...own }, step.last);
  for (const scope of step.container?.scopes.values() ?? []) turn.soon.push({ kind: 'enter', scope });
}

/** Whether a scope is still part of its execution and on its way. */
export function isUnderWay(execution: Execution, scope: Scope): boolean {
  if (scope.status !== 'running') return false;
  if (scope.parent === 0) return true;
  const around = execution.steps.get(scope.parent);
  if (around?.container?.scopes.get(scope.index) !== scope) return false;
  return isUnderWay(execution, scopeOf(execution, around));
}
