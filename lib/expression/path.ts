import { LanguageFailure } from './failure';
import { javaText } from './java-text';
import { isObject, type Json } from './json';
import { compileFind, compileRoot } from './path-evaluation';
import { canonical, isDefinite, type PathSyntax, type Root, type Segment } from './path-model';
import { parsePath } from './path-syntax';
import type { Scope } from './scope';

/** A compiled JSONPath: `$…` the data, `$$…` the context object, `$name…` a variable. */
export interface Path {
  readonly text: string;
  /** False where the path may match any number of places (wildcard, slice, union, filter, `..`): it gives an array then. */
  readonly definite: boolean;
  /** What is at the path; undefined where a definite path leads nowhere. */
  readonly find: (scope: Scope) => Json | undefined;
  /**
   * What is at the path, for the fields that hold a bare path (InputPath, OutputPath, ItemsPath, SecondsPath, …).
   * Throws LanguageFailure States.Runtime `Invalid path '$.x' : No results for path: $['x']`.
   */
  readonly read: (scope: Scope) => Json;
  readonly syntax: PathSyntax;
}

/** As many as a large set of flows has; beyond it the cache starts anew. */
const cacheLimit = 10_000;
const cache = new Map<string, Path>();

/** Compiles a path as AWS (Jayway) reads it; compiled paths are cached. Throws ExpressionSyntaxError. */
export function compilePath(text: string): Path {
  const known = cache.get(text);
  if (known !== undefined) return known;
  const syntax = parsePath(text);
  const find = compileFind(syntax.root, syntax.segments);
  const read = (scope: Scope): Json => {
    const value = find(scope);
    if (value === undefined)
      throw new LanguageFailure('States.Runtime', `Invalid path '${text}' : ${whyMissing(syntax, scope)}`);
    return value;
  };
  const path = { text, definite: isDefinite(syntax.segments), find, read, syntax };
  if (cache.size >= cacheLimit) cache.clear();
  cache.set(text, path);
  return path;
}

/** What a path was looked for in, as messages show it: the context object for `$$`, else the data. */
export function searched({ root }: PathSyntax, scope: Scope): string {
  return JSON.stringify(root.kind === 'context' ? scope.context() : scope.data);
}

/** Jayway's words for why a definite path leads nowhere. */
function whyMissing({ root, segments }: PathSyntax, scope: Scope): string {
  const at = segments.findIndex((_, index) => leadsNowhere(root, segments.slice(0, index + 1), scope));
  const fault = segments[at];
  const holder = at > 0 ? compileFind(root, segments.slice(0, at))(scope) : compileRoot(root)(scope);
  const isLeaf = at === segments.length - 1;
  if (fault?.kind === 'indices' && holder !== undefined && !Array.isArray(holder))
    return noArray(holder, canonical(segments.slice(0, at)), canonical([fault]).slice(1));
  if (fault?.kind !== 'members' || holder === undefined) return `No results for path: ${canonical(segments)}`;
  if (isObject(holder)) {
    return isLeaf
      ? `No results for path: ${canonical(segments)}`
      : `Missing property in path ${canonical(segments.slice(0, at + 1))}`;
  }
  return `Expected to find an object with property ${canonical([fault]).slice(1)} in path ${canonical(segments.slice(0, at))} but found '${javaType(holder)}'. This is not a json object according to the JsonProvider: 'com.jayway.jsonpath.spi.json.JacksonJsonProvider'.`;
}

function noArray(holder: Json, path: string, index: string): string {
  if (holder === null) return `The path ${path} is null`;
  return `Filter: ${index} can only be applied to arrays. Current context is: ${javaText(holder)}`;
}

function leadsNowhere(root: Root, segments: readonly Segment[], scope: Scope): boolean {
  return compileFind(root, segments)(scope) === undefined;
}

function javaType(value: Json): string {
  if (Array.isArray(value)) return 'java.util.ArrayList';
  switch (typeof value) {
    case 'string':
      return 'java.lang.String';
    case 'boolean':
      return 'java.lang.Boolean';
    case 'number':
      return Number.isInteger(value) ? 'java.lang.Integer' : 'java.lang.Double';
    default:
      return 'null';
  }
}
