import type { Json } from './json';

/** A path that names exactly one place by members and indices: ResultPath. */
export interface ReferencePath {
  readonly text: string;
  /**
   * `input` with `value` at the path; missing objects are made, `input` itself is left alone.
   * Throws LanguageFailure States.ResultPathMatchFailure where the path runs into something that is no object.
   */
  readonly insert: (input: Json, value: Json) => Json;
}

/** Throws ExpressionSyntaxError where the path has wildcards, filters, slices, functions or another root than `$`. */
export function compileReferencePath(text: string): ReferencePath {
  throw new Error(`reference path "${text}": not compiled yet`);
}
