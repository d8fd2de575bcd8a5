import { applyContainer } from './apply-container';
import { applyEnding } from './apply-ending';
import { applyRepair, awaitingRoom } from './apply-repair';
import { applyState, applyTask } from './apply-step';
import type { Event } from './event';
import type { Execution, Step } from './execution';
import { machineAt, type Program } from './program';
import { type Commands, setTimer } from './timers';

/**
 * The one place where an execution changes: `event` becomes true. `advance` applies what it decides with the same
 * function that folds a journal (E2). `commands` receives what the event asks of the shell, in order (E7).
 */
export function apply(
  program: Program,
  execution: Execution | undefined,
  event: Event,
  commands?: Commands,
): Execution {
  if (event.type === 'ExecutionStarted') return begin(program, event, commands);
  if (execution === undefined)
    throw new Error(`a history begins with ExecutionStarted, not with ${event.type}`);
  if (event.id !== execution.lastEvent + 1) {
    throw new Error(`event ${event.id} of ${execution.id} does not follow event ${execution.lastEvent}`);
  }
  execution.lastEvent = event.id;
  if (isQuiet(execution, event)) execution.quiet += 1;
  change(program, execution, event, commands);
  return execution;
}

function begin(
  program: Program,
  event: Extract<Event, { type: 'ExecutionStarted' }>,
  commands: Commands,
): Execution {
  const { startAt } = machineAt(program, '');
  const execution: Execution = {
    id: event.executionId,
    status: 'running',
    lastEvent: event.id,
    start: event,
    startedAt: event.at,
    version: event.version,
    paused: false,
    queued: event.queued === true,
    redrives: 0,
    redrivenAt: null,
    quiet: 0,
    steps: new Map(),
    top: {
      parent: 0,
      index: 0,
      machine: '',
      input: event.input,
      variables: {},
      step: 0,
      next: { state: startAt, input: event.input, previous: 0 },
      status: 'running',
      isolated: false,
      hidden: false,
    },
    timers: { due: new Map(), heap: [] },
  };
  if (execution.queued) commands?.push(awaitingRoom);
  else if (event.timeoutAt !== undefined) setTimer(execution, 'execution', event.timeoutAt, commands);
  return execution;
}

function change(
  program: Program,
  execution: Execution,
  event: Exclude<Event, { type: 'ExecutionStarted' }>,
  commands: Commands,
): void {
  switch (event.type) {
    case 'StateEntered':
    case 'StateExited':
    case 'StateAborted':
    case 'StepParked':
    case 'EvaluationFailed':
      applyState(execution, event, commands);
      return;
    case 'TaskScheduled':
    case 'TaskStarted':
    case 'TaskSubmitted':
    case 'TaskHeartbeat':
    case 'TaskSucceeded':
    case 'TaskFailed':
    case 'TaskTimedOut':
      applyTask(execution, event, commands);
      return;
    case 'ParallelStateStarted':
    case 'ParallelStateSucceeded':
    case 'ParallelStateFailed':
    case 'MapStateStarted':
    case 'MapIterationStarted':
    case 'MapIterationSucceeded':
    case 'MapIterationFailed':
    case 'MapIterationAborted':
    case 'MapStateSucceeded':
    case 'MapStateFailed':
    case 'MapRunStarted':
    case 'MapItemsRead':
    case 'MapResultsScheduled':
    case 'MapResultsWritten':
    case 'MapRunSucceeded':
    case 'MapRunFailed':
      applyContainer(program, execution, event, commands);
      return;
    case 'ExecutionSucceeded':
    case 'ExecutionFailed':
    case 'ExecutionTimedOut':
    case 'ExecutionAborted':
      applyEnding(execution, event, commands);
      return;
    case 'ExecutionRedriven':
    case 'StepRetried':
    case 'StepRestarted':
    case 'StepSkipped':
    case 'StepFailed':
    case 'DefinitionReplaced':
    case 'ExecutionPaused':
    case 'ExecutionResumed':
    case 'ExecutionBegun':
      applyRepair(execution, event, commands);
      return;
  }
}

/** Whether AWS' history of the execution would not show the event. */
function isQuiet(execution: Execution, event: Event): boolean {
  switch (event.type) {
    case 'TaskHeartbeat':
    case 'StepParked':
    case 'MapItemsRead':
    case 'MapResultsScheduled':
    case 'MapResultsWritten':
    case 'StepRetried':
    case 'StepRestarted':
    case 'StepSkipped':
    case 'StepFailed':
    case 'DefinitionReplaced':
    case 'ExecutionPaused':
    case 'ExecutionResumed':
    case 'ExecutionBegun':
      return true;
    case 'StateEntered': {
      const parent = event.parent === undefined ? undefined : execution.steps.get(event.parent);
      return parent !== undefined && (parent.hidden || isDistributed(parent));
    }
    case 'MapIterationStarted':
    case 'MapIterationSucceeded':
    case 'MapIterationFailed':
    case 'MapIterationAborted': {
      const map = execution.steps.get(event.step);
      return map !== undefined && (map.hidden || isDistributed(map));
    }
    default:
      return 'step' in event && execution.steps.get(event.step)?.hidden === true;
  }
}

function isDistributed(step: Step): boolean {
  const run = step.container?.map?.run;
  return run !== undefined && run !== null;
}
