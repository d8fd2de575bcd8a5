import type { Definition } from '@/lib/flow/model';

/** A definition made ready to run: states looked up by name, paths and expressions compiled to closures. */
export interface Program {
  readonly definition: Definition;
}

/**
 * Compiles a definition, once a version; the program may be shared by all its executions. The definition must have passed
 * `check` without errors: a bad path or expression throws ExpressionSyntaxError, a missing state an Error.
 */
export function compile(definition: Definition): Program {
  throw new Error(`definition starting at "${definition.StartAt}": not compiled yet`);
}
