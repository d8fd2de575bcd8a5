import type { Event, EventType } from '@/lib/engine/event';
import {
  abort,
  end,
  enter,
  exit,
  failIteration,
  failMap,
  failParallel,
  failStep,
  moveIteration,
  succeed,
} from './fold-flow';
import { letFail, pause, redrive, replace, resume, retry, skip } from './fold-repair';
import { restart } from './fold-restart';
import {
  distribute,
  growMap,
  openMap,
  openParallel,
  park,
  schedule,
  startTask,
  submit,
  succeedTask,
} from './fold-work';
import { tidy } from './lean';
import { UnknownStep } from './ledger';
import type { Changes, Monitor } from './monitor';

/** What each type of event does to the view; the list is complete by its type. */
type Folds = {
  readonly [Type in EventType]: (monitor: Monitor, event: Extract<Event, { readonly type: Type }>) => void;
};

const folds: Folds = {
  ExecutionStarted: (monitor, { at: startedAt, input, queued = false }) => {
    monitor.summary = { ...monitor.summary, startedAt, input, queued };
  },
  ExecutionBegun: (monitor) => {
    monitor.summary = { ...monitor.summary, queued: false };
  },
  ExecutionSucceeded: end,
  ExecutionFailed: end,
  ExecutionTimedOut: end,
  ExecutionAborted: end,
  StateEntered: enter,
  StateExited: exit,
  StateAborted: abort,
  TaskScheduled: schedule,
  TaskStarted: startTask,
  TaskSubmitted: submit,
  TaskHeartbeat: seenOnly,
  TaskSucceeded: succeedTask,
  TaskFailed: failStep,
  TaskTimedOut: failStep,
  EvaluationFailed: failStep,
  ParallelStateStarted: openParallel,
  ParallelStateSucceeded: succeed,
  ParallelStateFailed: failParallel,
  MapStateStarted: openMap,
  MapIterationStarted: moveIteration,
  MapIterationSucceeded: moveIteration,
  MapIterationFailed: failIteration,
  MapIterationAborted: moveIteration,
  MapStateSucceeded: succeed,
  MapStateFailed: failMap,
  MapRunStarted: distribute,
  MapRunSucceeded: seenOnly,
  MapRunFailed: failStep,
  MapItemsRead: growMap,
  MapResultsScheduled: seenOnly,
  MapResultsWritten: seenOnly,
  ExecutionRedriven: redrive,
  StepRetried: retry,
  StepRestarted: restart,
  StepSkipped: skip,
  DefinitionReplaced: replace,
  StepParked: park,
  StepFailed: letFail,
  ExecutionPaused: pause,
  ExecutionResumed: resume,
};

/** Stands in the list of events, and changes nothing else that is shown. */
function seenOnly(): void {}

/**
 * Folds events into the view, in the order of their numbers, and says what has changed since the last look. Events seen
 * before are passed over; a gap throws (M2).
 */
export function take(monitor: Monitor, events: readonly Event[]): Changes {
  for (const event of events) {
    const { lastEvent } = monitor.summary;
    if (event.id <= lastEvent) continue;
    if (event.id !== lastEvent + 1)
      throw new Error(
        `the history goes from event ${lastEvent} to ${event.id}: the ones between are missing`,
      );
    monitor.summary = { ...monitor.summary, lastEvent: event.id };
    // The table ties each function to events of its own type; TypeScript cannot follow that through an index.
    const fold = folds[event.type] as (monitor: Monitor, event: Event) => void;
    try {
      fold(monitor, event);
    } catch (error) {
      // Somebody went back into an iteration that a lean view has dropped: it shows the rest (M14).
      if (monitor.lean === undefined || !(error instanceof UnknownStep)) throw error;
    }
  }
  tidy(monitor);
  const { changes } = monitor;
  monitor.changes = { steps: new Set(), states: new Set() };
  return changes;
}
