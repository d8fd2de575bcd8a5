import type { Definition, Machine, QueryLanguage, State } from '@/lib/flow/model';
import { processorOf } from './compile-map';
import { type CompiledState, compileState } from './compile-state';
import { type CompiledMachine, innerMachine, type Program } from './program';

/**
 * Compiles a definition, once a version; the program may be shared by all its executions. The definition must have passed
 * `check` without errors: a bad path or expression throws ExpressionSyntaxError, a missing state an Error.
 */
export function compile(definition: Definition): Program {
  const machines = new Map<string, CompiledMachine>();
  compileMachine(machines, '', definition, definition.QueryLanguage ?? 'JSONPath');
  return { definition, machines };
}

function compileMachine(
  machines: Map<string, CompiledMachine>,
  key: string,
  machine: Machine,
  language: QueryLanguage,
): void {
  const states = new Map<string, CompiledState>();
  machines.set(key, { key, startAt: machine.StartAt, states });
  for (const [name, state] of Object.entries(machine.States)) {
    const own = state.QueryLanguage ?? language;
    states.set(name, compileState(name, state, own));
    innerMachines(state).forEach((inner, branch) => {
      compileMachine(machines, innerMachine(key, name, branch), inner, inner.QueryLanguage ?? language);
    });
  }
}

function innerMachines(state: State): readonly Machine[] {
  if (state.Type === 'Parallel') return state.Branches;
  return state.Type === 'Map' ? [processorOf(state)] : [];
}
