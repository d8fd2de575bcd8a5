import type { Json, JsonObject } from '@/lib/expression/json';
import type { Desk } from './desk';
import type { StepData } from './step-data';

/** What a step may ask of the list that it stands in. */
export interface StepPlace {
  readonly desk: Desk;
  readonly pointer: string;
  readonly name: string;
  /** Where the list goes on after this step. */
  readonly next: string;
  /** The state that a `goto` leads to. */
  readonly target: (name: Json, pointer: string) => string;
  /** Adds the steps of a choice or catcher to this machine; the answer is the state to go to. */
  readonly inside: (
    steps: Json,
    pointer: string,
    then: { output: (data: StepData) => string; next: string },
  ) => string;
  /** A machine of its own for the steps of a branch or of an iteration. */
  readonly machine: (steps: Json, pointer: string) => JsonObject;
}

/** A step that is being imported. */
export interface Working {
  readonly place: StepPlace;
  /** The step's input, as JSONata. */
  readonly input: string;
}
