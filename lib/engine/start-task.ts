import type { JsonObject } from '@/lib/expression/json';
import type { CompiledState } from './compile-state';
import { seeing, sightOf } from './evaluation';
import type { Step } from './execution';
import { effectiveInput } from './leave';
import { checkSize } from './size';
import { tokenFor } from './token';
import { type Draft, emit, type Turn } from './turn';

/** The task is called: once more, where it was called before. Throws LanguageFailure. */
export function startTask(turn: Turn, step: Step, state: Extract<CompiledState, { type: 'Task' }>): void {
  const attempt = step.attempt + 1;
  const token = state.callback ? tokenFor(turn.execution, step.id, attempt) : undefined;
  const sight = sightOf(turn, step, token === undefined ? {} : { token });
  const effective = seeing(sight, effectiveInput(state, sight));
  const parameters = state.parameters === undefined ? effective.data : state.parameters(effective);
  const timeoutSeconds = state.timeout?.(effective);
  const heartbeatSeconds = state.heartbeat?.(effective);
  const credentials = state.credentials?.(effective);
  checkSize(turn.execution, parameters, step.state);
  const queued = turn.limited?.has(state.resource) === true;
  const told: Draft<'TaskScheduled'> = {
    type: 'TaskScheduled',
    step: step.id,
    attempt,
    resource: state.resource,
    parameters,
  };
  if (timeoutSeconds !== undefined) told.timeoutSeconds = timeoutSeconds;
  if (timeoutSeconds !== undefined && !queued) told.timeoutAt = turn.at + timeoutSeconds * 1000;
  if (heartbeatSeconds !== undefined) told.heartbeatSeconds = heartbeatSeconds;
  // Credentials is an object in the definition, so its template gives one.
  if (credentials !== undefined) told.credentials = credentials as JsonObject;
  if (token !== undefined) told.token = token;
  if (queued) told.queued = true;
  const scheduled = emit(turn, told, step.last);
  if (queued) return;
  emit(turn, { type: 'TaskStarted', step: step.id, attempt }, scheduled);
}
