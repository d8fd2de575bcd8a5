import { scopeOf, stepOf } from './ledger';
import type { Monitor, StateRecord } from './monitor';
import type { StateOverlay } from './overlay';
import type { Scope } from './scope';
import { standFor } from './status';
import type { Step } from './step';

/**
 * Which iterations are looked at: for each Map (and Parallel) on the way to the selected step, its pointer and the
 * machine inside it that the step is in. States inside show that machine alone (M9).
 */
export type Focus = readonly { readonly pointer: string; readonly scope: Scope }[];

/** The focus that a selected step gives, innermost first; empty for steps at top level. */
export function focusOn(monitor: Monitor, step: number | undefined): Focus {
  const focus: { pointer: string; scope: Scope }[] = [];
  let inner = step === undefined ? undefined : monitor.steps.get(step);
  while (inner?.parent !== undefined) {
    const outer = stepOf(monitor, inner.parent);
    if (outer.stateType === 'Map') focus.push({ pointer: outer.pointer, scope: scopeOf(monitor, inner) });
    inner = outer;
  }
  return focus;
}

/** What the canvas shows on a state; undefined where it was not reached (in the iteration that is looked at). */
export function overlayOf(monitor: Monitor, pointer: string, focus: Focus = []): StateOverlay | undefined {
  const record = monitor.states.get(pointer);
  if (record === undefined || record.newest === 0) return undefined;
  const narrowed = focus.find((each) => pointer.startsWith(`${each.pointer}/`));
  if (narrowed !== undefined) return overlayInside(monitor, pointer, narrowed.scope);
  record.overlay ??= overlay(monitor, stepOf(monitor, record.newest), record);
  return record.overlay;
}

function overlayInside(monitor: Monitor, pointer: string, scope: Scope): StateOverlay | undefined {
  for (const id of scope.newest.values()) {
    const step = stepOf(monitor, id);
    if (step.pointer !== pointer) continue;
    const next = step.next === undefined ? [] : [step.next];
    const [taken, caughtBy] = step.caught ? [[], next] : [next, []];
    return overlay(monitor, step, { counts: { [step.status]: 1 }, taken, caughtBy });
  }
  return undefined;
}

function overlay(
  monitor: Monitor,
  step: Step,
  { counts, taken, caughtBy }: Pick<StateRecord, 'counts'> & Record<'taken' | 'caughtBy', Iterable<string>>,
): StateOverlay {
  const container = monitor.containers.get(step.id);
  return {
    status: standFor(counts) ?? step.status,
    step: step.id,
    attempt: attemptOf(step),
    visits: { ...counts },
    ...(container === undefined ? {} : { inside: { ...container.counts } }),
    taken: [...taken],
    caughtBy: [...caughtBy],
  };
}

/** Which attempt a step is at: the one that is to come, while it waits for that; 0 for a step that has none. */
export function attemptOf(step: Step): number {
  const last = step.attempts.at(-1);
  if (last === undefined) return 0;
  return step.status === 'retrying' && last.endedAt !== undefined ? last.number + 1 : last.number;
}

/** The step that a click on a state selects: in the iteration looked at, else one that failed or moves, else the newest. */
export function stepAt(monitor: Monitor, pointer: string, focus: Focus = []): number | undefined {
  const shown = overlayOf(monitor, pointer, focus);
  if (shown === undefined || monitor.steps.get(shown.step)?.status === shown.status) return shown?.step;
  for (const id of [...monitor.failing, ...monitor.open]) {
    const step = stepOf(monitor, id);
    if (step.pointer === pointer && step.status === shown.status) return id;
  }
  return shown.step;
}

/** The steps that are to blame for a failure, oldest first, at most `limit` (M7). */
export function culprits(monitor: Monitor, limit = 20): readonly Step[] {
  const found: Step[] = [];
  for (const id of monitor.failing) {
    const step = stepOf(monitor, id);
    if (isInnermost(monitor, step) && !isForgiven(monitor, step)) found.push(step);
    if (found.length === limit) break;
  }
  return found.sort((one, other) => one.id - other.id);
}

/** The steps that have failed for good and wait for an operator. */
export function parked(monitor: Monitor): readonly Step[] {
  return [...monitor.open].map((id) => stepOf(monitor, id)).filter((step) => step.status === 'parked');
}

/** Whether a step waits for a person or a program to complete it, and not for another execution. */
export function awaitsCallback({ status, stateType, attempts }: Step): boolean {
  const resource = attempts.at(-1)?.resource ?? '';
  const isExecution = resource === 'millrace:flow' || /\.sync(:\d+)?$/.test(resource);
  return status === 'waiting' && stateType === 'Task' && !isExecution;
}

/** The steps that wait for somebody to complete them, oldest first. */
export function awaited(monitor: Monitor): readonly Step[] {
  const open = [...monitor.open].map((id) => stepOf(monitor, id));
  return open.filter(awaitsCallback).sort((one, other) => one.id - other.id);
}

/** The newest step whose failure a Catcher took over; undefined where there is none. */
export function lastCaught(monitor: Monitor): Step | undefined {
  const id = monitor.order.findLast((each) => {
    const { caught, undone } = stepOf(monitor, each);
    return caught && undone === undefined;
  });
  return id === undefined ? undefined : stepOf(monitor, id);
}

/** The step inside of a caught one in which its failure began; the step itself where that was its own. */
export function originOf(monitor: Monitor, step: Step): Step {
  for (const id of monitor.failing) {
    const inner = stepOf(monitor, id);
    if (isInnermost(monitor, inner) && isInside(monitor, inner, step)) return inner;
  }
  return step;
}

function isInside(monitor: Monitor, inner: Step, outer: Step): boolean {
  for (let id = inner.parent; id !== undefined; id = stepOf(monitor, id).parent)
    if (id === outer.id) return true;
  return false;
}

/** Nothing inside of it failed: the failure is its own. */
function isInnermost(monitor: Monitor, step: Step): boolean {
  return (monitor.containers.get(step.id)?.counts.failed ?? 0) === 0;
}

/** Something around it caught the failure, tolerated it, or begins anew. */
function isForgiven(monitor: Monitor, step: Step): boolean {
  for (let id = step.parent; id !== undefined; ) {
    const outer = stepOf(monitor, id);
    if (outer.caught || outer.status === 'succeeded') return true;
    id = outer.parent;
  }
  return false;
}

/** The step to look at in a branch or iteration: the one that failed, else the newest; undefined before the first. */
export function stepIn(monitor: Monitor, scope: Scope): number | undefined {
  const ids = [...scope.newest.values()];
  const failed = ids.find((id) => monitor.failing.has(id));
  return failed ?? (ids.length === 0 ? undefined : Math.max(...ids));
}
