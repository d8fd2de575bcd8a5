import { isObject, type Json, type JsonObject } from '@/lib/expression/json';
import { type StateType, stateTypes } from '../model';
import { isStateType } from '../shape';
import { assign } from './assign';
import { choices, timestamp } from './choice';
import { catchers, retry } from './errors';
import { orExpression, path, pathOrNull, referencePathOrNull, template, textPath } from './expressions';
import {
  both,
  checkExclusive,
  checkFields,
  type Exclusive,
  type Fields,
  jsonataOnly,
  jsonPathOnly,
  required,
} from './fields';
import { checkMap, itemBatcher, itemReader, items, label, resultWriter } from './map';
import {
  anything,
  flag,
  integer,
  nonEmptyText,
  number,
  oneOf,
  quoted,
  type Rule,
  text,
  wrongType,
} from './rules';
import type { Site } from './site';
import { checkTask, credentials, resource, type TaskSurroundings } from './task';

/** The fields of each type of state, and what one state must be like apart from the machine that it stands in. */

const longest = 99_999_999;
const common = both({ Type: anything, Comment: text, QueryLanguage: oneOf('JSONPath', 'JSONata') });
const leaving = both({ Next: nonEmptyText, End: flag });
const shaping = [
  ...jsonPathOnly({ InputPath: pathOrNull, OutputPath: pathOrNull }),
  ...jsonataOnly({ Output: template }),
];
const assigning = both({ Assign: assign });
/** `$states.result` is there once the state has worked. */
const withResult =
  (rule: Rule): Rule =>
  (value, site) =>
    rule(value, site.within({ states: ['result'] }));
const working = [
  ...leaving,
  ...jsonPathOnly({
    InputPath: pathOrNull,
    OutputPath: pathOrNull,
    ResultPath: referencePathOrNull,
    ResultSelector: template,
  }),
  ...jsonataOnly({ Output: withResult(template) }),
  ...both({ Assign: withResult(assign), Retry: retry, Catch: catchers }),
];
const seconds = orExpression(integer(1, longest));
const count = orExpression(integer(0, Number.MAX_SAFE_INTEGER));
const percentage = orExpression(number(0, 100));

const fieldsOf: Readonly<Record<StateType, Fields>> = {
  Pass: new Map([
    ...common,
    ...leaving,
    ...shaping,
    ...assigning,
    ...jsonPathOnly({ Parameters: template, Result: anything, ResultPath: referencePathOrNull }),
  ]),
  Task: new Map([
    ...common,
    ...working,
    ...both({
      Resource: required(resource),
      TimeoutSeconds: seconds,
      HeartbeatSeconds: seconds,
      Credentials: credentials,
    }),
    ...jsonPathOnly({ Parameters: template, TimeoutSecondsPath: path, HeartbeatSecondsPath: path }),
    ...jsonataOnly({ Arguments: template }),
  ]),
  Choice: new Map([
    ...common,
    ...shaping,
    ...assigning,
    ...both({ Choices: required(choices), Default: nonEmptyText }),
  ]),
  Wait: new Map([
    ...common,
    ...leaving,
    ...shaping,
    ...assigning,
    ...both({ Seconds: orExpression(integer(0, longest)), Timestamp: orExpression(timestamp) }),
    ...jsonPathOnly({ SecondsPath: path, TimestampPath: path }),
  ]),
  Succeed: new Map([...common, ...shaping]),
  Fail: new Map([
    ...common,
    ...both({ Error: orExpression(text), Cause: orExpression(text) }),
    ...jsonPathOnly({ ErrorPath: textPath, CausePath: textPath }),
  ]),
  Parallel: new Map([
    ...common,
    ...working,
    ...both({ Branches: required(anything) }),
    ...jsonPathOnly({ Parameters: template }),
    ...jsonataOnly({ Arguments: template }),
  ]),
  Map: new Map([
    ...common,
    ...working,
    ...both({
      ItemProcessor: anything,
      Iterator: anything,
      ItemSelector: template,
      ItemReader: itemReader,
      ItemBatcher: itemBatcher,
      ResultWriter: resultWriter,
      MaxConcurrency: count,
      ToleratedFailureCount: count,
      ToleratedFailurePercentage: percentage,
      Label: label,
    }),
    ...jsonPathOnly({
      ItemsPath: path,
      Parameters: template,
      MaxConcurrencyPath: path,
      ToleratedFailureCountPath: path,
      ToleratedFailurePercentagePath: path,
    }),
    ...jsonataOnly({ Items: items }),
  ]),
};

const way: Exclusive = { names: ['Next', 'End'] };
const exclusiveOf: Readonly<Record<StateType, readonly Exclusive[]>> = {
  Pass: [way],
  Task: [
    way,
    { names: ['TimeoutSeconds', 'TimeoutSecondsPath'] },
    { names: ['HeartbeatSeconds', 'HeartbeatSecondsPath'] },
  ],
  Choice: [],
  Wait: [way, { names: ['Seconds', 'SecondsPath', 'Timestamp', 'TimestampPath'], some: true }],
  Succeed: [],
  Fail: [{ names: ['Error', 'ErrorPath'] }, { names: ['Cause', 'CausePath'] }],
  Parallel: [way],
  Map: [
    way,
    { names: ['ItemProcessor', 'Iterator'], some: true },
    { names: ['ItemSelector', 'Parameters'] },
    { names: ['MaxConcurrency', 'MaxConcurrencyPath'] },
    { names: ['ToleratedFailureCount', 'ToleratedFailureCountPath'] },
    { names: ['ToleratedFailurePercentage', 'ToleratedFailurePercentagePath'] },
  ],
};

/** Checks one state by itself; its type, where it has a known one, is the answer. */
export function checkState(state: Json, site: Site, around: TaskSurroundings): StateType | undefined {
  if (!isObject(state)) {
    wrongType(state, site, 'an object');
    return undefined;
  }
  const type = checkType(state, site);
  if (type === undefined) return undefined;
  const known = { what: `A ${type} state`, fields: fieldsOf[type] };
  checkFields(state, site, known);
  for (const group of exclusiveOf[type]) checkExclusive(state, site, { ...known, group });
  checkWayOn(state, site, known.fields);
  if (type === 'Task') checkTask(state, site, around);
  if (type === 'Map') checkMap(state, site);
  return type;
}

function checkType(state: JsonObject, site: Site): StateType | undefined {
  const { Type: type } = state;
  if (isStateType(type)) return type;
  if (type === undefined) {
    site.error('MISSING_FIELD', `A state needs the field "Type": make it one of ${quoted(stateTypes)}`);
    return undefined;
  }
  const at = site.member('Type');
  const meant = typeof type === 'string' ? at.nearest(type, stateTypes) : undefined;
  const fix = meant === undefined ? {} : { fix: at.replacement(`Make it "${meant}"`, meant) };
  at.error(
    'WRONG_VALUE',
    `There is no type of state ${JSON.stringify(type)}: make it one of ${quoted(stateTypes)}`,
    fix,
  );
  return undefined;
}

function checkWayOn(state: JsonObject, site: Site, fields: Fields): void {
  if (!fields.has('Next')) return;
  const ends = state.End === true;
  if (Object.hasOwn(state, 'Next') || ends) return;
  const fix = { title: 'End the flow here', pointer: `${site.pointer}/End`, value: true };
  const message = 'The state does not say where the flow goes on: add "Next", or "End": true';
  site.error('NO_NEXT_OR_END', message, { fix });
}
