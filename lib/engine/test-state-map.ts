import { isObject, type Json } from '@/lib/expression/json';
import { longestBatch } from './compile-map';
import type { CompiledState } from './compile-state';
import { itemOf } from './context';
import type { StepSight as Sight } from './evaluation';
import type { Failure } from './event';
import { takeBatch } from './iterate';
import { readItems } from './read-items';
import { sizeOf } from './size';
import type { TestRequest } from './test-request';
import { beyondTolerance } from './tolerance';

/** What is noted on the way from input to output, under AWS' names. */
export type Inspection = { [name: string]: Json };

type MapState = Extract<CompiledState, { type: 'Map' }>;

/** Notes what a Map would iterate over and within which limits; says with what it fails. Throws LanguageFailure. */
export function inspectItems(
  state: MapState,
  seen: Sight,
  { mock = {}, stateConfiguration = {} }: TestRequest,
  notes: Inspection,
): Failure | undefined {
  const items = itemsUnderTest(state, seen, stateConfiguration.mapItemReaderData, notes);
  if (items !== undefined) noteInputs(state, seen, items, notes);
  const { mapIterationFailureCount = 0 } = stateConfiguration;
  const tolerated = noteLimits(state, seen, notes);
  if (!tolerated(mapIterationFailureCount, items?.length ?? mapIterationFailureCount)) return beyondTolerance;
  return mock.errorOutput;
}

/** The items by ItemsPath or Items, or what the ItemReader is said to have read. */
function itemsUnderTest(
  state: MapState,
  seen: Sight,
  read: string | undefined,
  notes: Inspection,
): readonly Json[] | undefined {
  if (state.reader !== undefined) {
    if (read === undefined) return undefined;
    const config = state.reader.config(seen);
    const items = readItems(read, config);
    if (!state.jsonata && config.ItemsPointer !== undefined) notes.afterItemsPointer = items;
    return items;
  }
  const found = state.items?.(seen);
  if (!state.jsonata && found !== undefined) notes.afterItemsPath = found;
  if (Array.isArray(found)) return found;
  return isObject(found) ? Object.values(found) : undefined;
}

/** What each iteration, or each batch, would begin with. */
function noteInputs(state: MapState, seen: Sight, items: readonly Json[], notes: Inspection): void {
  const { itemSelector, batcher } = state;
  const inputs =
    itemSelector === undefined
      ? items
      : items.map((value, index) => itemSelector(withItem(seen, index, value)));
  if (itemSelector !== undefined) notes.afterItemSelector = inputs;
  if (batcher === undefined || state.jsonata) return;
  const BatchInput = batcher.input?.(seen);
  const maxItems = batcher.maxItems?.(seen) ?? inputs.length;
  const maxBytes = batcher.maxBytes?.(seen) ?? longestBatch;
  const common = BatchInput === undefined ? {} : { BatchInput };
  const most = maxBytes - sizeOf({ ...common, Items: [] });
  const batches: Json[] = [];
  for (let taken = 0; taken < inputs.length; ) {
    const from = taken;
    const left = Math.min(maxItems, inputs.length - from);
    const Items = takeBatch(left, most, (offset) => inputs[from + offset] ?? null);
    batches.push({ ...common, Items });
    taken += Items.length;
  }
  notes.afterItemBatcher = batches;
}

function withItem(seen: Sight, index: number, value: Json): Sight {
  const context = seen.context();
  const around = isObject(context) ? context : {};
  return seen.inContext({ ...around, Map: { Item: { ...itemOf(index, value, null) } } });
}

/** Notes the limits of a Map and says whether so many failures of so many items are within them. */
function noteLimits(
  state: MapState,
  seen: Sight,
  notes: Inspection,
): (failed: number, of: number) => boolean {
  notes.maxConcurrency = state.concurrency?.(seen) ?? 0;
  const count = state.toleratedCount?.(seen);
  if (count !== undefined) notes.toleratedFailureCount = count;
  const percentage = state.toleratedPercentage?.(seen);
  if (percentage !== undefined) notes.toleratedFailurePercentage = percentage;
  return (failed, of) => {
    const few = count === undefined || failed <= count;
    return few && (percentage === undefined || failed * 100 <= percentage * of);
  };
}
