import { LanguageFailure } from '@/lib/expression/failure';
import { isObject, type Json, type JsonObject } from '@/lib/expression/json';
import { compileExpression, isExpression } from '@/lib/expression/jsonata';
import { compilePath } from '@/lib/expression/path';
import type { Scope } from '@/lib/expression/scope';
import type { ItemProcessor, MapState, QueryLanguage } from '@/lib/flow/model';
import { compileNumber, compileTemplate, type Field, float, integer, outOfRange } from './fields';

/** AWS' limit for one batch's input, in bytes. */
export const longestBatch = 262_144;

export interface CompiledMap {
  readonly type: 'Map';
  readonly distributed: boolean;
  /** The items (an array, or an object to iterate over), from the effective input; undefined with an ItemReader. */
  readonly items: Field | undefined;
  /** Where the items stand in the step's own input, if that can be said by one path. */
  readonly itemsPath: string | undefined;
  readonly itemSelector: Field | undefined;
  readonly concurrency: Field<number> | undefined;
  readonly toleratedCount: Field<number> | undefined;
  readonly toleratedPercentage: Field<number> | undefined;
  readonly reader: CompiledMapTask | undefined;
  readonly writer: CompiledMapTask | undefined;
  readonly batcher: CompiledBatcher | undefined;
}

export interface CompiledMapTask {
  readonly resource: string;
  readonly parameters: Field | undefined;
  readonly config: Field<JsonObject>;
}

interface CompiledBatcher {
  readonly maxItems: Field<number> | undefined;
  readonly maxBytes: Field<number> | undefined;
  readonly input: Field | undefined;
}

/** Compiles what is a Map's own. Throws ExpressionSyntaxError. */
export function compileMap(state: MapState, language: QueryLanguage): CompiledMap {
  const selector = state.ItemSelector ?? (language === 'JSONPath' ? state.Parameters : undefined);
  return {
    type: 'Map',
    distributed: processorOf(state).ProcessorConfig?.Mode === 'DISTRIBUTED',
    items: state.ItemReader === undefined ? compileItems(state, language) : undefined,
    itemsPath: itemsPath(state, language),
    itemSelector: compileTemplate(selector, language, 'ItemSelector'),
    concurrency: compileNumber({
      name: 'MaxConcurrency',
      plain: state.MaxConcurrency,
      path: state.MaxConcurrencyPath,
      rule: notNegative('MaxConcurrency', integer('MaxConcurrency')),
    }),
    toleratedCount: compileNumber({
      name: 'ToleratedFailureCount',
      plain: state.ToleratedFailureCount,
      path: state.ToleratedFailureCountPath,
      rule: notNegative('ToleratedFailureCount', integer('ToleratedFailureCount')),
    }),
    toleratedPercentage: compileNumber({
      name: 'ToleratedFailurePercentage',
      plain: state.ToleratedFailurePercentage,
      path: state.ToleratedFailurePercentagePath,
      rule: percentage,
    }),
    reader: compileMapTask(state.ItemReader, language, 'ItemReader', 'ReaderConfig'),
    writer: compileMapTask(state.ResultWriter, language, 'ResultWriter', 'WriterConfig'),
    batcher: compileBatcher(state.ItemBatcher, language),
  };
}

function notNegative(name: string, rule: ReturnType<typeof integer>): ReturnType<typeof integer> {
  return (value, path) => {
    const number = rule(value, path);
    if (number >= 0) return number;
    throw outOfRange(name, path, `${name} cannot be negative.`);
  };
}

/** A batch of no items would never end; one of more bytes than a payload may have could not be handed on. */
function between(least: number, most: number, name: string): ReturnType<typeof integer> {
  return (value, path) => {
    const number = integer(name)(value, path);
    if (number >= least && number <= most) return number;
    const range = most === Number.MAX_SAFE_INTEGER ? `at least ${least}` : `between ${least} and ${most}`;
    throw outOfRange(name, path, `${name} must be ${range} but was: ${number}`);
  };
}

function percentage(value: Json, path: string | undefined): number {
  const name = 'ToleratedFailurePercentage';
  const number = float(name)(value, path);
  if (number >= 0 && number <= 100) return number;
  throw outOfRange(name, path, `${name} must be between 0 and 100.`);
}

function itemsPath(state: MapState, language: QueryLanguage): string | undefined {
  if (language === 'JSONata') return state.Items === undefined ? '$' : undefined;
  const plainInput = state.InputPath === undefined || state.InputPath === '$';
  const path = state.ItemsPath ?? '$';
  return plainInput && (path === '$' || path.startsWith('$.') || path.startsWith('$[')) ? path : undefined;
}

function compileItems(state: MapState, language: QueryLanguage): Field {
  if (language === 'JSONata') return compileJsonataItems(state.Items);
  const path = compilePath(state.ItemsPath ?? '$');
  return (scope) => {
    const found = path.read(scope);
    if (Array.isArray(found)) return found;
    throw new LanguageFailure(
      'States.Runtime',
      `Reference path "${path.text.replace(/^\$\$/, '$')}" must point to array.`,
    );
  };
}

function compileJsonataItems(items: Json | undefined): Field {
  if (items === undefined) return inputItems;
  const template = compileTemplate(items, 'JSONata', 'Items') as Field;
  if (!isExpression(items)) return template;
  const expression = compileExpression(items);
  return (scope) => {
    const value = expression.evaluate(scope, 'Items');
    return Array.isArray(value) || isObject(value) ? value : expression.evaluateAs(scope, 'Items', 'array');
  };
}

function inputItems(scope: Scope): Json {
  const input = scope.states?.input ?? null;
  if (Array.isArray(input) || isObject(input)) return input;
  throw new LanguageFailure(
    'States.QueryEvaluationError',
    `Map state input must be an array but was: ${JSON.stringify(input)}`,
  );
}

function compileMapTask(
  task: JsonObject | undefined,
  language: QueryLanguage,
  name: string,
  configName: string,
): CompiledMapTask | undefined {
  if (task === undefined) return undefined;
  const jsonata = language === 'JSONata';
  const config = task[configName];
  return {
    resource: typeof task.Resource === 'string' ? task.Resource : '',
    parameters: compileTemplate(
      jsonata ? task.Arguments : task.Parameters,
      language,
      `${name}/${jsonata ? 'Arguments' : 'Parameters'}`,
    ),
    config: compileConfig(isObject(config) ? config : {}, language, `${name}/${configName}`),
  };
}

/** A ReaderConfig or WriterConfig: `MaxItemsPath` becomes `MaxItems`, the rest stays as it is written. */
function compileConfig(config: JsonObject, language: QueryLanguage, location: string): Field<JsonObject> {
  const { MaxItems, MaxItemsPath, ...rest } = config;
  const maxItems = compileNumber({
    name: 'MaxItems',
    plain: typeof MaxItems === 'number' || typeof MaxItems === 'string' ? MaxItems : undefined,
    path: typeof MaxItemsPath === 'string' ? MaxItemsPath : undefined,
    rule: integer('MaxItems'),
  });
  // A template that is an object gives an object; JSONPath knows no templates here.
  const others =
    language === 'JSONata' ? (compileTemplate(rest, language, location) as Field<JsonObject>) : () => rest;
  if (maxItems === undefined) return others;
  return (scope) => ({ ...others(scope), MaxItems: maxItems(scope) });
}

function compileBatcher(
  batcher: JsonObject | undefined,
  language: QueryLanguage,
): CompiledBatcher | undefined {
  if (batcher === undefined) return undefined;
  const limit = (name: string, most: number) => {
    const plain = batcher[name];
    const path = batcher[`${name}Path`];
    return compileNumber({
      name,
      plain: typeof plain === 'number' || typeof plain === 'string' ? plain : undefined,
      path: typeof path === 'string' ? path : undefined,
      rule: between(1, most, name),
    });
  };
  return {
    maxItems: limit('MaxItemsPerBatch', Number.MAX_SAFE_INTEGER),
    maxBytes: limit('MaxInputBytesPerBatch', longestBatch),
    input: compileTemplate(batcher.BatchInput, language, 'ItemBatcher/BatchInput'),
  };
}

/** A Map's machine, under its present or its older name. */
export function processorOf(state: MapState): ItemProcessor {
  const processor = state.ItemProcessor ?? state.Iterator;
  if (processor === undefined)
    throw new Error('a Map has no ItemProcessor: it was run without being checked');
  return processor;
}
