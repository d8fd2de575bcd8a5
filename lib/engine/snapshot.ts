import type { Json } from '@/lib/expression/json';
import type { Execution, Scope, Step } from './execution';
import { timersOf } from './timers';

/**
 * Snapshots: everything `advance` needs to go on, as JSON. Maps become lists of pairs, which is all that keeps an execution from
 * being JSON already.
 */
interface Frozen {
  readonly execution: Omit<Execution, 'steps' | 'top' | 'timers'>;
  readonly top: Scope;
  readonly steps: readonly FrozenStep[];
  readonly timers: readonly (readonly [string, number])[];
}
/** One step as plain data. */
export interface FrozenStep {
  readonly step: Omit<Step, 'container'>;
  readonly container: Omit<NonNullable<Step['container']>, 'scopes' | 'map'> | null;
  readonly scopes: readonly Scope[];
  readonly map: Omit<Map_, 'run'> | null;
  readonly run:
    | (Omit<Run, 'failures'> & { readonly failures: readonly (readonly [number, Failure])[] })
    | null;
}
type Map_ = NonNullable<NonNullable<Step['container']>['map']>;
type Run = NonNullable<Map_['run']>;
type Failure = Run['failures'] extends Map<number, infer Value> ? Value : never;

/** To be raised with each change of what is frozen: a snapshot of another format is not read, and its history is folded instead. */
export const snapshotFormat = 1;

/** A snapshot of an execution, so that it is taken up without its whole history. */
export function freeze(execution: Execution): Json {
  return JSON.parse(freezeText(execution));
}

/** The same as JSON text. All of it is plain data; what is undefined is dropped. */
export function freezeText(execution: Execution): string {
  const { steps, top, timers, ...rest } = execution;
  const frozen: Frozen = {
    execution: rest,
    top,
    steps: [...steps.values()].map(freezeStep),
    timers: [...timers.due],
  };
  return JSON.stringify(frozen);
}

export function freezeStep(step: Step): FrozenStep {
  const { container, ...rest } = step;
  if (container === null) return { step: rest, container: null, scopes: [], map: null, run: null };
  const { scopes, map, ...inside } = container;
  const run = map?.run ?? null;
  return {
    step: rest,
    container: inside,
    scopes: [...scopes.values()],
    map: map === null ? null : withoutRun(map),
    run: run === null ? null : { ...run, failures: [...run.failures] },
  };
}

function withoutRun({ run: _, ...map }: Map_): Omit<Map_, 'run'> {
  return map;
}

/** The execution of a snapshot that `freeze` made. */
export function thaw(snapshot: Json): Execution {
  return thawText(JSON.stringify(snapshot));
}

/** The execution whose text `freezeText` made, in this format. */
export function thawText(text: string): Execution {
  // Only `freezeText` writes them, and a cast at this one place says so.
  const frozen = JSON.parse(text) as Frozen;
  return {
    ...frozen.execution,
    top: frozen.top,
    steps: new Map(frozen.steps.map((entry) => [entry.step.id, thawStep(entry)])),
    timers: timersOf(frozen.timers),
  };
}

export function thawStep({ step, container, scopes, map, run }: FrozenStep): Step {
  if (container === null) return { ...step, container: null };
  const thawedRun = run === null ? null : { ...run, failures: new Map(run.failures) };
  return {
    ...step,
    container: {
      ...container,
      scopes: new Map(scopes.map((scope) => [scope.index, scope])),
      map: map === null ? null : { ...map, run: thawedRun },
    },
  };
}
