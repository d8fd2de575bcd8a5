import type { Json } from '@/lib/expression/json';
import type { Command, MapResult } from './command';
import type { Event } from './event';
import type { Container, MapProgress, MapRun, Scope, Step } from './execution';
import { containerOf } from './places';
import { sizeOf } from './size';
import type { Commands } from './timers';

type Told<Type extends Event['type']> = Extract<Event, { readonly type: Type }>;

/** A page is asked for when fewer items than this are left, so that a Map over a million items holds a few pages of them. */
const fewItems = 1_000;

/** What happens to the run of a distributed Map: it begins, reads items, and writes results. */
export function applyMapRun(
  step: Step,
  event: Told<'MapRunStarted' | 'MapItemsRead' | 'MapResultsScheduled' | 'MapResultsWritten'>,
  commands: Commands,
): void {
  const container = containerOf(step);
  const { map } = container;
  if (map === null) throw new Error(`step ${step.id} ("${step.state}") is no Map`);
  if (event.type === 'MapRunStarted') {
    map.run = runOf(event);
    askWhenLow(step, map, commands);
    return;
  }
  const { run } = map;
  if (run === null) throw new Error(`step ${step.id} ("${step.state}") is no distributed Map`);
  switch (event.type) {
    case 'MapResultsScheduled':
      run.writing = partOf(event, container, run);
      commands?.push(writingCommand(step, run));
      return;
    case 'MapResultsWritten':
      if (run.writing?.last === false) run.parts.push(event.output);
      else run.written = event.output;
      run.writing = null;
      return;
    case 'MapItemsRead':
      takeIn(map, run, event);
      askWhenLow(step, map, commands);
  }
}

function takeIn(map: MapProgress, run: MapRun, event: Told<'MapItemsRead'>): void {
  for (const item of event.items) map.items.push(item);
  const page = (run.reading?.page ?? 0) + 1;
  run.reading = event.next === undefined ? null : { page, from: event.next, asked: false };
}

/** Asks for the next page where few items are left to be begun, once. */
export function askWhenLow(step: Step, map: MapProgress, commands: Commands): void {
  const reading = map.run?.reading ?? null;
  if (map.run === null || reading === null || reading.asked) return;
  if (map.first + map.items.length - map.taken >= fewItems) return;
  reading.asked = true;
  commands?.push(readingCommand(step, map.run));
}

/** Items that were begun are in their scopes; now and then the list lets go of them. */
export function dropTaken(map: MapProgress): void {
  const begun = map.taken - map.first;
  if (map.run === null || map.keys !== null || begun < fewItems) return;
  map.items.splice(0, begun);
  map.first = map.taken;
}

/** The output of an item: kept for the Map's result, or for the ResultWriter. */
export function keepOutput(container: Container, scope: Scope, output: Json): void {
  const run = container.map?.run ?? null;
  if (run === null) {
    container.outputs[scope.index] = output;
  } else if (run.writer !== null) {
    run.results.push({ status: 'SUCCEEDED', input: scope.input, output });
  } else {
    run.kept += sizeOf(output) + 1;
    container.outputs[scope.index] = output;
  }
}

function runOf(event: Told<'MapRunStarted'>): MapRun {
  return {
    toleratedCount: event.toleratedCount ?? null,
    toleratedPercentage: event.toleratedPercentage ?? null,
    reader: event.reader ?? null,
    writer: event.writer ?? null,
    batch: event.batch ?? null,
    reading: event.reader === undefined ? null : { page: 0, from: null, asked: false },
    writing: null,
    results: [],
    parts: [],
    kept: 0,
    failures: new Map(),
    written: null,
  };
}

function partOf(
  { part = 0, more }: Told<'MapResultsScheduled'>,
  container: Container,
  run: MapRun,
): NonNullable<MapRun['writing']> {
  const { results } = run;
  run.results = [];
  if (more) return { part, last: false, results };
  return { part, last: true, results: [...results, ...failuresOf(container, run)] };
}

function failuresOf({ scopes }: Container, { failures }: MapRun): MapResult[] {
  return [...failures].map(([index, failure]) => ({
    status: 'FAILED',
    input: scopes.get(index)?.input ?? null,
    ...failure,
  }));
}

/** The command that reads the page of items that a distributed Map waits for. */
export function readingCommand(step: Step, run: MapRun): Command {
  if (run.reader === null || run.reading === null) throw new Error(`step ${step.id} reads no items`);
  const { page, from } = run.reading;
  return {
    type: 'readItems',
    id: `read:${step.id}.${step.attempt}.${page}`,
    step: step.id,
    attempt: step.attempt,
    ...run.reader,
    ...(from === null ? {} : { from }),
  };
}

/** The command that writes a part of the results of a distributed Map. */
export function writingCommand(step: Step, run: MapRun): Command {
  if (run.writer === null || run.writing === null) throw new Error(`step ${step.id} writes no results`);
  const { part, last, results } = run.writing;
  return {
    type: 'writeResults',
    id: `write:${step.id}.${step.attempt}.${part}`,
    step: step.id,
    attempt: step.attempt,
    ...run.writer,
    part,
    last,
    parts: last ? run.parts : [],
    results,
  };
}
