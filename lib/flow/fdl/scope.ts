import type { Desk } from './desk';
import type { Step } from './expression-model';
import { follow, objectText, type Reference } from './expression-print';
import type { Variables } from './template';

/** The variables of new FDL (`$Input`, `$Output`, `$Context`, `$Global`, `$Item`) as JSONata sees them in ASL. */

/** A machine that is being imported. */
export interface Scope {
  readonly desk: Desk;
  /** The variable in which this machine keeps the globals that it sets; undefined where it sets none. */
  readonly globals: string | undefined;
  /** Such variables of the machines around that can be seen here, outermost first. */
  readonly outerGlobals: readonly string[];
  /** State names as they are here, by their names in FDL: where a transition to them goes. */
  readonly entries: ReadonlyMap<string, string>;
}

/** Where in a state an expression stands. */
export interface Moment {
  /** The state's name: what is added around a state has names of its own, but means the same state. */
  readonly state: string;
  /** How `$Output` is written; absent where there is no output yet. */
  readonly output?: (steps: readonly Step[]) => Reference;
  /** In a catcher: `$Context.Current.Error` is there. */
  readonly error?: boolean;
  /** In ItemConstructor: `$Item` is there. */
  readonly item?: boolean;
}

export function variablesAt(scope: Scope, moment: Moment): Variables {
  return (root, steps) => {
    switch (root) {
      case '$Input':
        return { text: '$states.input', steps };
      case '$Output':
        return moment.output?.(steps);
      case '$Global':
        return globals(scope, steps);
      case '$Item':
        return moment.item === true ? { text: '$states.context.Map.Item.Value', steps } : undefined;
      case '$Context':
        return context(steps, moment);
      default:
        return undefined;
    }
  };
}

/** The text for all globals that can be seen; undefined where none can have been set. */
export function allGlobals({ globals: own, outerGlobals }: Scope): string | undefined {
  const names = [...outerGlobals, ...(own === undefined ? [] : [own])].map((name) => `$${name}`);
  return names.length > 1 ? `$merge([${names.join(', ')}])` : names[0];
}

function globals(scope: Scope, steps: readonly Step[]): Reference | undefined {
  const text = allGlobals(scope);
  return text === undefined ? undefined : { text, steps };
}

const execution = ['Name', 'Input', 'RoleArn'];

function context([group, field, ...rest]: readonly Step[], moment: Moment): Reference | undefined {
  if (group === undefined || field === undefined || !('name' in group) || !('name' in field))
    return undefined;
  if (group.name === 'Execution' && execution.includes(field.name))
    return { text: `$states.context.Execution.${field.name}`, steps: rest };
  if (group.name !== 'Current') return undefined;
  switch (field.name) {
    case 'Name':
      return { text: JSON.stringify(moment.state), steps: rest };
    case 'Input':
      return { text: '$states.input', steps: rest };
    case 'Output':
      return moment.output?.(rest);
    case 'Error':
      return moment.error === true ? error(rest) : undefined;
    case 'RetryCount':
      return { text: '$states.context.State.RetryCount', steps: rest, doubtful: true };
    case 'TaskToken':
      return { text: '$states.context.Task.Token', steps: rest };
    default:
      return undefined;
  }
}

function error([field, ...rest]: readonly Step[]): Reference | undefined {
  const whole = { Code: '$states.errorOutput.Error', Detail: '$states.errorOutput.Cause' };
  if (field === undefined) return { text: objectText(Object.entries(whole)), steps: [] };
  if (!('name' in field)) return undefined;
  if (field.name === 'Code') return { text: whole.Code, steps: rest, doubtful: true };
  return field.name === 'Detail' ? { text: whole.Detail, steps: rest, doubtful: true } : undefined;
}

/** `$Output` where it is an object put together from JSONata texts; without members it is `text` itself. */
export function outputFrom(text: string, members: readonly (readonly [string, string])[]) {
  return (steps: readonly Step[]): Reference => {
    if (members.length === 0) return { text, steps };
    const [first, ...rest] = steps;
    const found = members.find(([name]) => first !== undefined && 'name' in first && first.name === name);
    if (found !== undefined) return { text: found[1], steps: rest };
    return { text: follow(objectText(members), steps), steps: [] };
  };
}
