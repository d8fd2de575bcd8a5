import type { JsonObject } from '@/lib/expression/json';
import type { CompiledState } from './compile-state';
import { seeing, sightOf } from './evaluation';
import type { Step } from './execution';
import { effectiveInput } from './leave';
import { checkSize } from './size';
import { tokenFor } from './token';
import { emit, type Turn } from './turn';

/** The task is called: once more, where it was called before. Throws LanguageFailure. */
export function startTask(turn: Turn, step: Step, state: Extract<CompiledState, { type: 'Task' }>): void {
  const attempt = step.attempt + 1;
  const token = state.callback ? { token: tokenFor(turn.execution, step.id, attempt) } : {};
  const sight = sightOf(turn, step, token);
  const effective = seeing(sight, effectiveInput(state, sight));
  const parameters = state.parameters === undefined ? effective.data : state.parameters(effective);
  const timeoutSeconds = state.timeout?.(effective);
  const heartbeatSeconds = state.heartbeat?.(effective);
  const credentials = state.credentials?.(effective);
  checkSize(turn.execution, parameters, step.state);
  const queued = turn.limited?.has(state.resource) === true;
  const scheduled = emit(
    turn,
    {
      type: 'TaskScheduled',
      step: step.id,
      attempt,
      resource: state.resource,
      parameters,
      ...(timeoutSeconds === undefined ? {} : { timeoutSeconds }),
      ...(timeoutSeconds === undefined || queued ? {} : { timeoutAt: turn.at + timeoutSeconds * 1000 }),
      ...(heartbeatSeconds === undefined ? {} : { heartbeatSeconds }),
      // Credentials is an object in the definition, so its template gives one.
      ...(credentials === undefined ? {} : { credentials: credentials as JsonObject }),
      ...token,
      ...(queued ? { queued } : {}),
    },
    step.last,
  );
  if (queued) return;
  emit(turn, { type: 'TaskStarted', step: step.id, attempt }, scheduled);
}
