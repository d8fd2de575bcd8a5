import { LanguageFailure } from '@/lib/expression/failure';
import { isObject, type Json, type JsonObject } from '@/lib/expression/json';
import type { Definition, State } from '@/lib/flow/model';
import { apply } from './apply';
import { compile } from './compile';
import type { CompiledState } from './compile-state';
import { contextOf } from './context';
import { type StepSight as Sight, seeing, sightOf } from './evaluation';
import type { Failure } from './event';
import type { Step } from './execution';
import { errorOutputOf } from './fail';
import { insertResult } from './leave';
import { scopeOf, stateOf, stepAt } from './places';
import { catcherFor, retryFor } from './retry';
import { checkSize } from './size';
import { exchangeOf } from './test-exchange';
import type { TestRequest } from './test-request';
import type { Inspection } from './test-state-map';
import { type Refusal, refusal, stateUnderTest } from './test-state-refusal';
import { inspect } from './test-state-run';
import { emit, type Failing, type Turn, turnOf } from './turn';

export type TestOutcome =
  | {
      readonly status: 'SUCCEEDED' | 'FAILED' | 'RETRIABLE' | 'CAUGHT_ERROR';
      readonly output?: Json;
      readonly error?: string;
      readonly cause?: string;
      readonly nextState?: string;
      /** What DEBUG and TRACE show of the way from input to output; INFO shows nothing. */
      readonly inspectionData?: JsonObject;
    }
  | Refusal;

/** Tries one state without an execution, as AWS' TestState does: pure, with mocked results. */
export function testState(request: TestRequest): TestOutcome {
  const refused = refusal(request);
  if (refused !== undefined) return refused;
  const found = stateUnderTest(request.definition, request.stateName);
  if (found === undefined)
    return { refused: 'ValidationException', message: 'State not found in definition' };
  const turn = testTurn(found, request);
  const step = stepAt(turn.execution, turn.execution.top.step);
  const state = stateOf(turn.program, turn.execution, step);
  const sight = testSight(turn, step, request);
  const inspection: Inspection = { input: step.input };
  const trial = { turn, step, state, sight, inspection };
  const tried = attempt(trial, request);
  const outcome =
    'failing' in tried ? failed(trial, tried.failing) : { status: 'SUCCEEDED' as const, ...tried };
  if (request.inspectionLevel === 'INFO') return outcome;
  if (request.inspectionLevel === 'TRACE' && state.type === 'Task')
    Object.assign(inspection, exchangeOf(state.resource, inspection, request.mock?.result));
  return { ...outcome, inspectionData: inspection };
}

/** A state that is being tried, and what is noted of it. */
interface Trial {
  readonly turn: Turn;
  readonly step: Step;
  readonly state: CompiledState;
  readonly sight: Sight;
  readonly inspection: Inspection;
}

type Tried = { readonly output: Json; readonly nextState?: string } | { readonly failing: Failing };

function attempt({ turn, step, state, sight, inspection }: Trial, request: TestRequest): Tried {
  try {
    const tried = inspect(state, sight, request, inspection);
    if ('failure' in tried) return { failing: { failure: tried.failure, origin: 'task', previous: step.id } };
    checkSize(turn.execution, tried.output, step.state);
    return tried;
  } catch (thrown) {
    return { failing: { failure: failureOf(thrown), origin: 'evaluation', previous: step.id } };
  }
}

/** Rethrows what is no LanguageFailure. */
function failureOf(thrown: unknown): Failure {
  if (!(thrown instanceof LanguageFailure)) throw thrown;
  return { error: thrown.error, cause: thrown.message };
}

/** An execution that has just entered the state, with the variables given. */
function testTurn(
  found: { name: string; state: State; language: Definition['QueryLanguage'] },
  request: TestRequest,
): Turn {
  const { name, state, language } = found;
  const definition: Definition = {
    StartAt: name,
    States: { [name]: state },
    ...(language === undefined ? {} : { QueryLanguage: language }),
  };
  const program = compile(definition);
  const { at, seed, input = {}, variables = {}, stateConfiguration = {} } = request;
  const names = { executionId: 'test', executionName: 'test', flowId: 'test', flowName: 'test', version: 0 };
  const started = { id: 1, previous: 0, at, type: 'ExecutionStarted', input, seed, ...names } as const;
  const execution = apply(program, undefined, started);
  execution.top.variables = variables;
  const turn = turnOf(program, execution, { at });
  const id = emit(turn, { type: 'StateEntered', state: name, stateType: state.Type, input }, 0);
  const { retrierRetryCount = 0 } = stateConfiguration;
  const step = stepAt(execution, id);
  step.retries = stateOf(program, execution, step).retry.map(() => retrierRetryCount);
  return turn;
}

function testSight(turn: Turn, step: Step, { context }: TestRequest): Sight {
  const sight = sightOf(turn, step);
  return sight.inContext(context ?? testContext(turn, step));
}

/** Nothing that is tried can have been redriven. */
function testContext({ execution }: Turn, step: Step): Json {
  const whole = contextOf({
    execution,
    scope: scopeOf(execution, { ...step, retries: [] }),
    step: { ...step, retries: [] },
  });
  if (!isObject(whole.Execution)) return whole;
  const { RedriveCount: _, ...rest } = whole.Execution;
  return { ...whole, Execution: rest };
}

function failed({ turn, step, state, sight, inspection }: Trial, failing: Failing): TestOutcome {
  const { failure } = failing;
  const retry = retryFor(turn, step, state, failing);
  if (retry !== undefined) {
    const retryBackoffIntervalSeconds = (retry.at - turn.at) / 1000;
    inspection.errorDetails = { retryBackoffIntervalSeconds, retryIndex: retry.retrier };
    return { status: 'RETRIABLE', ...failure };
  }
  const catcher = catcherFor(state, failing);
  if (catcher === undefined) return { status: 'FAILED', ...failure };
  inspection.errorDetails = { catchIndex: state.catchers.indexOf(catcher) };
  try {
    const output = caughtOutput(state, catcher, step, { failure, sight, inspection });
    return { status: 'CAUGHT_ERROR', output, ...failure, nextState: catcher.next };
  } catch (thrown) {
    return { status: 'FAILED', ...failureOf(thrown) };
  }
}

/** Throws LanguageFailure where an expression of the catcher fails. */
function caughtOutput(
  state: CompiledState,
  catcher: CompiledState['catchers'][number],
  step: Step,
  { failure, sight, inspection }: { failure: Failure; sight: Sight; inspection: Inspection },
): Json {
  const errorOutput = errorOutputOf(failure);
  const seen = state.jsonata ? seeing(sight, step.input, { errorOutput }) : seeing(sight, errorOutput);
  const assigned = catcher.assign?.(seen);
  if (assigned !== undefined) inspection.variables = assigned;
  if (!state.jsonata) return insertResult(catcher.resultPath, step.input, errorOutput);
  return catcher.output === undefined ? errorOutput : catcher.output(seen);
}
