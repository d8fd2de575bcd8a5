import { isObject, type Json } from '@/lib/expression/json';
import type { CompiledMapTask } from './compile-map';
import type { CompiledState } from './compile-state';
import { seeing, sightOf } from './evaluation';
import type { MapTask } from './event';
import type { Step } from './execution';
import { effectiveInput } from './leave';
import { emit, type Turn } from './turn';

type MapState = Extract<CompiledState, { type: 'Map' }>;
type Sight = ReturnType<typeof sightOf>;

/** The Map's items are known, or their reader is asked for them. Throws LanguageFailure. */
export function startMap(turn: Turn, step: Step, state: MapState): void {
  const sight = sightOf(turn, step);
  const effective = state.jsonata ? sight : seeing(sight, effectiveInput(state, sight));
  const limit = state.concurrency?.(effective) ?? 0;
  const found = state.items?.(effective);
  const items = itemsOf(found);
  const byPath = state.itemsPath !== undefined && Array.isArray(found);
  const keys = isObject(found) ? { keys: Object.keys(found) } : {};
  const where = byPath ? { itemsPath: state.itemsPath ?? '$' } : { items };
  const started = emit(
    turn,
    {
      type: 'MapStateStarted',
      step: step.id,
      length: items.length,
      concurrency: limit,
      ...(found === undefined ? {} : { ...where, ...keys }),
    },
    step.last,
  );
  if (state.distributed) startRun(turn, step, state, effective, started);
  turn.soon.push({ kind: 'fill', step });
}

/** An object is iterated over by its values. */
function itemsOf(found: Json | undefined): readonly Json[] {
  if (Array.isArray(found)) return found;
  return isObject(found) ? Object.values(found) : [];
}

function startRun(turn: Turn, step: Step, state: MapState, effective: Sight, started: number): void {
  const toleratedCount = state.toleratedCount?.(effective);
  const toleratedPercentage = state.toleratedPercentage?.(effective);
  const reader = mapTaskOf(state.reader, effective);
  const writer = mapTaskOf(state.writer, effective);
  const batch = batchOf(state, effective);
  emit(
    turn,
    {
      type: 'MapRunStarted',
      step: step.id,
      ...(toleratedCount === undefined ? {} : { toleratedCount }),
      ...(toleratedPercentage === undefined ? {} : { toleratedPercentage }),
      ...(reader === undefined ? {} : { reader }),
      ...(writer === undefined ? {} : { writer }),
      ...(batch === undefined ? {} : { batch }),
    },
    started,
  );
}

function mapTaskOf(task: CompiledMapTask | undefined, effective: Sight): MapTask | undefined {
  if (task === undefined) return undefined;
  const { resource, parameters, config } = task;
  return { resource, parameters: parameters?.(effective) ?? null, config: config(effective) };
}

function batchOf({ batcher }: MapState, effective: Sight) {
  if (batcher === undefined) return undefined;
  const maxItems = batcher.maxItems?.(effective);
  const maxBytes = batcher.maxBytes?.(effective);
  const input = batcher.input?.(effective);
  return {
    ...(maxItems === undefined ? {} : { maxItems }),
    ...(maxBytes === undefined ? {} : { maxBytes }),
    ...(input === undefined ? {} : { input }),
  };
}
