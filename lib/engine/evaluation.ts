import type { Json } from '@/lib/expression/json';
import type { Scope as Sight } from '@/lib/expression/scope';
import { chanceAt } from './chance';
import { contextOf, type MapItem } from './context';
import type { Execution, Scope, Step } from './execution';
import { scopeOf, scopeSeenFrom } from './places';
import type { Turn } from './turn';

/** What the expressions of a step may look at: `$` is the step's input until `seeing` says something else. */
export function sightOf(turn: Turn, step: Step, extra: { token?: string; item?: MapItem } = {}): Sight {
  const { execution } = turn;
  const scope = scopeOf(execution, step);
  let context: Json | undefined;
  return {
    data: step.input,
    states: { input: step.input },
    context: () => {
      context ??= contextOf({ execution, scope, step, ...extra });
      return context;
    },
    variable: (name) => variableOf(execution, scope, name),
    chance: chanceAt(execution.start.seed, String(execution.lastEvent)),
    now: turn.at,
  };
}

/** The same with other data under `$`, and in JSONata with a result or an error output. */
export function seeing(sight: Sight, data: Json, states?: Partial<NonNullable<Sight['states']>>): Sight {
  if (states === undefined) return { ...sight, data };
  return { ...sight, data, states: { input: null, ...sight.states, ...states } };
}

function variableOf(execution: Execution, scope: Scope, name: string): Json | undefined {
  for (let at: Scope | undefined = scope; at !== undefined; at = scopeSeenFrom(execution, at)) {
    if (Object.hasOwn(at.variables, name)) return at.variables[name];
  }
  return undefined;
}
