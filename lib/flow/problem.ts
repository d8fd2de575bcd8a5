import type { Json } from '@/lib/expression/json';
import type { ProblemCode } from './problem-codes';

/** Something wrong (or doubtful) in a definition. All of a definition's problems are reported at once. */
export interface Problem {
  /** Stable and searchable, such as `MISSING_TARGET`. */
  readonly code: ProblemCode;
  readonly severity: 'error' | 'warning';
  /** JSON Pointer (RFC 6901) into the definition: `/States/Pay/Next`. */
  readonly pointer: string;
  /** What is wrong and what to do, in one sentence. */
  readonly message: string;
  /** One-based line inside the string at `pointer`, for syntax errors in code. */
  readonly line?: number;
  /** One-based column inside the string at `pointer`, for syntax errors in expressions. */
  readonly column?: number;
  /** A change that would mend it. */
  readonly fix?: Fix;
}

export interface Fix {
  /** What pressing the button does: `Go to "Pay" instead`. */
  readonly title: string;
  readonly pointer: string;
  /** The new value at `pointer`; undefined removes it. */
  readonly value: Json | undefined;
}
