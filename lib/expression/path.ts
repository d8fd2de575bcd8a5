import type { Json } from './json';
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
}

/** Compiles a path as AWS (Jayway) reads it; compiled paths are cached. Throws ExpressionSyntaxError. */
export function compilePath(text: string): Path {
  throw new Error(`path "${text}": not compiled yet`);
}
