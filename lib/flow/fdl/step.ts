import { isObject, type Json, type JsonObject } from '@/lib/expression/json';
import { child } from '../pointer';
import { callOf } from './call-step';
import { objectText } from './expression-print';
import { after, entered, type StepData, stepCondition, stepInput, stepOutput, stepValue } from './step-data';
import { failures } from './step-failures';
import type { StepPlace, Working } from './step-place';
import { delimited } from './template';

/** Steps of old FDL, one by one. */

const shared = ['type', 'name', 'description', 'inputMappings', 'outputMappings', 'end'];
const ownFields: Readonly<Record<string, readonly string[]>> = {
  task: [
    'resourceArn',
    'action',
    'pattern',
    'serviceParams',
    'timeoutSeconds',
    'retry',
    'catch',
    'errorMappings',
  ],
  pass: [],
  wait: ['duration', 'timestamp'],
  choice: ['choices', 'default'],
  parallel: ['branches', 'retry', 'catch', 'errorMappings'],
  foreach: ['iterationMapping', 'steps', 'retry', 'catch', 'errorMappings'],
  succeed: [],
  fail: ['error', 'cause'],
};

export function stepOf(step: JsonObject, place: StepPlace): JsonObject {
  const { desk, pointer } = place;
  const type = typeof step.type === 'string' && Object.hasOwn(ownFields, step.type) ? step.type : 'pass';
  if (type !== step.type)
    desk.lost(
      child(pointer, 'type'),
      `A step of type ${JSON.stringify(step.type ?? null)} has no counterpart: it becomes a Pass state`,
    );
  else desk.unknown(step, pointer, [...shared, ...(ownFields[type] ?? [])]);
  const comment = typeof step.description === 'string' ? { Comment: step.description } : {};
  const input = stepInput(step, pointer, desk);
  return { ...comment, ...bodyOf(type, step, { place, input }) };
}

function bodyOf(type: string, step: JsonObject, working: Working): JsonObject {
  const { place, input } = working;
  const result = { input, local: '$states.result' };
  switch (type) {
    case 'task':
      return {
        Type: 'Task',
        ...callOf(step, place.pointer, { desk: place.desk, data: { input, local: '{}' } }),
        ...timeout(step, place),
        ...output(step, working, { data: result, usual: result.local }),
        ...failures(step, working),
        Next: place.next,
      };
    case 'wait':
      return { Type: 'Wait', ...waiting(step, working), ...quiet(step, working), Next: place.next };
    case 'choice':
      return { Type: 'Choice', ...choice(step, working) };
    case 'parallel':
      return {
        Type: 'Parallel',
        Arguments: { input: delimited(input), local: {} },
        Branches: branches(step, place),
        ...output(step, working, { data: result, usual: '{}' }),
        ...failures(step, working),
        Next: place.next,
      };
    case 'foreach':
      return {
        ...foreach(step, working),
        ...output(step, working, { data: result, usual: '{}' }),
        ...failures(step, working),
        Next: place.next,
      };
    case 'fail':
      return {
        Type: 'Fail',
        ...failure(step, working, 'error', 'Error'),
        ...failure(step, working, 'cause', 'Cause'),
      };
    default:
      return { Type: 'Pass', ...quiet(step, working), Next: place.next };
  }
}

function output(
  step: JsonObject,
  { place }: Working,
  { data, usual }: { data: StepData; usual: string },
): JsonObject {
  return { Output: delimited(after(stepOutput(step, place.pointer, { desk: place.desk, data, usual }))) };
}

/** The data after a step that has no result of its own. */
function quiet(step: JsonObject, working: Working): JsonObject {
  const { Output: data } = output(step, working, {
    data: { input: working.input, local: '{}' },
    usual: '{}',
  });
  return data === delimited('$states.input') || data === undefined ? {} : { Output: data };
}

function timeout(step: JsonObject, { desk, pointer }: StepPlace): JsonObject {
  const given = step.timeoutSeconds;
  if (given === undefined) return {};
  const seconds = Number(given);
  if (Number.isInteger(seconds) && seconds > 0) return { TimeoutSeconds: seconds };
  desk.lost(
    child(pointer, 'timeoutSeconds'),
    '"timeoutSeconds" must be a whole number above 0: it is left out',
  );
  return {};
}

function waiting(step: JsonObject, { place, input }: Working): JsonObject {
  const key = step.timestamp === undefined ? 'duration' : 'timestamp';
  const field = key === 'timestamp' ? 'Timestamp' : 'Seconds';
  const given = step[key] ?? 0;
  const pointer = child(place.pointer, key);
  if (step.timestamp !== undefined && step.duration !== undefined)
    place.desk.lost(
      child(place.pointer, 'duration'),
      'A wait step has a duration or a timestamp: the duration is left out',
    );
  if (typeof given === 'string' && given.startsWith('$'))
    return { [field]: delimited(stepValue(given, { desk: place.desk, pointer }, { input, local: '{}' })) };
  if (key === 'timestamp' && typeof given === 'string') return { Timestamp: given };
  const seconds = Number(given);
  if (Number.isInteger(seconds) && seconds >= 0) return { Seconds: seconds };
  place.desk.lost(pointer, `"${key}" cannot be read: the state does not wait`);
  return { Seconds: 0 };
}

function choice(step: JsonObject, working: Working): JsonObject {
  const { place, input } = working;
  const { desk, pointer } = place;
  const given = Array.isArray(step.choices) ? step.choices : [];
  if (given.length === 0) desk.lost(child(pointer, 'choices'), '"choices" must be a list of rules');
  const rules = given.map((rule: Json, index) => {
    const at = child(child(pointer, 'choices'), index);
    const fields = isObject(rule) ? rule : {};
    desk.unknown(fields, at, ['condition', 'steps', 'goto', 'description']);
    const condition = stepCondition(
      fields.condition ?? false,
      { desk, pointer: child(at, 'condition') },
      input,
    );
    const { Next, Output } = way(fields, at, { step, working });
    return { Condition: delimited(condition), Next, Output };
  });
  const fallback = isObject(step.default) ? step.default : {};
  desk.unknown(fallback, child(pointer, 'default'), ['steps', 'goto', 'description']);
  const { Next, Output } = way(fallback, child(pointer, 'default'), { step, working });
  return { Choices: rules, Default: Next, Output };
}

/** Where a rule of a choice goes, and with which data: into its steps, and then to its `goto` or on in the list. */
function way(
  rule: JsonObject,
  pointer: string,
  { step, working }: { step: JsonObject; working: Working },
): { readonly Next: string; readonly Output: string } {
  const { place, input } = working;
  const { desk } = place;
  const next = rule.goto === undefined ? place.next : place.target(rule.goto, child(pointer, 'goto'));
  const outputOf = (data: StepData, usual: string) => stepOutput(step, place.pointer, { desk, data, usual });
  if (rule.steps === undefined)
    return { Next: next, Output: delimited(after(outputOf({ input, local: '{}' }, '{}'))) };
  const first = place.inside(rule.steps, child(pointer, 'steps'), {
    output: (data) => outputOf(data, data.local),
    next,
  });
  return { Next: first, Output: delimited(entered(input)) };
}

function branches(step: JsonObject, place: StepPlace): readonly JsonObject[] {
  const pointer = child(place.pointer, 'branches');
  if (!Array.isArray(step.branches)) {
    place.desk.lost(pointer, '"branches" must be a list');
    return [];
  }
  return step.branches.map((branch: Json, index) => {
    const at = child(pointer, index);
    const fields = isObject(branch) ? branch : {};
    place.desk.unknown(fields, at, ['steps', 'name', 'description']);
    return place.machine(fields.steps ?? null, child(at, 'steps'));
  });
}

/** An iteration's input is the step's, with the item (and its index) under the names that the mapping gives them. */
function foreach(step: JsonObject, { place, input }: Working): JsonObject {
  const pointer = child(place.pointer, 'iterationMapping');
  const mapping = isObject(step.iterationMapping) ? step.iterationMapping : {};
  place.desk.unknown(mapping, pointer, ['collection', 'item', 'index']);
  const { collection, item, index } = mapping;
  const data = { input, local: '{}' };
  const items = stepValue(
    collection ?? [],
    { desk: place.desk, pointer: child(pointer, 'collection') },
    data,
  );
  const named: (readonly [string, string])[] = [];
  if (typeof item === 'string') named.push([item, '$states.context.Map.Item.Value']);
  else place.desk.lost(pointer, '"item" must say under which name an iteration finds its item');
  if (typeof index === 'string') named.push([index, '$states.context.Map.Item.Index']);
  return {
    Type: 'Map',
    Items: delimited(items),
    ItemSelector: { input: delimited(`$merge([${input}, ${objectText(named)}])`), local: {} },
    ItemProcessor: place.machine(step.steps ?? null, child(place.pointer, 'steps')),
    MaxConcurrency: 100,
  };
}

function failure(step: JsonObject, { place, input }: Working, from: string, to: string): JsonObject {
  const given = step[from];
  if (given === undefined) return {};
  const pointer = child(place.pointer, from);
  const isPath = typeof given === 'string' && given.startsWith('$');
  const text = isPath
    ? stepValue(given, { desk: place.desk, pointer }, { input, local: '{}' })
    : JSON.stringify(typeof given === 'string' ? given : JSON.stringify(given));
  const literal = typeof given === 'string' && !isPath && !/\{%|%\}/.test(given);
  return { [to]: literal ? given : delimited(text) };
}
