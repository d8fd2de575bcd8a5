import type { Json, JsonObject } from '@/lib/expression/json';
import { type Moment, type Scope, variablesAt } from './scope';
import type { Spot } from './template';

/** Imports a machine inside of a state. */
export type Inner = (machine: Json, pointer: string, outer: Scope, sharesGlobals: boolean) => JsonObject;

/** A state of new FDL that is being imported. */
export interface Place {
  readonly scope: Scope;
  readonly pointer: string;
  readonly inner: Inner;
}

/** The state as a place for expressions of one moment. */
export function spotAt({ scope, pointer }: Place, moment: Moment): Spot {
  return { desk: scope.desk, pointer, variables: variablesAt(scope, moment) };
}
