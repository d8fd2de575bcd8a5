import { LanguageFailure } from './failure';
import { isObject, type Json } from './json';
import { compilePath } from './path';
import { ExpressionSyntaxError } from './syntax';

/** A path that names exactly one place by members and indices: ResultPath. */
export interface ReferencePath {
  readonly text: string;
  /**
   * `input` with `value` at the path; missing objects are made, `input` itself is left alone.
   * Throws LanguageFailure States.ResultPathMatchFailure where the path runs into something that is no object.
   */
  readonly insert: (input: Json, value: Json) => Json;
}

type Step = string | number;

/** Throws ExpressionSyntaxError where the path has wildcards, filters, slices, functions or another root than `$`. */
export function compileReferencePath(text: string): ReferencePath {
  const { root, segments, starts } = compilePath(text).syntax;
  if (root.kind !== 'data') throw new ExpressionSyntaxError('this path must begin with $. or $[', 2);
  const steps = segments.map((segment, at): Step => {
    if (segment.kind === 'members' && segment.names.length === 1) return segment.names[0] ?? '';
    if (segment.kind === 'indices' && segment.indices.length === 1) return segment.indices[0] ?? 0;
    throw new ExpressionSyntaxError(
      `this path must name one place: a ${segment.kind} cannot stand in it`,
      (starts[at] ?? 0) + 1,
    );
  });
  return {
    text,
    insert: (input, value) => {
      const inserted = insertAt(input, steps, 0, value);
      if (inserted === undefined) {
        throw new LanguageFailure(
          'States.ResultPathMatchFailure',
          `Unable to apply ReferencePath ${text} to input ${JSON.stringify(input)}`,
        );
      }
      return inserted;
    },
  };
}

/** Undefined where the value does not fit at the path. Only what lies on the path is copied. */
function insertAt(
  holder: Json | undefined,
  steps: readonly Step[],
  at: number,
  value: Json,
): Json | undefined {
  const step = steps[at];
  if (step === undefined) return value;
  const inserted = insertAt(memberAt(holder, step), steps, at + 1, value);
  if (inserted === undefined) return undefined;
  if (typeof step === 'string') return withMember(holder ?? {}, step, inserted);
  const reached = Array.isArray(holder) && step >= 0 && step < holder.length;
  return reached ? holder.with(step, inserted) : undefined;
}

function memberAt(holder: Json | undefined, step: Step): Json | undefined {
  if (typeof step === 'number') return Array.isArray(holder) ? holder[step] : undefined;
  return isObject(holder) && Object.hasOwn(holder, step) ? holder[step] : undefined;
}

/** A computed key, so that `__proto__` is a member like any other. */
function withMember(holder: Json, key: string, value: Json): Json | undefined {
  return isObject(holder) ? { ...holder, [key]: value } : undefined;
}
