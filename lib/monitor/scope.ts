import type { Failure } from '@/lib/engine/event';
import { isOpen, type StepStatus } from './status';

/** A machine being run: the whole execution, one branch of a Parallel, or one iteration of a Map. Grows in place. */
export interface Scope {
  status: StepStatus;
  startedAt?: number;
  endedAt?: number;
  failure?: Failure;
  /** The newest visit of each state in it, by the state's name. */
  readonly newest: Map<string, number>;
  /** The step that was entered last: where it is. */
  at?: number;
}

/** The branches or iterations of one Parallel or Map step. */
export interface Container {
  /** How many there are: known from the start, but where a Map reads its items. */
  length: number;
  readonly scopes: Map<number, Scope>;
  /** How many are in each status; those that were not begun are pending. */
  readonly counts: { [Status in StepStatus]?: number };
  /** A distributed Map: one iteration may fail without the others. */
  isDistributed: boolean;
  /** In a lean view: iterations that went well and are still there, the oldest first. */
  done?: number[];
  /** How many visits of which state were dropped with iterations that went well, by pointer (M14). */
  dropped?: Map<string, { [Status in StepStatus]?: number }>;
}

export function newScope(): Scope {
  return { status: 'pending', newest: new Map() };
}

export function newContainer(length: number): Container {
  return { length, scopes: new Map(), counts: length > 0 ? { pending: length } : {}, isDistributed: false };
}

/** So many more (or fewer) are waiting to start. */
export function grow(container: Container, by: number): void {
  container.length += by;
  const pending = (container.counts.pending ?? 0) + by;
  if (pending > 0) container.counts.pending = pending;
  else delete container.counts.pending;
}

/** So many more (or fewer) in a status; what nothing is in is absent. */
export function count(counts: { [Status in StepStatus]?: number }, status: StepStatus, by: number): void {
  const next = (counts[status] ?? 0) + by;
  if (next > 0) counts[status] = next;
  else delete counts[status];
}

/** The branch or iteration with this number, made where it is not there yet. */
export function scopeAt(container: Container, index: number): Scope {
  const known = container.scopes.get(index);
  if (known !== undefined) return known;
  const made = newScope();
  container.scopes.set(index, made);
  return made;
}

/** A branch or iteration goes over to another status; false where it stood there already. */
export function move(container: Container, index: number, status: StepStatus, at: number): boolean {
  const scope = scopeAt(container, index);
  if (scope.status === status) return false;
  count(container.counts, scope.status, -1);
  count(container.counts, status, 1);
  scope.status = status;
  scope.startedAt ??= at;
  if (isOpen(status)) {
    delete scope.endedAt;
    delete scope.failure;
  } else scope.endedAt = at;
  return true;
}
