import type { Monitor } from './monitor';
import { type Container, count } from './scope';
import type { Step } from './step';

/**
 * M14 The view of a long history keeps what is open, what failed, what lies outside of large Maps, and the newest iterations
 * of those that went well. Of the others it keeps the numbers, so a million iterations take no more room than a thousand.
 */

/** A Map with no more iterations than this is kept whole. */
const keptIterations = 1_000;

/** So many iterations that went well stay to be looked into. */
const keptDone = 100;

/** A visit was added: it goes when its iteration goes. */
export function remember({ lean }: Monitor, { id, parent, index }: Step): void {
  if (lean === undefined || parent === undefined || index === undefined) return;
  const place = placeName(parent, index);
  const visits = lean.visits.get(place);
  if (visits === undefined) lean.visits.set(place, [id]);
  else visits.push(id);
}

/** An iteration went well: of a large Map the oldest ones that did are dropped. */
export function thin(monitor: Monitor, parent: number, index: number): void {
  const container = monitor.containers.get(parent);
  if (monitor.lean === undefined || container === undefined) return;
  container.done ??= [];
  container.done.push(index);
  if (container.length <= keptIterations || container.done.length < 2 * keptDone) return;
  // The newest visit of a state stands for it on the canvas: its iteration stays until another one takes its place.
  for (const done of container.done.splice(0, container.done.length - keptDone))
    if (standsForState(monitor, parent, done)) container.done.push(done);
    else drop(monitor, parent, done);
}

/** The list of steps is without what was dropped. */
export function tidy({ lean, order, steps }: Monitor): void {
  if (lean === undefined || lean.dropped === 0) return;
  lean.dropped = 0;
  let kept = 0;
  for (const id of order) {
    if (!steps.has(id)) continue;
    order[kept] = id;
    kept += 1;
  }
  order.length = kept;
}

/** The iterations begin anew: those that were dropped stand for no state any more. */
export function forgetDropped(monitor: Monitor, container: Container): void {
  for (const [pointer, counts] of container.dropped ?? []) {
    const record = monitor.states.get(pointer);
    if (record === undefined) continue;
    // The keys of counts are statuses.
    for (const [status, number] of Object.entries(counts))
      count(record.counts, status as keyof typeof counts, -number);
    record.overlay = undefined;
  }
  delete container.dropped;
}

function standsForState(monitor: Monitor, parent: number, index: number): boolean {
  return visitsIn(monitor, parent, index).some((id) => {
    const step = monitor.steps.get(id);
    return step !== undefined && monitor.states.get(step.pointer)?.newest === id;
  });
}

/** All visits in an iteration, those of machines inside it included. */
function visitsIn(monitor: Monitor, parent: number, index: number): readonly number[] {
  const own = monitor.lean?.visits.get(placeName(parent, index)) ?? [];
  const inside = own.flatMap((id) =>
    [...(monitor.containers.get(id)?.scopes.keys() ?? [])].flatMap((each) => visitsIn(monitor, id, each)),
  );
  return [...own, ...inside];
}

function drop(monitor: Monitor, parent: number, index: number): void {
  const { lean } = monitor;
  const container = monitor.containers.get(parent);
  // It was begun once more meanwhile.
  if (lean === undefined || container?.scopes.get(index)?.status !== 'succeeded') return;
  const newest = new Set(newestIn(monitor, parent, index));
  for (const id of visitsIn(monitor, parent, index)) {
    const step = monitor.steps.get(id);
    if (step === undefined) continue;
    if (newest.has(id)) countDropped(container, step);
    monitor.steps.delete(id);
    monitor.failing.delete(id);
    for (const each of monitor.containers.get(id)?.scopes.keys() ?? [])
      lean.visits.delete(placeName(id, each));
    monitor.containers.delete(id);
    lean.dropped += 1;
  }
  lean.visits.delete(placeName(parent, index));
  container.scopes.delete(index);
}

/** The visits that their states count: the newest of each state in each machine. */
function newestIn(monitor: Monitor, parent: number, index: number): number[] {
  const ids = [...(monitor.containers.get(parent)?.scopes.get(index)?.newest.values() ?? [])];
  const inside = ids.flatMap((id) =>
    [...(monitor.containers.get(id)?.scopes.keys() ?? [])].flatMap((each) => newestIn(monitor, id, each)),
  );
  return [...ids, ...inside];
}

function countDropped(container: Container, { pointer, status }: Step): void {
  container.dropped ??= new Map();
  const counts = container.dropped.get(pointer) ?? {};
  count(counts, status, 1);
  container.dropped.set(pointer, counts);
}

function placeName(parent: number, index: number): string {
  return `${parent}/${index}`;
}
