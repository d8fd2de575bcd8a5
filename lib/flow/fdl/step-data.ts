import { isObject, type Json, type JsonObject } from '@/lib/expression/json';
import { child } from '../pointer';
import type { Desk } from './desk';
import type { Step } from './expression-model';
import { objectText, type Reference } from './expression-print';
import { at, conditionText, expressionText, type Spot } from './template';

/**
 * The data of old FDL. Each list of steps has an input that stays and a `local` to which every step adds its output.
 * Here both travel in the state's data: `{"input": …, "local": …}`, and for the steps inside a choice or a catcher also
 * `"outer"`, the data around them.
 */

/** The data of the list that a step stands in, as JSONata. */
export const listInput = '$states.input.input';
export const listLocal = '$states.input.local';

/** JSONata for a step's own input and local, where an expression may use them. */
export interface StepData {
  readonly input: string;
  readonly local: string;
}

const dataOfList: StepData = { input: listInput, local: listLocal };

/** What a step works on: what its mappings say, or the list's input with its local laid over. */
export function stepInput(step: JsonObject, pointer: string, desk: Desk): string {
  if (step.inputMappings === undefined) return `$merge([${listInput}, ${listLocal}])`;
  return mapped(step.inputMappings, { desk, pointer: child(pointer, 'inputMappings') }, dataOfList);
}

/** What a step adds to the list's local: what its mappings say, or `usual`. */
export function stepOutput(
  step: JsonObject,
  pointer: string,
  { desk, data, usual }: { desk: Desk; data: StepData; usual: string },
): string {
  if (step.outputMappings === undefined) return usual;
  return mapped(step.outputMappings, { desk, pointer: child(pointer, 'outputMappings') }, data);
}

/** The list's data after a step, whose output is given as JSONata. */
export function after(output: string): string {
  if (output === '{}') return '$states.input';
  return `$merge([$states.input, {"local": $merge([${listLocal}, ${output}])}])`;
}

/** The data of a list inside: a choice's or catcher's steps. */
export function entered(input: string, local = '{}'): string {
  return objectText([
    ['input', input],
    ['local', local],
    ['outer', '$states.input'],
  ]);
}

/** The data around again, after the steps of a list inside. */
export function left(output: string): string {
  const outer = '$states.input.outer';
  if (output === '{}') return outer;
  return `$merge([${outer}, {"local": $merge([${outer}.local, ${output}])}])`;
}

/** A list of `{target, source}` as a JSONata object. */
export function mapped(
  mappings: Json,
  { desk, pointer }: { desk: Desk; pointer: string },
  data: StepData,
): string {
  if (!Array.isArray(mappings)) {
    desk.lost(pointer, 'Mappings must be a list of {target, source}: they are left out');
    return '{}';
  }
  return bound(data, (variables) => {
    const spot: Spot = { desk, pointer, variables };
    return objectText(mappings.map((mapping: Json, index) => mappingOf(mapping, at(spot, index))));
  });
}

function mappingOf(mapping: Json, spot: Spot): readonly [string, string] {
  const { target, source } = isObject(mapping) ? mapping : {};
  if (isObject(mapping)) spot.desk.unknown(mapping, spot.pointer, ['target', 'source', 'description']);
  if (typeof target !== 'string') spot.desk.lost(spot.pointer, 'A mapping needs a "target"');
  return [typeof target === 'string' ? target : '', sourceText(source ?? null, at(spot, 'source'))];
}

/** A text that begins as a path does is one; everything else is a constant. */
export function sourceText(source: Json, spot: Spot): string {
  const isPath = typeof source === 'string' && /^\$(input|local|context)\b|^\$(\.|\[|$)/.test(source);
  return isPath ? expressionText(source, spot) : JSON.stringify(source);
}

/** A condition on the step's input, as JSONata. */
export function stepCondition(
  condition: Json,
  { desk, pointer }: { desk: Desk; pointer: string },
  input: string,
): string {
  return bound({ input, local: listLocal }, (variables) =>
    conditionText(condition, { desk, pointer, variables }),
  );
}

/** A value that is a constant, or a path into the step's input. */
export function stepValue(
  value: Json,
  { desk, pointer }: { desk: Desk; pointer: string },
  data: StepData,
): string {
  return bound(data, (variables) => sourceText(value, { desk, pointer, variables }));
}

/** Writes JSONata in which `$input` and `$local` are bound, where they are used and are more than a path. */
export function bound(data: StepData, write: (variables: Spot['variables']) => string): string {
  const used = new Set<keyof StepData>();
  const body = write((root, steps) => {
    if (root === '$input' || root === '$') return { text: use('input', data, used), steps };
    if (root === '$local') return { text: use('local', data, used), steps };
    return root === '$context' ? context(steps) : undefined;
  });
  const bindings = [...used].map((name) => `$${name} := ${data[name]}; `);
  return bindings.length === 0 ? body : `(${bindings.join('')}${body})`;
}

function use(name: keyof StepData, data: StepData, used: Set<keyof StepData>): string {
  if (/^[$\w.[\]]+$/.test(data[name])) return data[name];
  used.add(name);
  return `$${name}`;
}

const contextPaths: Readonly<Record<string, string>> = {
  'task.token': '$states.context.Task.Token',
  'execution.name': '$states.context.Execution.Name',
  'flow.name': '$states.context.StateMachine.Name',
};

function context([first, second, ...rest]: readonly Step[]): Reference | undefined {
  if (first === undefined || second === undefined || !('name' in first) || !('name' in second))
    return undefined;
  const key = `${first.name}.${second.name}`;
  const text = Object.hasOwn(contextPaths, key) ? contextPaths[key] : undefined;
  return text === undefined ? undefined : { text, steps: rest };
}
