import type { z } from 'zod';
import type { ProblemKind } from './problem';

/**
 * One method of one address: what it takes and what it answers. Routes, the typed client and the OpenAPI document are
 * made from the same contract. `path` is below /api/v1 and names its parameters in braces.
 */
export interface Contract {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: string;
  /** One line for the document. */
  readonly summary: string;
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType;
  readonly status: 200 | 201 | 204;
  /** Other answers that are no refusals, and when they are given; they have the same form. */
  readonly otherwise?: { readonly [Status in 200 | 202]?: string };
  /** Absent where there is nothing to say (204). */
  readonly answer?: z.ZodType;
  /** The refusals that are particular to it; those that any request can meet are not repeated. */
  readonly problems: readonly ProblemKind[];
}

/** The parsed value of a part of a contract; an empty object where the contract has no such part. */
export type Part<
  C extends Contract,
  Key extends 'params' | 'query' | 'body' | 'answer',
> = C[Key] extends z.ZodType ? z.output<C[Key]> : undefined;

/** What a caller gives for a part: defaults may be left out. */
export type Given<C extends Contract, Key extends 'params' | 'query' | 'body'> = C[Key] extends z.ZodType
  ? z.input<C[Key]>
  : undefined;
