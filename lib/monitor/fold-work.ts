import type { Event, EventType } from '@/lib/engine/event';
import { isObject, type Json } from '@/lib/expression/json';
import { begin, change } from './attempts';
import { clear, containerOf, setScope, setStep, stepOf, valueAt } from './ledger';
import type { Monitor } from './monitor';
import { askedFor } from './operators';
import { grow, newContainer } from './scope';
import type { Attempt } from './step';

/** Attempts begin, wait and succeed: calls of tasks, and runs of branches and iterations. */
type Of<Type extends EventType> = Extract<Event, { readonly type: Type }>;

export function schedule(monitor: Monitor, event: Of<'TaskScheduled'>): void {
  const step = stepOf(monitor, event.step);
  const { at, attempt: call, resource, parameters } = event;
  const asked = askedFor(monitor, step.id);
  const attempts = begin(step.attempts, { at, input: step.input, call, resource, parameters, asked });
  if (event.queued === true) {
    const waiting = change(attempts, { status: 'pending', queuedAt: at });
    setStep(monitor, { ...step, attempts: waiting, status: 'pending' });
    return;
  }
  setStep(monitor, { ...step, attempts, status: calledStatus(attempts) });
}

/** The turn of a task has come that waited for it; of any other nothing new is told. */
export function startTask(monitor: Monitor, { step: id, at: startedAt }: Of<'TaskStarted'>): void {
  const step = stepOf(monitor, id);
  if (step.status !== 'pending') return;
  const attempts = change(step.attempts, { status: 'running', startedAt });
  setStep(monitor, { ...step, attempts, status: calledStatus(attempts) });
}

function calledStatus(attempts: readonly Attempt[]): 'retrying' | 'running' {
  return attempts.at(-1)?.trigger.kind === 'retry' ? 'retrying' : 'running';
}

/** The task was handed over, and its callback is waited for. */
export function submit(monitor: Monitor, event: Of<'TaskSubmitted'>): void {
  const step = stepOf(monitor, event.step);
  const attempts = change(step.attempts, { status: 'waiting', submitted: event.output });
  setStep(monitor, { ...step, attempts, status: 'waiting' });
}

export function succeedTask(monitor: Monitor, { step: id, at: endedAt, output }: Of<'TaskSucceeded'>): void {
  const step = stepOf(monitor, id);
  setStep(monitor, { ...step, attempts: change(step.attempts, { status: 'succeeded', endedAt, output }) });
}

export function openParallel(monitor: Monitor, event: Of<'ParallelStateStarted'>): void {
  const state = valueAt(monitor.definition, stepOf(monitor, event.step).pointer);
  open(monitor, event, branches(state));
}

export function openMap(monitor: Monitor, event: Of<'MapStateStarted'>): void {
  open(monitor, event, event.length);
}

/** A Map that reads its items learns how many there are page by page. */
export function growMap(monitor: Monitor, event: Of<'MapItemsRead'>): void {
  grow(containerOf(monitor, event.step), event.items.length);
  setStep(monitor, stepOf(monitor, event.step));
}

/** The Map is distributed. */
export function distribute(monitor: Monitor, event: Of<'MapRunStarted'>): void {
  containerOf(monitor, event.step).isDistributed = true;
}

/** The branches or iterations begin, for the first time or once more. */
function open(monitor: Monitor, event: { readonly step: number; readonly at: number }, length: number): void {
  const step = stepOf(monitor, event.step);
  clear(monitor, step.id);
  monitor.containers.set(step.id, newContainer(length));
  const beginning = { at: event.at, input: step.input, asked: askedFor(monitor, step.id) };
  setStep(monitor, { ...step, status: 'running', attempts: begin(step.attempts, beginning) });
}

function branches(state: Json | undefined): number {
  return isObject(state) && Array.isArray(state.Branches) ? state.Branches.length : 0;
}

/** The step has failed for good and waits for an operator. */
export function park(monitor: Monitor, { step: id, at, error, cause }: Of<'StepParked'>): void {
  const step = stepOf(monitor, id);
  const failure = { ...(error === undefined ? {} : { error }), ...(cause === undefined ? {} : { cause }) };
  setStep(monitor, { ...step, status: 'parked', failure });
  setScope(monitor, step, 'parked', at);
}
