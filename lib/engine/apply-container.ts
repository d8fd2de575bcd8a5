import type { Json } from '@/lib/expression/json';
import { compilePath } from '@/lib/expression/path';
import { applyMapRun, askWhenLow, dropTaken } from './apply-map-run';
import { failOrRetry, failureOf, stall } from './apply-step';
import type { Event } from './event';
import type { Container, Execution, Scope, Step } from './execution';
import { containerOf, scopeOf, stepAt } from './places';
import { innerMachine, machineAt, type Program, stateAt } from './program';
import { type Commands, cancelTimer } from './timers';

type Told<Type extends Event['type']> = Extract<Event, { readonly type: Type }>;
type ContainerEvent = Told<
  | 'ParallelStateStarted'
  | 'ParallelStateSucceeded'
  | 'ParallelStateFailed'
  | 'MapStateStarted'
  | 'MapIterationStarted'
  | 'MapIterationSucceeded'
  | 'MapIterationFailed'
  | 'MapIterationAborted'
  | 'MapStateSucceeded'
  | 'MapStateFailed'
  | 'MapRunStarted'
  | 'MapItemsRead'
  | 'MapResultsScheduled'
  | 'MapResultsWritten'
  | 'MapRunSucceeded'
  | 'MapRunFailed'
>;

/** What happens to a Parallel or a Map and to the branches and iterations inside it. */
export function applyContainer(
  program: Program,
  execution: Execution,
  event: ContainerEvent,
  commands: Commands,
): void {
  const step = stepAt(execution, event.step);
  step.last = event.id;
  if (step.status === 'retrying') cancelTimer(execution, `retry:${step.id}`, commands);
  switch (event.type) {
    case 'ParallelStateStarted':
      startParallel(program, execution, step, event);
      return;
    case 'MapStateStarted':
      startMap(step, event);
      return;
    case 'MapIterationStarted':
      startIteration({ program, execution, step, commands }, event);
      return;
    case 'ParallelStateFailed':
      failInside(execution, containerOf(step).scopes.get(event.branch), event);
      failContainer(execution, step, event, commands);
      return;
    case 'MapIterationFailed':
      failIteration(execution, step, event, commands);
      return;
    case 'MapStateFailed':
    case 'MapRunFailed':
      failContainer(execution, step, event, commands);
      return;
    case 'MapRunStarted':
    case 'MapItemsRead':
    case 'MapResultsScheduled':
    case 'MapResultsWritten':
      applyMapRun(step, event, commands);
      return;
    case 'MapIterationSucceeded':
    case 'ParallelStateSucceeded':
    case 'MapIterationAborted':
    case 'MapStateSucceeded':
    case 'MapRunSucceeded':
      return;
  }
}

function startParallel(
  program: Program,
  execution: Execution,
  step: Step,
  event: Told<'ParallelStateStarted'>,
): void {
  const around = scopeOf(execution, step);
  const state = stateAt(program, around.machine, step.state);
  const length = state.type === 'Parallel' ? state.branches : 0;
  const container: Container = {
    length,
    scopes: new Map(),
    outputs: new Array<Json>(length).fill(null),
    started: length,
    running: length,
    done: 0,
    last: event.id,
    map: null,
  };
  begin(step, container);
  const input = event.input === undefined ? step.input : event.input;
  for (let index = 0; index < length; index += 1) {
    const place = { step, around, index, branch: index, isolated: false };
    container.scopes.set(index, scopeIn(program, place, input, event.id));
  }
}

function startMap(step: Step, event: Told<'MapStateStarted'>): void {
  const items = event.items ?? (event.itemsPath === undefined ? [] : itemsAt(step, event.itemsPath));
  begin(step, {
    length: 0,
    scopes: new Map(),
    outputs: [],
    started: 0,
    running: 0,
    done: 0,
    last: event.id,
    map: {
      items: [...items],
      first: 0,
      keys: event.keys ?? null,
      concurrency: event.concurrency,
      taken: 0,
      run: null,
    },
  });
}

function begin(step: Step, container: Container): void {
  step.container = container;
  step.attempt += 1;
  step.status = 'inside';
  step.failure = null;
}

/** The path was found to lead to an array when the event was decided. */
function itemsAt(step: Step, path: string): readonly Json[] {
  const found = compilePath(path).find({
    data: step.input,
    context: () => null,
    variable: () => undefined,
    chance: { random: () => 0, uuid: () => '' },
    now: 0,
  });
  return Array.isArray(found) ? found : [];
}

interface Iterating {
  readonly program: Program;
  readonly execution: Execution;
  readonly step: Step;
  readonly commands: Commands;
}

function startIteration(
  { program, execution, step, commands }: Iterating,
  event: Told<'MapIterationStarted'>,
): void {
  const container = containerOf(step);
  const { map } = container;
  if (map === null) throw new Error(`step ${step.id} ("${step.state}") is no Map`);
  const item = map.items[map.taken - map.first] ?? null;
  const input = event.input === undefined ? item : event.input;
  map.taken += event.items ?? 1;
  container.started += 1;
  container.running += 1;
  const place = {
    step,
    around: scopeOf(execution, step),
    index: event.index,
    branch: 0,
    isolated: map.run !== null,
  };
  if (map.run?.writer == null) container.outputs[event.index] = null;
  const scope = scopeIn(program, place, input, event.id);
  container.scopes.set(event.index, map.run === null ? scope : { ...scope, item });
  dropTaken(map);
  askWhenLow(step, map, commands);
}

interface Place {
  readonly step: Step;
  readonly around: Scope;
  readonly index: number;
  readonly branch: number;
  readonly isolated: boolean;
}

function scopeIn(program: Program, place: Place, input: Json, previous: number): Scope {
  const machine = innerMachine(place.around.machine, place.step.state, place.branch);
  return {
    parent: place.step.id,
    index: place.index,
    machine,
    input,
    variables: {},
    step: 0,
    next: { state: machineAt(program, machine).startAt, input, previous },
    status: 'running',
    isolated: place.isolated,
    hidden: place.isolated || place.around.hidden,
  };
}

/** The step that a failed branch or iteration is at has failed, if it has not said so itself. */
function failInside(
  execution: Execution,
  scope: Scope | undefined,
  event: Told<'ParallelStateFailed' | 'MapIterationFailed'>,
): void {
  const inner = scope === undefined ? undefined : execution.steps.get(scope.step);
  if (inner === undefined || inner.status === 'failed') return;
  inner.status = 'failed';
  inner.failure = failureOf(event);
}

function failContainer(
  execution: Execution,
  step: Step,
  event: Told<'ParallelStateFailed' | 'MapStateFailed' | 'MapIterationFailed' | 'MapRunFailed'>,
  commands: Commands,
): void {
  stall(step);
  failOrRetry(execution, event, commands);
}

function failIteration(
  execution: Execution,
  step: Step,
  event: Told<'MapIterationFailed'>,
  commands: Commands,
): void {
  const container = containerOf(step);
  const scope = container.scopes.get(event.index);
  failInside(execution, scope, event);
  const run = container.map?.run ?? null;
  if (run === null) {
    failContainer(execution, step, event, commands);
    // What follows a retry follows from what failed inside, as in AWS' history.
    if (event.retry !== undefined) step.last = event.previous;
    return;
  }
  run.failures.set(event.index, failureOf(event));
  if (scope !== undefined) scope.status = 'stalled';
  container.running -= 1;
}
