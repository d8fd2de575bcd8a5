import { jsonata } from './generated/jsonata';
import { EvaluationFrame, FuelSpent } from './jsonata-frame';
import type { Scope } from './scope';

const { core } = jsonata;

/** Evaluates a parsed expression. What it throws is the interpreter's, with `message` filled in, or FuelSpent. */
export function run(syntax: unknown, scope: Scope): unknown {
  try {
    return core.evaluate(syntax, undefined, new EvaluationFrame(scope));
  } catch (error) {
    const isTheirs = typeof error === 'object' && error !== null && !(error instanceof FuelSpent);
    if (isTheirs) core.populateMessage(error);
    throw error;
  }
}
