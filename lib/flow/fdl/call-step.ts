import { isObject, type Json, type JsonObject } from '@/lib/expression/json';
import { child } from '../pointer';
import type { Desk } from './desk';
import { objectText } from './expression-print';
import { listText } from './list-text';
import { bound, type StepData, sourceText } from './step-data';
import { delimited } from './template';

/** What a task step of old FDL calls. */
export function callOf(
  step: JsonObject,
  pointer: string,
  { desk, data }: { desk: Desk; data: StepData },
): JsonObject {
  const name = resourceName(step, pointer, desk);
  const waits = step.pattern === 'waitForCallback';
  const flow = /^acs:fnf:[^:]*:[^:]*:flow\/(.+)$/.exec(name)?.[1];
  if (flow !== undefined) return subFlow(step, { flow, pointer, desk, data });
  desk.lost(
    child(pointer, step.resourceArn === undefined ? 'action' : 'resourceArn'),
    `Nothing here performs "${name}": choose another task for this state`,
  );
  if (step.pattern === 'sync')
    desk.lost(
      child(pointer, 'pattern'),
      'The state goes on with the answer to its call, without waiting for the job',
    );
  return {
    Resource: waits ? `${name}.waitForTaskToken` : name,
    Arguments: delimited(serviceParams(step, pointer, { desk, data })),
  };
}

/** An ARN as it is, `service/function` of a `!Ref` as an ARN, an action under a name of its own. */
function resourceName(step: JsonObject, pointer: string, desk: Desk): string {
  const { resourceArn: arn, action } = step;
  if (typeof arn === 'string' && /^acs:\S+$/.test(arn)) return arn;
  if (typeof arn === 'string' && /^[\w.-]+\/[\w.-]+$/.test(arn)) {
    const [service, name] = arn.split('/');
    desk.changed(child(pointer, 'resourceArn'), `"${arn}" is taken for a function of a service`);
    return `acs:fc:::services/${service}/functions/${name}`;
  }
  if (typeof action === 'string' && /^\S+$/.test(action)) return `acs:${action}`;
  return 'acs:Unknown:Action';
}

interface SubFlow {
  readonly flow: string;
  readonly pointer: string;
  readonly desk: Desk;
  readonly data: StepData;
}

function subFlow(step: JsonObject, { flow, pointer, desk, data }: SubFlow): JsonObject {
  if (step.pattern === 'waitForCallback')
    desk.lost(child(pointer, 'pattern'), 'Waits for the flow to end instead of for its callback');
  const wait = step.pattern === 'sync' || step.pattern === 'waitForCallback';
  const given = isObject(step.serviceParams) ? step.serviceParams : {};
  const inside = child(pointer, 'serviceParams');
  desk.unknown(given, inside, ['Input', 'ExecutionName']);
  const value = (key: string) => param(given[key] ?? null, child(inside, key), { desk, data });
  return {
    Resource: 'millrace:flow',
    Arguments: {
      flow,
      input: delimited(given.Input === undefined ? data.input : value('Input')),
      ...(given.ExecutionName === undefined ? {} : { name: delimited(value('ExecutionName')) }),
      wait,
    },
  };
}

/** The parameters of the call: what `serviceParams` says, or the whole input of the step. */
function serviceParams(
  step: JsonObject,
  pointer: string,
  { desk, data }: { desk: Desk; data: StepData },
): string {
  const { serviceParams: given } = step;
  if (given === undefined) return data.input;
  const inside = child(pointer, 'serviceParams');
  if (!isObject(given)) {
    desk.lost(inside, '"serviceParams" must be a map: the step\'s whole input is passed');
    return data.input;
  }
  return objectText(
    Object.entries(given).map(([key, value]) => [key, param(value, child(inside, key), { desk, data })]),
  );
}

/** `$` is the step's input, `$.a` a part of it; maps and lists are gone through. */
function param(value: Json, pointer: string, around: { desk: Desk; data: StepData }): string {
  if (Array.isArray(value)) {
    const texts = value.map((item: Json, index) => param(item, child(pointer, index), around));
    return value.some((item) => typeof item === 'string') ? listText(texts) : `[${texts.join(', ')}]`;
  }
  if (isObject(value))
    return objectText(
      Object.entries(value).map(([key, inner]) => [key, param(inner, child(pointer, key), around)]),
    );
  return bound(around.data, (variables) => sourceText(value, { desk: around.desk, pointer, variables }));
}
