import { isObject, type Json, type JsonObject } from '@/lib/expression/json';
import { tokens } from '../pointer';
import { type CallableKind, type Inspected, kindNamed } from '../task-kinds';
import { flawsOf } from './by-schema';
import { dynamicField, jsonataText, looksLikeExpression } from './expressions';
import { both, type Fields, jsonPathOnly, object } from './fields';
import { nonEmptyText, type Rule, wrongType } from './rules';
import type { Site } from './site';

/** What only Task states have: the resource, its parameters, credentials and the two clocks. */

const arn = /^arn:[a-z0-9-]*:[a-z0-9-]+:[^:]*:[^:]*:\S+$/;
const ours = /^(millrace|acs):\S+$/;
const integration = /^arn:[a-z0-9-]*:states:[^:]*:[^:]*:([a-z0-9-]+):(\S+)$/;
const services = [
  'activity',
  'apigateway',
  'athena',
  'aws-sdk',
  'batch',
  'bedrock',
  'codebuild',
  'databrew',
  'dynamodb',
  'ecs',
  'eks',
  'elasticmapreduce',
  'emr-containers',
  'emr-serverless',
  'events',
  'glue',
  'http',
  'lambda',
  'mediaconvert',
  's3',
  'sagemaker',
  'sns',
  'sqs',
  'states',
]; // prettier-ignore

function isName(text: string): boolean {
  return ours.test(text) || arn.test(text);
}

/** An ARN as Step Functions takes it, or a resource of our own such as `millrace:http`. */
export const resource: Rule = (value, site) => {
  if (typeof value !== 'string') return wrongType(value, site, 'an ARN or a name such as "millrace:http"');
  if (ours.test(value)) return;
  if (!arn.test(value))
    return site.error(
      'RESOURCE',
      `"${value}" is no ARN and no name such as "millrace:http": say what the task calls`,
    );
  const service = integration.exec(value)?.[1];
  if (service !== undefined && !services.includes(service))
    site.error('RESOURCE', `There is no service integration "${service}": check the ARN`);
};

const credentialFields: Fields = new Map([
  ...both({
    RoleArn: (value, site) => {
      if (looksLikeExpression(value) && site.language === 'JSONata') jsonataText(value, site);
      else nonEmptyText(value, site);
    },
  }),
  ...jsonPathOnly({ 'RoleArn.$': dynamicField }),
]);
export const credentials = object('Credentials', credentialFields, [
  { names: ['RoleArn', 'RoleArn.$'], some: true },
]);

/** Whether a Task state gives its token or job away and waits. */
function pattern(resourceText: string): '.sync' | '.waitForTaskToken' | 'activity' | undefined {
  if (/\.sync(:\d+)?$/.test(resourceText)) return '.sync';
  if (resourceText.endsWith('.waitForTaskToken')) return '.waitForTaskToken';
  return /^arn:[^:]*:states:[^:]*:[^:]*:activity:/.test(resourceText) ? 'activity' : undefined;
}

export interface TaskSurroundings {
  readonly express: boolean;
  /** Everything that a Task can call here; undefined where that is not known. */
  readonly tasks: readonly CallableKind[] | undefined;
}

/** What hangs together between the fields of one Task state. */
export function checkTask(state: JsonObject, site: Site, { express, tasks }: TaskSurroundings): void {
  checkClocks(state, site);
  const { Resource: called } = state;
  if (typeof called !== 'string') return;
  const waits = pattern(called);
  const at = site.member('Resource');
  if (express && waits === 'activity')
    at.error('EXPRESS_INTEGRATION', 'Express flows cannot wait for activities: make the flow a standard one');
  else if (express && waits !== undefined)
    at.error('EXPRESS_INTEGRATION', `Express flows cannot use "${waits}": make the flow a standard one`);
  else if (express) checkOurs(state, called, at);
  if (waits === '.waitForTaskToken') checkToken(state, site);
  if (tasks === undefined || !isName(called)) return;
  const kind = kindNamed(tasks, called);
  if (kind === undefined) unknownResource(called, at, tasks);
  else checkParameters(state, site, kind);
}

/** Our own kinds that wait have no pattern in their names. */
function checkOurs({ Parameters, Arguments }: JsonObject, called: string, at: Site): void {
  if (called === 'millrace:callback')
    at.error('EXPRESS_INTEGRATION', 'Express flows cannot wait for callbacks: make the flow a standard one');
  const given = Arguments ?? Parameters;
  if (called === 'millrace:flow' && !(isObject(given) && given.wait === false))
    at.error('EXPRESS_INTEGRATION', 'Express flows cannot wait for other flows: set "wait" to false');
}

function checkClocks(state: JsonObject, site: Site): void {
  const { TimeoutSeconds: timeout, HeartbeatSeconds: heartbeat } = state;
  if (typeof timeout !== 'number' || typeof heartbeat !== 'number' || heartbeat < timeout) return;
  const message = `"HeartbeatSeconds" (${heartbeat}) must be smaller than "TimeoutSeconds" (${timeout})`;
  const at = site.member('HeartbeatSeconds');
  const half = Math.ceil(timeout / 2);
  const fix =
    half < timeout ? at.replacement(`Make it ${half}`, half) : at.removal('Remove "HeartbeatSeconds"');
  at.error('HEARTBEAT_TOO_LONG', message, { fix });
}

function checkToken(state: JsonObject, site: Site): void {
  const given = JSON.stringify(state.Parameters ?? state.Arguments ?? null);
  if (/\$\$|context/.test(given)) return;
  const token = site.language === 'JSONata' ? '{% $states.context.Task.Token %}' : '$$.Task.Token';
  const message = `The task waits for a callback, but nobody learns its token: pass "${token}" in its parameters`;
  site.member('Resource').warning('TASK_TOKEN_UNUSED', message);
}

/** A name of ours that nothing has can only fail; an ARN may be meant for another place, where somebody has it. */
function unknownResource(called: string, at: Site, tasks: readonly CallableKind[]): void {
  const names = tasks.map(({ resource }) => resource).filter((name) => ours.test(name));
  const meant = at.nearest(called, names);
  const fix = meant === undefined ? {} : { fix: at.replacement(`Call "${meant}" instead`, meant) };
  const message = `Nothing here can be called by the name "${called}": the step would fail with UnknownResource. Choose one of ${names.join(', ')}`;
  if (called.startsWith('millrace:')) at.error('UNKNOWN_RESOURCE', message, fix);
  else at.warning('UNKNOWN_RESOURCE', message, fix);
}

function checkParameters(state: JsonObject, site: Site, kind: CallableKind): void {
  const key = site.language === 'JSONata' ? 'Arguments' : 'Parameters';
  const given = state[key];
  if (given === undefined) return;
  const flaws: readonly Inspected[] = flawsOf(given, kind.parameters, site.language);
  for (const { pointer, message, line } of flaws.length > 0 ? flaws : inspected(given, site.language, kind)) {
    let at = site.member(key);
    for (const token of tokens(pointer)) at = at.member(token);
    at.error('TASK_PARAMETERS', message, line === undefined ? {} : { line });
  }
}

/** What the kind says of the parameters that are known; that others are missing says nothing. */
function inspected(given: Json, language: Site['language'], kind: CallableKind): readonly Inspected[] {
  if (kind.inspect === undefined) return [];
  if (!isObject(given)) return isComputed(given, language) ? [] : kind.inspect(given);
  const members = Object.entries(given).filter(
    ([name, value]) => !isPath(name, language) && !isComputed(value, language),
  );
  const flaws = kind.inspect(Object.fromEntries(members));
  if (members.length === Object.keys(given).length) return flaws;
  const known = new Set(members.map(([name]) => name));
  return flaws.filter(({ pointer }) => known.has(tokens(pointer)[0] ?? ''));
}

function isPath(name: string, language: Site['language']): boolean {
  return language === 'JSONPath' && name.endsWith('.$');
}

/** Whether any part is only known when the state runs. */
function isComputed(value: Json, language: Site['language']): boolean {
  if (typeof value === 'string') return language === 'JSONata' && value.startsWith('{%');
  if (Array.isArray(value)) return value.some((item) => isComputed(item, language));
  if (!isObject(value)) return false;
  return Object.entries(value).some(([key, inner]) => isPath(key, language) || isComputed(inner, language));
}
