import { isObject, type Json, type JsonObject } from '@/lib/expression/json';
import type { State } from '@/lib/flow/model';
import { treeOf } from './tree';

/** One line of what a state does: method and host, condition, "3 branches", "each of $.orders". */
export function summaryOf(state: State): string {
  switch (state.Type) {
    case 'Task':
      return taskSummary(state.Resource, state.Arguments ?? state.Parameters);
    case 'Pass':
      return state.Comment ?? passSummary(treeOf(state));
    case 'Choice':
      return state.Comment ?? counted(state.Choices.length, 'rule');
    case 'Wait':
      return waitSummary(treeOf(state));
    case 'Parallel':
      return counted(state.Branches.length, 'branch', 'branches');
    case 'Map':
      return `each of ${bare(state.Items ?? state.ItemsPath ?? '$')}`;
    case 'Succeed':
      return state.Comment ?? 'ends the flow well';
    case 'Fail':
      return state.Error ?? state.ErrorPath ?? 'ends the flow with an error';
  }
}

function passSummary(fields: JsonObject): string {
  if (isObject(fields.Assign)) return `sets ${Object.keys(fields.Assign).join(', ')}`;
  const made = ['Output', 'Result', 'Parameters']
    .map((name) => fields[name])
    .find((value) => value !== undefined);
  if (isObject(made) && Object.keys(made).length > 0)
    return `makes ${Object.keys(made)
      .map((name) => name.replace(/\.\$$/, ''))
      .join(', ')}`;
  if (typeof made === 'string') return bare(made);
  return made === undefined ? 'passes its input on' : 'makes a fixed value';
}

function taskSummary(resource: string, parameters: Json | undefined): string {
  if (isObject(parameters)) {
    const url = firstText(parameters, ['url', 'url.$', 'ApiEndpoint', 'ApiEndpoint.$']);
    if (url !== undefined) return `${firstText(parameters, ['method', 'Method']) ?? 'GET'} ${hostOf(url)}`;
    const code = firstText(parameters, ['code', 'source']);
    if (code !== undefined) return firstLine(code);
    const flow = firstText(parameters, ['flow', 'flowName', 'flowId', 'flow.$']);
    if (flow !== undefined) return `starts ${bare(flow)}`;
    const title = firstText(parameters, ['title']);
    if (title !== undefined) return bare(title);
  }
  return resource.split(':').slice(-2).join(':');
}

function firstText(fields: JsonObject, names: readonly string[]): string | undefined {
  for (const name of names) {
    const value = fields[name];
    if (typeof value === 'string' && value !== '') return value;
  }
  return undefined;
}

function hostOf(url: string): string {
  // An address may be put together by an expression: its beginning is what one knows it by.
  const [, host, path = ''] = /^['"]?https?:\/\/([^/?#'"]+)([^?#'"]*)/.exec(bare(url)) ?? [];
  return host === undefined ? bare(url) : host + (path === '/' ? '' : path);
}

function firstLine(code: string): string {
  const lines = code.split('\n').map((line) => line.trim());
  return lines.find((line) => line !== '' && !line.startsWith('//')) ?? 'no code yet';
}

function waitSummary(fields: JsonObject): string {
  if (typeof fields.Seconds === 'number') return durationOf(fields.Seconds);
  if (fields.Seconds !== undefined) return `${bare(fields.Seconds)} seconds`;
  if (fields.SecondsPath !== undefined) return `${bare(fields.SecondsPath)} seconds`;
  return `until ${bare(fields.Timestamp ?? fields.TimestampPath ?? '…')}`;
}

function durationOf(seconds: number): string {
  if (seconds >= 86_400 && seconds % 86_400 === 0) return counted(seconds / 86_400, 'day');
  if (seconds >= 3600 && seconds % 3600 === 0) return counted(seconds / 3600, 'hour');
  if (seconds >= 60 && seconds % 60 === 0) return counted(seconds / 60, 'minute');
  return counted(seconds, 'second');
}

function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** An expression without its braces; other values as they stand. */
function bare(value: Json): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.replace(/^\{%\s*/, '').replace(/\s*%\}$/, '');
}

const symbols: readonly (readonly [RegExp, string])[] = [
  [/LessThanEquals/, '≤'],
  [/GreaterThanEquals/, '≥'],
  [/LessThan/, '<'],
  [/GreaterThan/, '>'],
  [/Equals/, '='],
  [/Matches/, 'matches'],
];

/** A choice rule in a few words: its comment, its condition, or its comparison. */
export function ruleSummary(rule: JsonObject): string {
  if (typeof rule.Comment === 'string' && rule.Comment !== '') return rule.Comment;
  if (rule.Condition !== undefined) return bare(rule.Condition);
  return comparison(rule);
}

function comparison(rule: JsonObject): string {
  if (Array.isArray(rule.And)) return rule.And.filter(isObject).map(comparison).join(' and ');
  if (Array.isArray(rule.Or)) return rule.Or.filter(isObject).map(comparison).join(' or ');
  if (isObject(rule.Not)) return `not (${comparison(rule.Not)})`;
  const operator = Object.keys(rule).find((key) => /^(Is|String|Numeric|Boolean|Timestamp)/.test(key));
  const variable = typeof rule.Variable === 'string' ? rule.Variable : '…';
  if (operator === undefined) return 'no condition yet';
  return `${variable} ${operatorWords(operator, rule[operator] ?? null)}`;
}

function operatorWords(operator: string, value: Json): string {
  if (operator.startsWith('Is')) {
    const kind = operator.slice(2).toLowerCase();
    return `${value === false ? 'is not' : 'is'} ${kind}`;
  }
  const symbol = symbols.find(([pattern]) => pattern.test(operator))?.[1] ?? operator;
  return `${symbol} ${typeof value === 'string' && !operator.endsWith('Path') ? JSON.stringify(value) : bare(value)}`;
}
