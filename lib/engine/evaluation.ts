import type { Json } from '@/lib/expression/json';
import type { Chance, Scope as Sight } from '@/lib/expression/scope';
import { chanceAt } from './chance';
import { contextOf, type MapItem } from './context';
import type { Execution, Scope, Step } from './execution';
import { scopeOf, scopeSeenFrom } from './places';
import type { Turn } from './turn';

/** What all sights of one step at one moment share. */
interface Ground {
  readonly execution: Execution;
  readonly scope: Scope;
  readonly step: Step;
  readonly extra: { readonly token?: string; readonly item?: MapItem };
  readonly now: number;
  /** The place of the history that chance is drawn at. */
  readonly place: number;
  context: Json | undefined;
  chance: Chance | undefined;
}

/** A class and not an object of closures, because one is made for every state that is entered. */
class StepSight implements Sight {
  readonly data: Json;
  readonly states: NonNullable<Sight['states']>;
  readonly now: number;
  private readonly ground: Ground;

  constructor(ground: Ground, data: Json, states: NonNullable<Sight['states']>) {
    this.data = data;
    this.states = states;
    this.now = ground.now;
    this.ground = ground;
  }

  get chance(): Chance {
    const { ground } = this;
    ground.chance ??= chanceAt(ground.execution.start.seed, String(ground.place));
    return ground.chance;
  }

  context(): Json {
    const { ground } = this;
    ground.context ??= contextOf({ ...ground.extra, ...ground });
    return ground.context;
  }

  variable(name: string): Json | undefined {
    return variableOf(this.ground.execution, this.ground.scope, name);
  }

  seeing(data: Json, states: Partial<NonNullable<Sight['states']>> | undefined): StepSight {
    return new StepSight(
      this.ground,
      data,
      states === undefined ? this.states : { ...this.states, ...states },
    );
  }

  inContext(context: Json): StepSight {
    return new StepSight({ ...this.ground, context }, this.data, this.states);
  }
}

/** What the expressions of a step may look at: `$` is the step's input until `seeing` says something else. */
export function sightOf(turn: Turn, step: Step, extra: Ground['extra'] = {}): StepSight {
  const { execution, at: now } = turn;
  const scope = scopeOf(execution, step);
  const place = execution.lastEvent;
  const ground: Ground = { execution, scope, step, extra, now, place, context: undefined, chance: undefined };
  return new StepSight(ground, step.input, { input: step.input });
}

/** The same with other data under `$`, and in JSONata with a result or an error output. */
export function seeing(
  sight: StepSight,
  data: Json,
  states?: Partial<NonNullable<Sight['states']>>,
): StepSight {
  return sight.seeing(data, states);
}

export type { StepSight };

function variableOf(execution: Execution, scope: Scope, name: string): Json | undefined {
  for (let at: Scope | undefined = scope; at !== undefined; at = scopeSeenFrom(execution, at)) {
    if (Object.hasOwn(at.variables, name)) return at.variables[name];
  }
  return undefined;
}
