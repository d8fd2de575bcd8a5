import type { Command, MapResult } from './command';
import type { Event } from './event';
import type { MapProgress, MapRun, Step } from './execution';
import { containerOf } from './places';
import type { Commands } from './timers';

type Told<Type extends Event['type']> = Extract<Event, { readonly type: Type }>;

/** What happens to the run of a distributed Map: it begins, reads items, and writes results. */
export function applyMapRun(
  step: Step,
  event: Told<'MapRunStarted' | 'MapItemsRead' | 'MapResultsScheduled' | 'MapResultsWritten'>,
  commands: Commands,
): void {
  const { map } = containerOf(step);
  if (map === null) throw new Error(`step ${step.id} ("${step.state}") is no Map`);
  if (event.type === 'MapRunStarted') {
    map.run = runOf(event);
    ask(step, map.run, commands);
    return;
  }
  const { run } = map;
  if (run === null) throw new Error(`step ${step.id} ("${step.state}") is no distributed Map`);
  switch (event.type) {
    case 'MapResultsScheduled':
      run.writing = true;
      commands?.push(writingCommand(step, run));
      return;
    case 'MapResultsWritten':
      run.writing = false;
      run.written = event.output;
      return;
    case 'MapItemsRead':
      takeIn(map, run, event);
      ask(step, run, commands);
  }
}

function takeIn(map: MapProgress, run: MapRun, event: Told<'MapItemsRead'>): void {
  for (const item of event.items) map.items.push(item);
  const page = (run.reading?.page ?? 0) + 1;
  run.reading = event.next === undefined ? null : { page, from: event.next };
}

function ask(step: Step, run: MapRun, commands: Commands): void {
  if (run.reading !== null) commands?.push(readingCommand(step, run));
}

function runOf(event: Told<'MapRunStarted'>): MapRun {
  return {
    toleratedCount: event.toleratedCount ?? null,
    toleratedPercentage: event.toleratedPercentage ?? null,
    reader: event.reader ?? null,
    writer: event.writer ?? null,
    batch: event.batch ?? null,
    reading: event.reader === undefined ? null : { page: 0, from: null },
    writing: false,
    failures: new Map(),
    written: null,
  };
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

/** The command that writes the results of a distributed Map. */
export function writingCommand(step: Step, run: MapRun): Command {
  if (run.writer === null) throw new Error(`step ${step.id} writes no results`);
  return {
    type: 'writeResults',
    id: `write:${step.id}.${step.attempt}`,
    step: step.id,
    attempt: step.attempt,
    ...run.writer,
    results: resultsOf(step, run),
  };
}

function resultsOf(step: Step, run: MapRun): MapResult[] {
  const { outputs, map } = containerOf(step);
  return outputs.map((output, index) => {
    const input = map?.items[index] ?? null;
    const failure = run.failures.get(index);
    return failure === undefined
      ? { status: 'SUCCEEDED', input, output }
      : { status: 'FAILED', input, ...failure };
  });
}
