import { isObject, type Json, type JsonObject } from '@/lib/expression/json';
import { formatTimestamp } from '@/lib/expression/timestamp';
import { chanceAt } from './chance';
import type { Execution, MapProgress, MapRun, Scope, Step } from './execution';
import { scopeAt, stepAt } from './places';

/** What the context object says of the moment at which it is looked at. */
export interface Moment {
  readonly execution: Execution;
  readonly scope: Scope;
  readonly step: Step;
  /** Present while a task that ends by a callback is prepared. */
  readonly token?: string;
  /** The item of a Map that is being prepared, by an expression of the Map itself. */
  readonly item?: MapItem;
}

export interface MapItem {
  readonly Index: number;
  readonly Value: Json;
  readonly Key?: string;
  readonly Source?: string;
}

/** The context object: `$$` in JSONPath, `$states.context` in JSONata. */
export function contextOf(moment: Moment): JsonObject {
  const { execution, step } = moment;
  const { identity = {}, flowId, flowName } = execution.start;
  const item = moment.item ?? itemAround(execution, moment.scope);
  return {
    Execution: executionOf(moment),
    ...(item === undefined ? {} : { Map: { Item: { ...item } } }),
    State: {
      Name: step.state,
      EnteredTime: formatTimestamp(step.enteredAt),
      ...(countsRetries.has(step.type) ? { RetryCount: retriesOf(step) } : {}),
    },
    StateMachine: {
      Id: identity.stateMachineId ?? flowId,
      Name: identity.stateMachineName ?? flowName,
    },
    ...(moment.token === undefined ? {} : { Task: { Token: moment.token } }),
  };
}

const countsRetries: ReadonlySet<string> = new Set(['Task', 'Parallel', 'Map']);

function executionOf({ execution, scope }: Moment): JsonObject {
  const { identity = {}, executionId, executionName, input } = execution.start;
  const child = isolatedAround(execution, scope);
  const id = identity.executionId ?? executionId;
  const name = child === undefined ? executionName : childName(execution, child);
  return {
    Id: child === undefined ? id : `${id}/${stepAt(execution, child.parent).state}:${name}`,
    Input: child === undefined ? input : child.input,
    Name: name,
    RoleArn: identity.roleArn ?? '',
    StartTime: formatTimestamp(execution.startedAt),
    RedriveCount: execution.redrives,
    ...(execution.redrivenAt === null ? {} : { RedriveTime: formatTimestamp(execution.redrivenAt) }),
  };
}

function childName(execution: Execution, child: Scope): string {
  return chanceAt(execution.start.seed, `child/${child.parent}.${child.index}`).uuid();
}

/** How often a step was retried by the language. */
function retriesOf(step: Step): number {
  return step.retries.reduce((sum, count) => sum + count, 0);
}

/** The distributed Map's item that a scope lies in. */
function isolatedAround(execution: Execution, scope: Scope): Scope | undefined {
  for (let around = scope; ; around = outer(execution, around)) {
    if (around.isolated) return around;
    if (around.parent === 0) return undefined;
  }
}

function outer(execution: Execution, scope: Scope): Scope {
  const step = stepAt(execution, scope.parent);
  return scopeAt(execution, step.parent, step.index);
}

/** The item of the nearest Map around a scope. */
function itemAround(execution: Execution, scope: Scope): MapItem | undefined {
  for (let around = scope; around.parent !== 0; around = outer(execution, around)) {
    const step = stepAt(execution, around.parent);
    const map = step.container?.map ?? null;
    if (map === null) continue;
    const batched = (map.run?.batch ?? null) !== null;
    const item = around.item === undefined ? (map.items[around.index] ?? null) : around.item;
    return itemOf(around.index, batched ? around.input : item, map);
  }
  return undefined;
}

/** One item as the context object shows it; an object's items have the key as well, a distributed Map's where they come from. */
export function itemOf(index: number, value: Json, map: Pick<MapProgress, 'keys' | 'run'> | null): MapItem {
  const key = map?.keys?.[index];
  const run = map?.run ?? null;
  return {
    Index: index,
    Value: value,
    ...(key === undefined ? {} : { Key: key }),
    ...(run === null ? {} : { Source: sourceOf(run) }),
  };
}

/** The object that was read, the bucket that was listed, or the state's own data. */
function sourceOf({ reader }: MapRun): string {
  if (reader === null) return 'STATE_DATA';
  const { Bucket: bucket, Key: key } = isObject(reader.parameters) ? reader.parameters : {};
  if (typeof bucket !== 'string') return typeof key === 'string' ? key : reader.resource;
  return typeof key === 'string' ? `S3://${bucket}/${key}` : `S3://${bucket}`;
}
