import type { Json, JsonObject } from '@/lib/expression/json';
import type { Event, Failure } from './event';

/** An event as AWS Step Functions' GetExecutionHistory names and numbers it; payloads are values, not texts. */
export interface AwsEvent {
  readonly id: number;
  readonly previousEventId: number;
  readonly at: number;
  readonly type: string;
  readonly details: JsonObject | null;
}

interface Names {
  /** By step id: its state's name, and whether AWS shows it in the history of this execution. */
  readonly states: Map<number, { readonly name: string; readonly hidden: boolean; distributed: boolean }>;
  readonly resources: Map<number, string>;
}

/** The history of an execution as AWS would tell it: what is ours alone, and the children of distributed Maps, left out. */
export function awsHistory(events: Iterable<Event>): AwsEvent[] {
  const names: Names = { states: new Map(), resources: new Map() };
  const numbers = new Map<number, number>([[0, 0]]);
  const shown: AwsEvent[] = [];
  const all = [...events];
  const refused = refusedCalls(all);
  for (const event of all) {
    note(names, event);
    const told = isHidden(names, event) || isRefused(refused, event) ? undefined : tell(names, event);
    if (told !== undefined) {
      const previousEventId = numbers.get(event.previous) ?? 0;
      shown.push({ id: shown.length + 1, previousEventId, at: event.at, ...told });
    }
    numbers.set(event.id, shown.length);
  }
  return shown;
}

/** Calls that were never made, because nothing of the resource's name exists: AWS fails the state before it schedules them. */
function refusedCalls(events: readonly Event[]): ReadonlySet<string> {
  const failed = events.filter((event) => event.type === 'TaskFailed' && event.error === 'States.Runtime');
  return new Set(failed.map(callOf));
}

function isRefused(refused: ReadonlySet<string>, event: Event): boolean {
  return refused.size > 0 && event.type.startsWith('Task') && refused.has(callOf(event));
}

function callOf(event: Event): string {
  return 'attempt' in event ? `${event.step}/${event.attempt}` : '';
}

function note(names: Names, event: Event): void {
  if (event.type === 'StateEntered') {
    const around = event.parent === undefined ? undefined : names.states.get(event.parent);
    const hidden = around !== undefined && (around.hidden || around.distributed);
    names.states.set(event.id, { name: event.state, hidden, distributed: false });
  } else if (event.type === 'TaskScheduled') {
    names.resources.set(event.step, event.resource);
  } else if (event.type === 'MapRunStarted') {
    const map = names.states.get(event.step);
    if (map !== undefined) map.distributed = true;
  }
}

function isHidden(names: Names, event: Event): boolean {
  if (event.type === 'StateEntered') return names.states.get(event.id)?.hidden === true;
  if (!('step' in event)) return false;
  const state = names.states.get(event.step);
  return state?.hidden === true || (state?.distributed === true && event.type.startsWith('MapIteration'));
}

type Told = Pick<AwsEvent, 'type' | 'details'>;

function tell(names: Names, event: Event): Told | undefined {
  switch (event.type) {
    case 'ExecutionStarted':
      return { type: event.type, details: { input: event.input } };
    case 'ExecutionSucceeded':
      return { type: event.type, details: { output: event.output } };
    case 'ExecutionFailed':
    case 'ExecutionTimedOut':
    case 'ExecutionAborted':
      return { type: event.type, details: failureIn(event) };
    case 'ExecutionRedriven':
      return { type: event.type, details: {} };
    case 'StateEntered':
      return { type: `${event.stateType}StateEntered`, details: { name: event.state, input: event.input } };
    case 'StateExited':
      return tellExit(event);
    case 'StateAborted':
      return abortable.has(event.stateType)
        ? { type: `${event.stateType}StateAborted`, details: null }
        : undefined;
    default:
      return tellWork(names, event);
  }
}

const abortable: ReadonlySet<string> = new Set(['Task', 'Wait', 'Parallel', 'Map']);

function tellExit(event: Extract<Event, { type: 'StateExited' }>): Told {
  const { state, output, assigned } = event;
  const variables = assigned === undefined ? {} : { assignedVariables: assigned };
  return { type: `${event.stateType}StateExited`, details: { name: state, output, ...variables } };
}

function tellWork(names: Names, event: Event): Told | undefined {
  switch (event.type) {
    case 'EvaluationFailed': {
      const state = names.states.get(event.step)?.name ?? '';
      const location = event.location === undefined ? {} : { location: event.location };
      return { type: event.type, details: { ...failureIn(event), ...location, state } };
    }
    case 'TaskScheduled':
    case 'TaskStarted':
    case 'TaskSubmitted':
    case 'TaskSucceeded':
    case 'TaskFailed':
    case 'TaskTimedOut':
      return tellTask(names.resources.get(event.step) ?? '', event);
    case 'ParallelStateStarted':
    case 'ParallelStateSucceeded':
    case 'ParallelStateFailed':
    case 'MapStateSucceeded':
    case 'MapStateFailed':
    case 'MapRunSucceeded':
    case 'MapRunStarted':
      return { type: event.type, details: null };
    case 'MapStateStarted':
      return { type: event.type, details: { length: event.length } };
    case 'MapIterationStarted':
    case 'MapIterationSucceeded':
    case 'MapIterationFailed':
    case 'MapIterationAborted': {
      const name = names.states.get(event.step)?.name ?? '';
      return { type: event.type, details: { name, index: event.index } };
    }
    case 'MapRunFailed':
      return { type: event.type, details: failureIn(event) };
    default:
      return undefined;
  }
}

type TaskEvent = Extract<
  Event,
  {
    type: 'TaskScheduled' | 'TaskStarted' | 'TaskSubmitted' | 'TaskSucceeded' | 'TaskFailed' | 'TaskTimedOut';
  }
>;

/** Lambda functions and activities that are called directly have events of their own names. */
function tellTask(resource: string, event: TaskEvent): Told {
  const arn = resource.split(':');
  const kind = arn[2] === 'lambda' ? 'LambdaFunction' : arn[5] === 'activity' ? 'Activity' : 'Task';
  const integration = kind === 'Task' ? integrationOf(arn) : {};
  const type = event.type.replace('Task', kind);
  switch (event.type) {
    case 'TaskScheduled':
      return { type, details: { ...integration, ...scheduled(event, kind === 'Task') } };
    case 'TaskStarted':
      return { type, details: kind === 'LambdaFunction' ? null : integration };
    case 'TaskSubmitted':
    case 'TaskSucceeded':
      return { type, details: { ...integration, output: event.output } };
    case 'TaskFailed':
    case 'TaskTimedOut':
      return { type, details: { ...integration, ...failureIn(event) } };
  }
}

/** `arn:aws:states:REGION:ACCOUNT:aws-sdk:dynamodb:putItem`: everything but the last part is the type. */
function integrationOf(arn: readonly string[]): JsonObject {
  return { resourceType: arn.slice(5, -1).join(':'), resource: arn.at(-1) ?? '' };
}

function scheduled(event: Extract<Event, { type: 'TaskScheduled' }>, integrated: boolean): JsonObject {
  const { parameters, timeoutSeconds, heartbeatSeconds, credentials, resource } = event;
  const role = credentials?.RoleArn;
  return {
    ...(integrated ? { parameters, region: '' } : { input: parameters, resource }),
    ...(timeoutSeconds === undefined ? {} : { timeoutInSeconds: timeoutSeconds }),
    ...(heartbeatSeconds === undefined ? {} : { heartbeatInSeconds: heartbeatSeconds }),
    ...(role === undefined ? {} : { taskCredentials: { roleArn: role } }),
  };
}

function failureIn({ error, cause }: Failure): { readonly [name: string]: Json } {
  return { ...(error === undefined ? {} : { error }), ...(cause === undefined ? {} : { cause }) };
}
