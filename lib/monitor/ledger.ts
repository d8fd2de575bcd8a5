import type { Failure } from '@/lib/engine/event';
import { isObject, type Json } from '@/lib/expression/json';
import { child, tokens } from '@/lib/flow/pointer';
import { change } from './attempts';
import { forgetDropped, remember } from './lean';
import type { Monitor, StateRecord } from './monitor';
import { type Container, count, move, type Scope, scopeAt } from './scope';
import { isOpen, type StepStatus } from './status';
import type { Step } from './step';

/** The history speaks of a step that is not in the view. */
export class UnknownStep extends Error {
  override readonly name = 'UnknownStep';
}

/** The only place that writes steps and scopes into a monitor, so that the counts always agree with them. */

/** The step with this id; throws where there is none, as an event about it has come. */
export function stepOf(monitor: Monitor, id: number): Step {
  const step = monitor.steps.get(id);
  if (step === undefined) throw new UnknownStep(`the history speaks of step ${id}, which was never entered`);
  return step;
}

/** The machine that a step runs in. */
export function scopeOf(monitor: Monitor, at: Pick<Step, 'parent' | 'index'>): Scope {
  if (at.parent === undefined || at.index === undefined) return monitor.top;
  return scopeAt(containerOf(monitor, at.parent), at.index);
}

/** The branches or iterations of a step that has some; throws where it has none. */
export function containerOf(monitor: Monitor, id: number): Container {
  const container = monitor.containers.get(id);
  if (container === undefined)
    throw new UnknownStep(`the history speaks of branches of step ${id}, which has none`);
  return container;
}

/** A new visit to a state takes the place of the last one in the same machine (M5). */
export function addStep(monitor: Monitor, step: Step): void {
  const scope = scopeOf(monitor, step);
  const before = scope.newest.get(step.state);
  if (before !== undefined) forget(monitor, before);
  scope.newest.set(step.state, step.id);
  scope.at = step.id;
  const record = recordOf(monitor, step.pointer);
  record.newest = step.id;
  count(record.counts, step.status, 1);
  monitor.steps.set(step.id, step);
  monitor.order.push(step.id);
  remember(monitor, step);
  note(monitor, step);
}

/** Writes a step that has changed; the counts of its state follow. */
export function setStep(monitor: Monitor, step: Step): void {
  const before = stepOf(monitor, step.id);
  monitor.steps.set(step.id, step);
  if (before.status !== step.status && scopeOf(monitor, step).newest.get(step.state) === step.id) {
    const { counts } = recordOf(monitor, step.pointer);
    count(counts, before.status, -1);
    count(counts, step.status, 1);
  }
  note(monitor, step);
}

/** A branch or iteration goes over to another status, and the state that holds it shows so. */
export function setScope(
  monitor: Monitor,
  at: Pick<Step, 'parent' | 'index'>,
  status: StepStatus,
  time: number,
): void {
  if (at.parent === undefined || at.index === undefined) return;
  if (move(containerOf(monitor, at.parent), at.index, status, time))
    touch(monitor, stepOf(monitor, at.parent));
}

/** The newest visit in this machine is no longer the one that its state stands for, nor is anything inside it. */
function forget(monitor: Monitor, id: number): void {
  const step = stepOf(monitor, id);
  count(recordOf(monitor, step.pointer).counts, step.status, -1);
  monitor.failing.delete(id);
  touch(monitor, step);
  clear(monitor, id);
}

/** The newest visit of a state in a machine is taken back: the state stands as if it had not been reached there (M12). */
export function takeBack(monitor: Monitor, scope: Scope, state: string): void {
  const id = scope.newest.get(state);
  if (id === undefined) return;
  markUndone(monitor, id);
  forget(monitor, id);
  scope.newest.delete(state);
  const record = recordOf(monitor, stepOf(monitor, id).pointer);
  if (Object.keys(record.counts).length > 0) return;
  record.newest = 0;
  record.taken.clear();
  record.caughtBy.clear();
}

function markUndone(monitor: Monitor, id: number): void {
  setStep(monitor, { ...stepOf(monitor, id), undone: true });
  for (const scope of monitor.containers.get(id)?.scopes.values() ?? [])
    for (const inner of scope.newest.values()) markUndone(monitor, inner);
}

/** Everything that ran inside of a step is history: it begins anew. */
export function clear(monitor: Monitor, id: number): void {
  const container = monitor.containers.get(id);
  for (const scope of container?.scopes.values() ?? [])
    for (const inner of scope.newest.values()) forget(monitor, inner);
  if (container !== undefined) forgetDropped(monitor, container);
}

/** The step at which a machine failed, where it has not said so itself: a Fail state, say (M7). */
export function failAt(monitor: Monitor, { at: id }: Scope, failure: Failure, at: number): void {
  const step = id === undefined ? undefined : monitor.steps.get(id);
  if (step === undefined || !isOpen(step.status)) return;
  const attempts = change(step.attempts, { status: 'failed', endedAt: at, failure });
  setStep(monitor, { ...step, status: 'failed', endedAt: at, attempts, failure });
  setScope(monitor, step, 'failed', at);
}

/** What still moves inside of a step that has failed is given up. */
export function closeInside(monitor: Monitor, id: number, at: number): void {
  for (const scope of monitor.containers.get(id)?.scopes.values() ?? [])
    if (scope.at !== undefined && isOpen(stepOf(monitor, scope.at).status)) close(monitor, scope.at, at);
}

/** What still moves when the execution ends is given up (M6). */
export function closeAll(monitor: Monitor, at: number): void {
  for (const id of [...monitor.open].reverse()) close(monitor, id, at);
}

function close(monitor: Monitor, id: number, at: number): void {
  closeInside(monitor, id, at);
  const step = stepOf(monitor, id);
  const status = (monitor.containers.get(id)?.counts.failed ?? 0) > 0 ? 'failed' : 'stopped';
  setStep(monitor, {
    ...step,
    status,
    endedAt: at,
    attempts: change(step.attempts, { status, endedAt: at }),
  });
  const around = scopeOf(monitor, step).status;
  if (around === 'running' || around === 'parked') setScope(monitor, step, status, at);
}

/** Pointer of a state by its name and the machine that it is in. */
export function pointerOf(monitor: Monitor, at: Pick<Step, 'parent' | 'index'>, name: string): string {
  return child(child(machineAt(monitor, at), 'States'), name);
}

function machineAt(monitor: Monitor, at: Pick<Step, 'parent' | 'index'>): string {
  if (at.parent === undefined || at.index === undefined) return '';
  const { pointer, stateType } = stepOf(monitor, at.parent);
  if (stateType === 'Parallel') return child(child(pointer, 'Branches'), at.index);
  const map = valueAt(monitor.definition, pointer);
  return child(pointer, isObject(map) && map.ItemProcessor === undefined ? 'Iterator' : 'ItemProcessor');
}

/** The value that a pointer names; undefined where there is none. */
export function valueAt(root: Json, pointer: string): Json | undefined {
  let value: Json | undefined = root;
  for (const token of tokens(pointer)) {
    if (Array.isArray(value)) value = value[Number(token)];
    else value = isObject(value) ? value[token] : undefined;
  }
  return value;
}

export function recordOf(monitor: Monitor, pointer: string): StateRecord {
  const known = monitor.states.get(pointer);
  if (known !== undefined) return known;
  const made: StateRecord = { counts: {}, newest: 0, taken: new Set(), caughtBy: new Set() };
  monitor.states.set(pointer, made);
  return made;
}

function note(monitor: Monitor, step: Step): void {
  touch(monitor, step);
  if (isOpen(step.status)) monitor.open.add(step.id);
  else monitor.open.delete(step.id);
  if (step.status === 'failed' && !step.caught) monitor.failing.add(step.id);
  else monitor.failing.delete(step.id);
}

function touch(monitor: Monitor, step: Step): void {
  monitor.changes.steps.add(step.id);
  monitor.changes.states.add(step.pointer);
  const record = recordOf(monitor, step.pointer);
  if (record.overlay !== undefined) record.overlay = undefined;
}
