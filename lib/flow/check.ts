import { isObject, type Json } from '@/lib/expression/json';
import { checkDefinition } from './check/machine';
import { wrongType } from './check/rules';
import { Site, type Surroundings } from './check/site';
import { checkTransitions } from './check/transitions';
import { checkVariables } from './check/variables';
import type { Definition } from './model';
import type { Problem } from './problem';
import type { CallableKind } from './task-kinds';

export interface CheckOptions {
  /** Express flows cannot wait for jobs, callbacks or activities. Default: `standard`. */
  readonly profile?: 'standard' | 'express';
  /** Everything that a Task can call; without it neither resources nor parameters of tasks are checked. */
  readonly tasks?: readonly CallableKind[];
}

/**
 * All problems of a definition at once: of its fields, then of its transitions, then of its variables. It takes any JSON value, so that a definition
 * half written can be checked too, and never throws. Without errors (warnings aside) the definition is one that AWS
 * Step Functions accepts, apart from resources of our own.
 */
export function check(definition: Definition | Json, options: CheckOptions = {}): readonly Problem[] {
  const surroundings: Surroundings = { problems: [], reads: [], searches: 0 };
  // A Definition is JSON by construction; its interfaces only lack the index signature that says so.
  const value = definition as Json;
  if (!isObject(value)) {
    wrongType(value, new Site('', surroundings, { language: 'JSONPath', states: [] }), 'a JSON object');
    return surroundings.problems;
  }
  const around = { express: options.profile === 'express', tasks: options.tasks };
  const outline = checkDefinition(value, surroundings, around);
  checkTransitions(outline);
  checkVariables(outline);
  return surroundings.problems;
}
