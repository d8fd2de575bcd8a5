import type { Command } from './command';
import type { Execution, Timers } from './execution';

/** Where `apply` puts the commands that follow from an event; absent while folding. */
export type Commands = Command[] | undefined;

export function setTimer(execution: Execution, id: string, at: number, commands: Commands): void {
  const { timers } = execution;
  timers.due.set(id, at);
  push(timers.heap, { at, id });
  prune(timers);
  commands?.push({ type: 'setTimer', id, at });
}

export function cancelTimer(execution: Execution, id: string, commands: Commands): void {
  if (!execution.timers.due.delete(id)) return;
  prune(execution.timers);
  commands?.push({ type: 'cancelTimer', id });
}

/** Takes every timer away: an ended execution has none (E6). */
export function cancelAllTimers(execution: Execution, commands: Commands): void {
  const { timers } = execution;
  for (const id of timers.due.keys()) commands?.push({ type: 'cancelTimer', id });
  timers.due.clear();
  timers.heap.length = 0;
}

/** Timers of a snapshot. */
export function timersOf(due: Iterable<readonly [string, number]>): Timers {
  const timers: Timers = { due: new Map(due), heap: [] };
  for (const [id, at] of timers.due) push(timers.heap, { at, id });
  return timers;
}

type Entry = Timers['heap'][number];

/** Entries of timers that were moved or cancelled leave when they come to the top. */
function prune({ due, heap }: Timers): void {
  for (let top = heap[0]; top !== undefined && due.get(top.id) !== top.at; top = heap[0]) pop(heap);
}

function push(heap: Entry[], entry: Entry): void {
  let at = heap.length;
  heap.push(entry);
  while (at > 0) {
    const parent = (at - 1) >> 1;
    const above = heap[parent];
    if (above === undefined || above.at <= entry.at) break;
    heap[at] = above;
    at = parent;
  }
  heap[at] = entry;
}

function pop(heap: Entry[]): void {
  const last = heap.pop();
  if (last === undefined || heap.length === 0) return;
  let at = 0;
  for (;;) {
    const child = smallerChild(heap, at);
    const below = heap[child];
    if (below === undefined || below.at >= last.at) break;
    heap[at] = below;
    at = child;
  }
  heap[at] = last;
}

function smallerChild(heap: readonly Entry[], at: number): number {
  const left = heap[2 * at + 1];
  const right = heap[2 * at + 2];
  return right !== undefined && left !== undefined && right.at < left.at ? 2 * at + 2 : 2 * at + 1;
}
