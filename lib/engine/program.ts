import type { Definition } from '@/lib/flow/model';
import type { CompiledState } from './compile-state';

/** A definition made ready to run: states looked up by name, paths and expressions compiled to closures. */
export interface Program {
  readonly definition: Definition;
  /** Every machine of the definition, the top one under `''`, nested ones under `STATE/BRANCH` of their own machine. */
  readonly machines: ReadonlyMap<string, CompiledMachine>;
}

export interface CompiledMachine {
  readonly key: string;
  readonly startAt: string;
  readonly states: ReadonlyMap<string, CompiledState>;
}

/** The key of the machine that a Parallel's branch or a Map's iterations run; `key` is that of the machine around it. */
export function innerMachine(key: string, state: string, branch: number): string {
  return `${key}/${state}/${branch}`;
}

/** The machine under a key. Throws where the execution was made from another definition. */
export function machineAt(program: Program, key: string): CompiledMachine {
  const machine = program.machines.get(key);
  if (machine === undefined)
    throw new Error(`the definition has no machine "${key}": the execution ran another one`);
  return machine;
}

/** The state of that name in a machine. Throws where the definition was not checked. */
export function stateAt(program: Program, machine: string, name: string): CompiledState {
  const state = machineAt(program, machine).states.get(name);
  if (state === undefined)
    throw new Error(`machine "${machine}" has no state "${name}": it was run without being checked`);
  return state;
}
