import { isObject, type Json, type JsonObject } from '@/lib/expression/json';
import { child } from '../pointer';
import { at, delimited, expressionText, plain, type Spot, templateOf, valueText } from './template';

/** What a Task of new FDL calls, as a resource here: `HTTP:Request`, `FNF:StartExecution`, `FC:InvokeFunction`, … */
export interface Action {
  readonly resource: string;
  readonly args: Json | undefined;
  /** The members of FDL's `$Output`, in JSONata on `$states.result`; none where that is the output itself. */
  readonly output: readonly (readonly [string, string])[];
}

export function actionOf(state: JsonObject, spot: Spot): Action {
  const { Action: action, TaskMode: mode = 'RequestComplete' } = state;
  const parameters = isObject(state.Parameters) ? state.Parameters : {};
  const inside = at(spot, 'Parameters');
  if (state.Parameters !== undefined && !isObject(state.Parameters))
    spot.desk.lost(inside.pointer, '"Parameters" must be a map: it is left out');
  const suffix = mode === 'WaitForCustomCallback' ? '.waitForTaskToken' : '';
  if (action === 'HTTP:Request') return http(parameters, inside, suffix);
  if (action === 'FNF:StartExecution') return subFlow(parameters, inside, { mode, spot });
  return other(action, { parameters, inside, spot, mode, suffix });
}

const httpOutput: Action['output'] = [
  ['Header', '$states.result.headers'],
  ['Code', '$states.result.status'],
  ['Body', '$states.result.body'],
];

function http(parameters: JsonObject, spot: Spot, suffix: string): Action {
  const known = ['url', 'method', 'headers', 'body'].flatMap((name) => [name, `${name}.$`]);
  spot.desk.unknown(parameters, spot.pointer, known);
  const kept = Object.fromEntries(Object.entries(parameters).filter(([name]) => known.includes(name)));
  const args = templateOf(kept, spot);
  const { method } = isObject(args) ? args : {};
  const upper = typeof method === 'string' && !method.includes('{%') ? { method: method.toUpperCase() } : {};
  const token = suffix === '' ? {} : { headers: withToken(isObject(args) ? args.headers : undefined) };
  const output = suffix === '' ? httpOutput : [];
  return {
    resource: `millrace:http${suffix}`,
    args: { ...(isObject(args) ? args : {}), ...upper, ...token },
    output,
  };
}

/** For HTTP the token is sent by itself. */
function withToken(headers: Json | undefined): JsonObject {
  const token = { 'X-FnF-Http-Callback-Task-Token': delimited('$states.context.Task.Token') };
  return isObject(headers) ? { ...headers, ...token } : token;
}

function subFlow(
  parameters: JsonObject,
  spot: Spot,
  { mode, spot: task }: { mode: Json; spot: Spot },
): Action {
  const known = ['resourceArn', 'executionName', 'input'].flatMap((name) => [name, `${name}.$`]);
  spot.desk.unknown(parameters, spot.pointer, known);
  if (mode === 'WaitForCustomCallback')
    task.desk.lost(child(task.pointer, 'TaskMode'), 'Waits for the flow to end instead of for its callback');
  const wait = mode !== 'RequestComplete';
  const flow = flowName(parameters, spot);
  const name = value(parameters, 'executionName', spot);
  const input = value(parameters, 'input', spot);
  const args = {
    flow,
    ...(input === undefined ? {} : { input }),
    ...(name === undefined ? {} : { name }),
    wait,
  };
  const started: Action['output'] = [
    ['FlowName', flow.startsWith('{%') ? flow.slice(2, -2).trim() : JSON.stringify(flow)],
    ['ExecutionName', '$states.result.name'],
    ['RequestID', '$states.result.executionId'],
  ];
  return { resource: 'millrace:flow', args, output: wait ? [] : started };
}

/** `acs:fnf:region:account:flow/NAME`, or an expression that gives such a text. */
function flowName(parameters: JsonObject, spot: Spot): string {
  const { resourceArn: arn } = parameters;
  if (typeof arn === 'string') return String(plain(arn.replace(/^acs:fnf:[^:]*:[^:]*:flow\//, '')));
  if (parameters['resourceArn.$'] === undefined) {
    spot.desk.lost(spot.pointer, '"resourceArn" must say which flow to start');
    return '';
  }
  const text = expressionText(parameters['resourceArn.$'], at(spot, 'resourceArn.$'));
  return delimited(`$split(${text}, "/")[-1]`);
}

function value(parameters: JsonObject, name: string, spot: Spot): Json | undefined {
  const dynamic = parameters[`${name}.$`];
  const literal = parameters[name];
  if (dynamic !== undefined) return delimited(valueText(dynamic, at(spot, `${name}.$`)));
  return literal === undefined ? undefined : templateOf(literal, at(spot, name));
}

interface Other {
  readonly parameters: JsonObject;
  readonly inside: Spot;
  readonly spot: Spot;
  readonly mode: Json;
  readonly suffix: string;
}

/** An action of the cloud that nothing here does: it is kept under a name of its own, for a task kind to take it up. */
function other(action: Json | undefined, { parameters, inside, spot, mode, suffix }: Other): Action {
  const pointer = child(spot.pointer, 'Action');
  const name = typeof action === 'string' && /^\S+$/.test(action) ? action : 'Unknown:Action';
  const resource = `acs:${name}${suffix}`;
  spot.desk.lost(pointer, `Nothing here performs "${name}": choose another task for this state`);
  if (mode === 'WaitForSystemCallback')
    spot.desk.lost(
      child(spot.pointer, 'TaskMode'),
      'The state goes on with the answer to its call, without waiting for the job',
    );
  return { resource, args: templateOf(parameters, inside), output: [] };
}
