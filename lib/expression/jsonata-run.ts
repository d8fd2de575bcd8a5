import { jsonata } from './generated/jsonata';
import { EvaluationFrame, FuelSpent } from './jsonata-frame';
import { compileShortcut } from './jsonata-shortcut';
import type { ParsedExpression } from './jsonata-syntax';
import type { Scope } from './scope';

const { core } = jsonata;

/** Evaluates an expression. What it throws is the interpreter's, with `code` and `message` filled in, or FuelSpent. */
export type Run = (scope: Scope) => unknown;

/**
 * The shortcut first, if there is one; the interpreter where it gave up or anything went wrong. An expression whose
 * shortcut gave up once is left to the interpreter from then on.
 */
export function compileRun({ syntax, reads }: ParsedExpression): Run {
  let shortcut = compileShortcut(syntax, reads.variables);
  return (scope) => {
    if (shortcut === undefined) return interpret(syntax, scope);
    try {
      return shortcut(new EvaluationFrame(scope));
    } catch (error) {
      if (error instanceof FuelSpent) throw error;
      shortcut = undefined;
      return interpret(syntax, scope);
    }
  };
}

function interpret(syntax: unknown, scope: Scope): unknown {
  try {
    return core.evaluate(syntax, undefined, new EvaluationFrame(scope));
  } catch (error) {
    if (typeof error === 'object' && error !== null && !(error instanceof FuelSpent))
      core.populateMessage(error);
    throw error;
  }
}
