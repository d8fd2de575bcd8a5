import type { Json } from '@/lib/expression/json';
import { longestBatch } from './compile-map';
import type { CompiledState } from './compile-state';
import { itemOf } from './context';
import { seeing, sightOf } from './evaluation';
import type { Container, MapProgress, MapRun, Step } from './execution';
import { checkResult, effectiveInput, leaveWithResult } from './leave';
import { stateOf } from './places';
import { checkSize, sizeOf } from './size';
import { emit, type Turn } from './turn';

type MapState = Extract<CompiledState, { type: 'Map' }>;

/** How many items of a distributed Map without MaxConcurrency run at once, as in AWS. */
const mostAtOnce = 10_000;
/** A ResultWriter is given so many results at a time. */
const resultsPerPart = 1_000;

/**
 * Starts as many iterations as the Map may run and the turn may hold; leaves the Map where none is left.
 * `room` says whether the turn may go on. Throws LanguageFailure.
 */
export function fill(turn: Turn, step: Step, room: () => boolean): void {
  const { container } = step;
  if (container === null || step.status !== 'inside') return;
  const { map } = container;
  if (map === null) {
    if (isDone(container)) leaveParallel(turn, step, container, step.last);
    return;
  }
  const state = stateOf(turn.program, turn.execution, step);
  if (state.type !== 'Map') return;
  while (mayStart(container)) {
    if (!room()) return void turn.soon.push({ kind: 'fill', step });
    startIteration(turn, step, state, map);
  }
  if (isDone(container)) leaveMap(turn, step, container.last);
}

/** Whether an item is left and the Map's concurrency allows another iteration. */
function mayStart({ map, running }: Container): boolean {
  if (map === null || isAllTaken(map)) return false;
  const unlimited = map.run === null ? Number.POSITIVE_INFINITY : mostAtOnce;
  return running < (map.concurrency === 0 ? unlimited : map.concurrency);
}

function isAllTaken({ taken, first, items }: MapProgress): boolean {
  return taken >= first + items.length;
}

/** Whether a Parallel or Map has something to do that waits for nothing: to start an iteration, or to end. */
export function isDue(container: Container): boolean {
  return mayStart(container) || (isDone(container) && !container.map?.run?.writing);
}

/** All branches are done. Throws LanguageFailure. */
export function leaveParallel(turn: Turn, step: Step, container: Container, previous: number): void {
  checkResult(turn, step, container.outputs);
  const succeeded = emit(turn, { type: 'ParallelStateSucceeded', step: step.id }, previous);
  leaveWithResult(turn, step, container.outputs, succeeded);
}

/** Whether no branch or iteration is left to be started or awaited. */
export function isDone(container: Container): boolean {
  const { map, running } = container;
  if (map === null) return container.done === container.length;
  if (running > 0 || !isAllTaken(map)) return false;
  if (map.run === null) return container.done === container.started;
  return map.run.reading === null && container.done + map.run.failures.size === container.started;
}

/** All items are done: results are written where a ResultWriter says so, and the Map is left. Throws LanguageFailure. */
export function leaveMap(turn: Turn, step: Step, previous: number): void {
  const container = step.container;
  const run = container?.map?.run ?? null;
  if (container === null) return;
  if (run === null) {
    checkResult(turn, step, container.outputs);
    emit(turn, { type: 'MapStateSucceeded', step: step.id }, previous);
    leaveWithResult(turn, step, container.outputs, previous);
    return;
  }
  if (run.writer !== null && run.written === null) {
    if (run.writing === null) writePart(turn, step, run, previous);
    return;
  }
  const result = run.written ?? container.outputs.filter((_, index) => !run.failures.has(index));
  const succeeded = emit(turn, { type: 'MapRunSucceeded', step: step.id }, step.last);
  emit(turn, { type: 'MapStateSucceeded', step: step.id }, succeeded);
  leaveWithResult(turn, step, result, succeeded);
}

/** Results are handed to the ResultWriter whenever a part of them is together, so that a Map over a million items holds few. */
export function writeWhenFull(turn: Turn, step: Step, previous: number): void {
  const run = step.container?.map?.run ?? null;
  if (run === null || run.writing !== null || run.results.length < resultsPerPart) return;
  writePart(turn, step, run, previous, { more: true });
}

function writePart(turn: Turn, step: Step, run: MapRun, previous: number, more: { more?: true } = {}): void {
  const part = run.parts.length;
  const numbered = part === 0 ? {} : { part };
  emit(turn, { type: 'MapResultsScheduled', step: step.id, ...numbered, ...more }, previous);
}

function startIteration(turn: Turn, step: Step, state: MapState, map: MapProgress): void {
  const batch = map.run?.batch ?? null;
  const index = step.container?.started ?? 0;
  const previous = step.container?.last ?? step.last;
  const event = { type: 'MapIterationStarted', step: step.id, index } as const;
  if (batch === null) {
    const item = map.items[map.taken - map.first] ?? null;
    const input = inputOf(turn, step, state, map.taken);
    checkSize(turn.execution, input, step.state);
    emit(turn, { ...event, ...(input === item ? {} : { input }) }, previous);
  } else {
    const common = batch.input === undefined ? {} : { BatchInput: batch.input };
    const items = batchAt(turn, step, state, map, sizeOf({ ...common, Items: [] }));
    const input = { ...common, Items: items };
    checkSize(turn.execution, input, step.state);
    emit(turn, { ...event, input, items: items.length }, previous);
  }
  const scope = step.container?.scopes.get(index);
  if (scope !== undefined) turn.soon.push({ kind: 'enter', scope });
}

/** What ItemSelector makes of an item. */
function inputOf(turn: Turn, step: Step, state: MapState, at: number): Json {
  const map = step.container?.map;
  const value = map?.items[at - map.first] ?? null;
  if (state.itemSelector === undefined) return keyed(value, map?.keys?.[at], state.jsonata);
  const sight = sightOf(turn, step, { item: itemOf(at, value, map ?? null) });
  const effective = state.jsonata ? sight : seeing(sight, effectiveInput(state, sight));
  return state.itemSelector(effective);
}

/** An item of an object is handed on with its key. */
function keyed(value: Json, key: string | undefined, jsonata: boolean): Json {
  return key === undefined || !jsonata ? value : { Key: key, Value: value };
}

/** As many of the items as a batch may have; `around` are the bytes of the input that holds them. */
function batchAt(turn: Turn, step: Step, state: MapState, map: MapProgress, around: number): Json[] {
  const { maxItems = Number.POSITIVE_INFINITY, maxBytes = longestBatch } = map.run?.batch ?? {};
  const left = Math.min(maxItems, map.first + map.items.length - map.taken);
  const itemAt = (offset: number) => inputOf(turn, step, state, map.taken + offset);
  return takeBatch(left, maxBytes - around, itemAt);
}

/** The first of `left` items, as many as have `most` bytes together with the commas between them; at least one. */
export function takeBatch(left: number, most: number, itemAt: (offset: number) => Json): Json[] {
  const items: Json[] = [];
  let bytes = 0;
  for (let offset = 0; offset < left; offset += 1) {
    const item = itemAt(offset);
    bytes += sizeOf(item) + (offset === 0 ? 0 : 1);
    if (items.length > 0 && bytes > most) break;
    items.push(item);
  }
  return items;
}
