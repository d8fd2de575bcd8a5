import { reachable } from '../graph';
import type { Machine, State } from '../model';
import type { Desk } from './desk';

/** The machine without the states that nothing leads to: FDL allows them, ASL does not. */
export function pruned<M extends Machine>(machine: M, desk: Desk): M {
  const reached = reachable(machine);
  const states: [string, State][] = [];
  for (const [name, state] of Object.entries(machine.States))
    if (reached.has(name)) states.push([name, prunedInside(state, desk)]);
    else desk.dropped(name);
  return { ...machine, States: Object.fromEntries(states) };
}

function prunedInside(state: State, desk: Desk): State {
  if (state.Type === 'Parallel')
    return { ...state, Branches: state.Branches.map((branch) => pruned(branch, desk)) };
  if (state.Type !== 'Map' || state.ItemProcessor === undefined) return state;
  return { ...state, ItemProcessor: pruned(state.ItemProcessor, desk) };
}
