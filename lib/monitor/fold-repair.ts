import type { Event, EventType, Operator } from '@/lib/engine/event';
import type { Json } from '@/lib/expression/json';
import { setScope, setStep, stepOf } from './ledger';
import type { Monitor } from './monitor';
import { act, edited, who } from './operators';
import type { Step } from './step';

/** What people do to an execution. */
type Of<Type extends EventType> = Extract<Event, { readonly type: Type }>;

export function retry(monitor: Monitor, event: Of<'StepRetried'>): void {
  monitor.asked.set(event.step, { kind: 'operator', ...who(event) });
  reopen(monitor, event.step, event.at, event.input);
  for (const step of event.resumed ?? []) reopen(monitor, step, event.at);
  queue(monitor, event);
  act(monitor, event, 'retried', { step: event.step, ...edited(event) });
}

export function redrive(monitor: Monitor, event: Of<'ExecutionRedriven'>): void {
  for (const step of event.steps) {
    monitor.asked.set(step, { kind: 'redrive', ...who(event) });
    reopen(monitor, step, event.at);
  }
  queue(monitor, event);
  act(monitor, event, 'redriven');
}

export function skip(monitor: Monitor, event: Of<'StepSkipped'>): void {
  for (const step of [event.step, ...(event.resumed ?? [])]) reopen(monitor, step, event.at);
  const { output, at: endedAt } = event;
  setStep(monitor, { ...stepOf(monitor, event.step), status: 'skipped', output, endedAt });
  queue(monitor, event);
  act(monitor, event, 'skipped', { step: event.step, change: { of: 'output', after: output } });
}

/** From here on another version of the flow is run. */
export function replace(monitor: Monitor, event: Of<'DefinitionReplaced'>): void {
  const { before, version: after } = event;
  act(monitor, event, 'replaced', { change: { of: 'version', before, after } });
}

/** An execution that had ended and goes on may have to wait for its flow to have room. */
function queue(monitor: Monitor, { queued }: { readonly queued?: true }): void {
  if (queued === true) monitor.summary = { ...monitor.summary, queued };
}

/** A parked step is let fail: what is around it takes over. */
export function letFail(monitor: Monitor, event: Of<'StepFailed'>): void {
  setStep(monitor, { ...stepOf(monitor, event.step), status: 'failed', endedAt: event.at });
  act(monitor, event, 'failed', { step: event.step });
}

export function pause(
  monitor: Monitor,
  event: { readonly id: number; readonly at: number } & Operator,
): void {
  monitor.summary = { ...monitor.summary, paused: true };
  act(monitor, event, 'paused');
}

export function resume(
  monitor: Monitor,
  event: { readonly id: number; readonly at: number } & Operator,
): void {
  monitor.summary = { ...monitor.summary, paused: false };
  act(monitor, event, 'resumed');
}

/** A step is tried again: it opens, and so does everything around it (M8). */
export function reopen(monitor: Monitor, id: number, at: number, input?: Json): void {
  reopenExecution(monitor);
  let step: Step | undefined = stepOf(monitor, id);
  while (step !== undefined) {
    setStep(monitor, reopened(step, step.id === id ? input : undefined));
    setScope(monitor, step, 'running', at);
    step = step.parent === undefined ? undefined : stepOf(monitor, step.parent);
  }
}

/** The execution runs again. */
export function reopenExecution(monitor: Monitor): void {
  const { endedAt: _ended, failure: _failure, output: _output, ...summary } = monitor.summary;
  monitor.summary = { ...summary, status: 'running' };
}

function reopened(step: Step, input: Json | undefined): Step {
  const { endedAt: _ended, failure: _failure, output: _output, ...rest } = step;
  return {
    ...rest,
    status: step.stateType === 'Wait' ? 'waiting' : 'running',
    caught: false,
    ...(input === undefined ? {} : { input }),
  };
}
