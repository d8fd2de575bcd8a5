import type { Json, JsonObject } from '@/lib/expression/json';
import { type Moment, type Scope, variablesAt } from './scope';
import type { Spot } from './template';

/** Imports a machine inside of a state. */
export type Inner = (machine: Json, pointer: string, outer: Scope, sharesGlobals: boolean) => JsonObject;

/** A state of new FDL that is being imported. */
export interface Place {
  readonly scope: Scope;
  readonly pointer: string;
  /** What the flow calls it. */
  readonly name: string;
  readonly inner: Inner;
}

/** The state as a place for expressions of one moment. */
export function spotAt({ scope, pointer, name }: Place, moment: Omit<Moment, 'state'>): Spot {
  return { desk: scope.desk, pointer, variables: variablesAt(scope, { ...moment, state: name }) };
}
