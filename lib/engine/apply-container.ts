import type { Json } from '@/lib/expression/json';
import { compilePath } from '@/lib/expression/path';
import { failOrRetry, failureOf } from './apply-step';
import type { Command, MapResult } from './command';
import { innerMachine, machineAt, type Program, stateAt } from './compile';
import type { Event } from './event';
import type { Container, Execution, MapRun, Scope, Step } from './execution';
import { containerOf, scopeOf, stepAt } from './places';
import type { Commands } from './timers';

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
  switch (event.type) {
    case 'ParallelStateStarted':
      return startParallel(program, execution, step, event);
    case 'MapStateStarted':
      return startMap(step, event);
    case 'MapIterationStarted':
      return startIteration(program, execution, step, event);
    case 'ParallelStateFailed':
      failInside(execution, containerOf(step).scopes.get(event.branch), event);
      return failContainer(execution, step, event, commands);
    case 'MapIterationFailed':
      return failIteration(execution, step, event, commands);
    case 'MapStateFailed':
      return failContainer(execution, step, event, commands);
    case 'MapRunStarted':
    case 'MapItemsRead':
    case 'MapResultsScheduled':
    case 'MapResultsWritten':
    case 'MapRunFailed':
      return applyRun(execution, step, event, commands);
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
    map: { items: [...items], keys: event.keys ?? null, concurrency: event.concurrency, taken: 0, run: null },
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

function startIteration(
  program: Program,
  execution: Execution,
  step: Step,
  event: Told<'MapIterationStarted'>,
): void {
  const container = containerOf(step);
  const { map } = container;
  if (map === null) throw new Error(`step ${step.id} ("${step.state}") is no Map`);
  const item = map.items[map.taken] ?? null;
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
  container.outputs[event.index] = null;
  container.scopes.set(event.index, scopeIn(program, place, input, event.id));
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
  for (const scope of step.container?.scopes.values() ?? []) scope.status = 'stalled';
  if (step.container !== null) step.container.running = 0;
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
  if (run === null) return failContainer(execution, step, event, commands);
  run.failures.set(event.index, failureOf(event));
  if (scope !== undefined) scope.status = 'stalled';
  container.running -= 1;
}

function applyRun(
  execution: Execution,
  step: Step,
  event: Told<
    'MapRunStarted' | 'MapItemsRead' | 'MapResultsScheduled' | 'MapResultsWritten' | 'MapRunFailed'
  >,
  commands: Commands,
): void {
  const map = containerOf(step).map;
  if (map === null) throw new Error(`step ${step.id} ("${step.state}") is no Map`);
  if (event.type === 'MapRunStarted') {
    map.run = runOf(event);
    if (map.run.reading !== null) commands?.push(readingCommand(step, map.run));
    return;
  }
  if (event.type === 'MapRunFailed') return failContainer(execution, step, event, commands);
  const { run } = map;
  if (run === null) throw new Error(`step ${step.id} ("${step.state}") is no distributed Map`);
  if (event.type === 'MapResultsScheduled') {
    run.writing = true;
    commands?.push(writingCommand(step, run));
  } else if (event.type === 'MapResultsWritten') {
    run.writing = false;
    run.written = event.output;
  } else {
    for (const item of event.items) map.items.push(item);
    run.reading = event.next === undefined ? null : { page: (run.reading?.page ?? 0) + 1, from: event.next };
    if (run.reading !== null) commands?.push(readingCommand(step, run));
  }
}

function runOf(event: Told<'MapRunStarted'>): MapRun {
  return {
    toleratedCount: event.toleratedCount ?? null,
    toleratedPercentage: event.toleratedPercentage ?? null,
    reader: event.reader ?? null,
    writer: event.writer ?? null,
    batch: event.batch ?? null,
    reading: event.reader === undefined ? null : { page: 0, from: null },
    writing: false,
    failures: new Map(),
    written: null,
  };
}

/** The command that reads the page of items that a distributed Map waits for. */
export function readingCommand(step: Step, run: MapRun): Command {
  if (run.reader === null || run.reading === null) throw new Error(`step ${step.id} reads no items`);
  const { page, from } = run.reading;
  return {
    type: 'readItems',
    id: `read:${step.id}.${step.attempt}.${page}`,
    step: step.id,
    attempt: step.attempt,
    ...run.reader,
    ...(from === null ? {} : { from }),
  };
}

/** The command that writes the results of a distributed Map. */
export function writingCommand(step: Step, run: MapRun): Command {
  if (run.writer === null) throw new Error(`step ${step.id} writes no results`);
  return {
    type: 'writeResults',
    id: `write:${step.id}.${step.attempt}`,
    step: step.id,
    attempt: step.attempt,
    ...run.writer,
    results: resultsOf(step, run),
  };
}

function resultsOf(step: Step, run: MapRun): MapResult[] {
  const { outputs, map } = containerOf(step);
  return outputs.map((output, index) => {
    const input = map?.items[index] ?? null;
    const failure = run.failures.get(index);
    return failure === undefined
      ? { status: 'SUCCEEDED', input, output }
      : { status: 'FAILED', input, ...failure };
  });
}
