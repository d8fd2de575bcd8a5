import { isObject, type Json, type JsonObject } from '@/lib/expression/json';
import { child } from '../pointer';
import { type Action, actionOf } from './actions';
import { mapFields } from './map';
import { type Place, spotAt } from './place';
import { errorList, type RetrySpelling, retrier, withoutUnreached } from './retries';
import { allGlobals, outputFrom, type Scope } from './scope';
import {
  at,
  conditionText,
  delimited,
  expressionText,
  plain,
  type Spot,
  stringText,
  templateOf,
  templateText,
} from './template';

/** States of new FDL, one by one. */

const shared = [
  'Name',
  'Type',
  'Description',
  'InputConstructor',
  'OutputConstructor',
  'GlobalConstructor',
  'Next',
  'End',
];
const ownFields: Readonly<Record<string, readonly string[]>> = {
  Task: ['Action', 'TaskMode', 'Parameters', 'Timeout', 'Timeout.$', 'Retry', 'Catch'],
  Pass: [],
  Wait: ['Seconds', 'Seconds.$'],
  Succeed: [],
  Fail: ['Code', 'Detail', 'Code.$', 'Detail.$'],
  Choice: ['Branches', 'Default'],
  Parallel: ['Branches', 'Retry', 'Catch'],
  Map: [
    'ItemsPath',
    'Processor',
    'ProcessorConfig',
    'MaxConcurrency',
    'MaxConcuccency',
    'ItemReader',
    'ItemConstructor',
    'ItemBatcher',
    'ResultWriter',
    'MaxItems',
    'ToleratedFailurePercentage',
    'ToleratedFailureCount',
    'ToleratedFailedPercentage',
    'ToleratedFailedCount',
    'Retry',
    'Catch',
  ],
}; // prettier-ignore

/** What a state does, and what its `$Output` is. */
interface Body {
  readonly fields: JsonObject;
  readonly output: Action['output'];
  /** Where the output comes from: `$states.result`, or the input where the state has no result. */
  readonly source: string;
}

/** One state; its InputConstructor is left to the caller, except that of a Pass state without OutputConstructor. */
export function stateOf(state: JsonObject, place: Place): JsonObject {
  const { scope, pointer } = place;
  const type = typeof state.Type === 'string' && Object.hasOwn(ownFields, state.Type) ? state.Type : 'Pass';
  if (type !== state.Type)
    scope.desk.lost(
      child(pointer, 'Type'),
      `There is no state type ${JSON.stringify(state.Type ?? null)}: it becomes a Pass state`,
    );
  scope.desk.unknown(state, pointer, [...shared, ...(ownFields[type] ?? [])]);
  const description = typeof state.Description === 'string' ? { Comment: state.Description } : {};
  sayUnused(type, state, place);
  const body = bodyOf(type, state, place);
  return {
    Type: type,
    ...description,
    ...body.fields,
    ...(type === 'Fail' ? {} : outputs(state, body, place)),
    ...(type === 'Succeed' || type === 'Fail' || type === 'Choice' ? {} : wayOn(state, scope)),
    ...(['Task', 'Parallel', 'Map'].includes(type) ? failures(state, place) : {}),
  };
}

/** Shared fields that mean nothing in some types; that a state which ends its machine says so is what many do. */
const unused: Readonly<Record<string, readonly string[]>> = {
  Succeed: ['Next'],
  Fail: ['Next', 'OutputConstructor', 'GlobalConstructor'],
  Choice: ['Next', 'End'],
};

function sayUnused(type: string, state: JsonObject, { scope, pointer }: Place): void {
  for (const key of unused[type] ?? [])
    if (state[key] !== undefined && state[key] !== null && state[key] !== false)
      scope.desk.lost(child(pointer, key), `A ${type} state has no "${key}": it is left out`);
}

function bodyOf(type: string, state: JsonObject, place: Place): Body {
  const spot = spotAt(place, {});
  const plainBody = (fields: JsonObject): Body => ({ fields, output: [], source: '$states.input' });
  switch (type) {
    case 'Task':
      return task(state, spot);
    case 'Wait':
      return plainBody({ Seconds: seconds(state, 'Seconds', spot) ?? 0 });
    case 'Choice':
      return plainBody(choice(state, place));
    case 'Fail':
      return plainBody({ ...text(state, 'Code', 'Error', spot), ...text(state, 'Detail', 'Cause', spot) });
    case 'Parallel':
      return parallel(state, place);
    case 'Map':
      return {
        fields: mapFields(state, place),
        output: [['Items', '$states.result']],
        source: '$states.result',
      };
    default:
      return plainBody({});
  }
}

function task(state: JsonObject, spot: Spot): Body {
  const action = actionOf(state, spot);
  const timeout = seconds(state, 'Timeout', spot);
  return {
    fields: {
      Resource: action.resource,
      ...(action.args === undefined ? {} : { Arguments: action.args }),
      // 0 means that the task may take as long as it likes.
      ...(timeout === undefined || timeout === 0 ? {} : { TimeoutSeconds: timeout }),
    },
    output: action.output,
    source: '$states.result',
  };
}

/** A number of seconds: literal (also as a text), or computed under the name with `.$`. */
function seconds(state: JsonObject, name: string, spot: Spot): number | string | undefined {
  const computed = state[`${name}.$`];
  if (computed !== undefined) return delimited(expressionText(computed, at(spot, `${name}.$`)));
  const given = state[name];
  if (given === undefined) return undefined;
  const value = typeof given === 'string' && given.trim() !== '' ? Number(given) : given;
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0) return value;
  spot.desk.lost(child(spot.pointer, name), `"${name}" must be a whole number of seconds: it is left out`);
  return undefined;
}

function text(state: JsonObject, from: string, to: string, spot: Spot): JsonObject {
  const computed = state[`${from}.$`];
  if (computed !== undefined) return { [to]: delimited(stringText(computed, at(spot, `${from}.$`))) };
  const given = state[from];
  return given === undefined
    ? {}
    : { [to]: plain(typeof given === 'string' ? given : JSON.stringify(given)) };
}

function choice(state: JsonObject, place: Place): JsonObject {
  const { scope } = place;
  const rules = listIn(state, 'Branches', place).map((branch, index) => {
    const spot = at(at(spotAt(place, {}), 'Branches'), index);
    const given = isObject(branch) ? branch : {};
    scope.desk.unknown(given, spot.pointer, ['Condition', 'Next', 'Description']);
    return {
      Condition: delimited(conditionText(given.Condition ?? false, at(spot, 'Condition'))),
      // What the state says of output and globals counts here on the way to its default only.
      ...outputs(state, { fields: {}, output: [], source: '$states.input' }, place),
      Next: target(given.Next, scope),
      ...(typeof given.Description === 'string' ? { Comment: given.Description } : {}),
    };
  });
  return {
    Choices: rules,
    ...(state.Default === undefined ? {} : { Default: target(state.Default, scope) }),
  };
}

function parallel(state: JsonObject, place: Place): Body {
  const branches = listIn(state, 'Branches', place).map((branch, index) =>
    place.inner(branch, child(child(place.pointer, 'Branches'), index), place.scope, true),
  );
  const output = branches.map((_, index) => [`Branch${index}`, `$states.result[${index}]`] as const);
  return { fields: { Branches: branches }, output, source: '$states.result' };
}

function listIn(state: JsonObject, key: string, { scope, pointer }: Place): readonly Json[] {
  const given = state[key];
  if (Array.isArray(given)) return given;
  scope.desk.lost(child(pointer, key), `"${key}" must be a list`);
  return [];
}

/** Output and globals. A Pass state without OutputConstructor gives what its InputConstructor gives. */
function outputs(state: JsonObject, { output, source }: Body, place: Place): JsonObject {
  const moment = { output: outputFrom(source, output) };
  const spot = spotAt(place, moment);
  const constructed = state.OutputConstructor ?? undefined;
  const assigned = globalsOf(state, place, spot);
  if (constructed !== undefined)
    return { Output: templateOf(constructed, at(spot, 'OutputConstructor')), ...assigned };
  if (state.Type === 'Pass' && state.InputConstructor !== undefined)
    return {
      Output: templateOf(state.InputConstructor, at(spotAt(place, {}), 'InputConstructor')),
      ...assigned,
    };
  if (output.length === 0) return assigned;
  return {
    Output: Object.fromEntries(output.map(([name, member]) => [name, delimited(member)])),
    ...assigned,
  };
}

function globalsOf(state: JsonObject, { scope }: Place, spot: Spot): JsonObject {
  const given = state.GlobalConstructor;
  if (given === undefined || scope.globals === undefined) return {};
  const added = templateText(given, at(spot, 'GlobalConstructor'));
  return { Assign: { [scope.globals]: delimited(`$merge([${allGlobals(scope) ?? ''}, ${added}])`) } };
}

function wayOn(state: JsonObject, scope: Scope): JsonObject {
  if (state.End === true || state.End === 'true') return { End: true };
  return state.Next === undefined ? {} : { Next: target(state.Next, scope) };
}

/** A state of this machine; one that is not there keeps its name, and the checks will say so. */
function target(name: Json | undefined, { entries }: Scope): string {
  return typeof name === 'string' ? (entries.get(name) ?? name) : '';
}

const spelling: RetrySpelling = {
  errors: 'Errors',
  interval: 'IntervalSeconds',
  attempts: 'MaxAttempts',
  rate: 'BackoffRate',
  most: 'MaxBackoffSeconds',
  defaults: { interval: 1, attempts: 3, rate: 1 },
};

function failures(state: JsonObject, place: Place): JsonObject {
  const { desk } = place.scope;
  const rules = (key: string, rule: (given: Json, pointer: string) => JsonObject): JsonObject => {
    if (state[key] === undefined) return {};
    const pointer = child(place.pointer, key);
    const converted = listIn(state, key, place).map((given, index) => rule(given, child(pointer, index)));
    return { [key]: withoutUnreached(converted, pointer, desk) };
  };
  return {
    ...rules('Retry', (given, pointer) => retrier(given, pointer, { desk, spelling })),
    ...rules('Catch', (given, pointer) => catcher(given, { ...place, pointer })),
  };
}

/** Without an OutputConstructor the state's input goes on. */
function catcher(given: Json, place: Place): JsonObject {
  const { scope, pointer } = place;
  const rule = isObject(given) ? given : {};
  scope.desk.unknown(rule, pointer, ['Errors', 'Description', 'OutputConstructor', 'Next']);
  const spot = at(spotAt(place, { error: true }), 'OutputConstructor');
  const { OutputConstructor: constructed, Description: description } = rule;
  return {
    ErrorEquals: errorList(rule.Errors, child(pointer, 'Errors'), scope.desk),
    Output: constructed === undefined ? delimited('$states.input') : templateOf(constructed, spot),
    Next: target(rule.Next, scope),
    ...(typeof description === 'string' ? { Comment: description } : {}),
  };
}
