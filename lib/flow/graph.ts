import type { Definition, Machine, QueryLanguage, State } from './model';
import { child, tokens } from './pointer';

/**
 * Questions about a definition as a graph. They need its outline only (`isDefinition`), so they answer for definitions
 * that still have problems too: a transition may name a state that is not there.
 */

/** One way out of a state, in the order in which the language tries them. */
export interface Transition {
  readonly kind: 'next' | 'rule' | 'default' | 'catch';
  /** Name of a state of the same machine; it need not exist. */
  readonly target: string;
  /** Where the name stands, relative to the state: `/Choices/1/Next`. */
  readonly pointer: string;
  /** Which rule or catcher, counted from 0; absent for `next` and `default`. */
  readonly index?: number;
  /** What a catcher catches, or the comment of a rule: words for the arrow. */
  readonly label?: string;
}

/** A state and where it stands. */
export interface Located {
  readonly name: string;
  readonly state: State;
  /** `/States/P/Branches/0/States/B` */
  readonly pointer: string;
  readonly machine: Machine;
  /** `/States/P/Branches/0`; the empty string for the definition itself. */
  readonly machinePointer: string;
  /** The Parallel or Map that the state is inside of. */
  readonly container: Located | undefined;
}

/** A machine inside a state: a branch of a Parallel or the processor of a Map. */
export interface Nested {
  readonly machine: Machine;
  /** Relative to the state: `/Branches/0`, `/ItemProcessor`. */
  readonly pointer: string;
}

/** The ways out of a state: its rules, its default or next state, then its catchers. */
export function transitions(state: State): readonly Transition[] {
  const found: Transition[] = [];
  if (state.Type === 'Choice') {
    for (const [index, rule] of state.Choices.entries())
      found.push({
        kind: 'rule',
        target: rule.Next,
        pointer: `/Choices/${index}/Next`,
        index,
        ...labelled(rule.Comment),
      });
    if (typeof state.Default === 'string')
      found.push({ kind: 'default', target: state.Default, pointer: '/Default' });
  }
  if ('Next' in state && typeof state.Next === 'string')
    found.push({ kind: 'next', target: state.Next, pointer: '/Next' });
  for (const [index, catcher] of catchers(state).entries()) {
    const label = Array.isArray(catcher.ErrorEquals) ? catcher.ErrorEquals.join(', ') : undefined;
    found.push({
      kind: 'catch',
      target: catcher.Next,
      pointer: `/Catch/${index}/Next`,
      index,
      ...labelled(label),
    });
  }
  return found;
}

/** The machines inside a state; none for all but Parallel and Map. */
export function nested(state: State): readonly Nested[] {
  if (state.Type === 'Parallel')
    return state.Branches.map((machine, index) => ({ machine, pointer: `/Branches/${index}` }));
  if (state.Type !== 'Map') return [];
  if (state.ItemProcessor !== undefined) return [{ machine: state.ItemProcessor, pointer: '/ItemProcessor' }];
  return state.Iterator === undefined ? [] : [{ machine: state.Iterator, pointer: '/Iterator' }];
}

/** All states, nested ones included, each before what is inside of it, in the order of the document. */
export function* states(definition: Definition): Generator<Located> {
  yield* statesOf(definition, '', undefined);
}

/** The state that a pointer names, or undefined where there is none. */
export function stateAt(definition: Definition, pointer: string): State | undefined {
  return locate(definition, pointer)?.state;
}

/** The innermost state that a pointer is inside of (`/States/A/Retry/0` → A), or undefined outside of all states. */
export function locate(definition: Definition, pointer: string): Located | undefined {
  let found: Located | undefined;
  let machine: Machine | undefined = definition;
  let machinePointer = '';
  const keys = tokens(pointer);
  let at = 0;
  while (machine !== undefined && keys[at] === 'States') {
    const located = member(machine, machinePointer, keys[at + 1], found);
    if (located === undefined) return found;
    found = located;
    at += 2;
    const inside = nestedAt(located, keys, at);
    machine = inside?.machine;
    machinePointer = `${located.pointer}${inside?.pointer ?? ''}`;
    at += inside?.length ?? 0;
  }
  return found;
}

/** The machine that a pointer names exactly: '' the definition, `/States/P/Branches/0` a branch. */
export function machineAt(definition: Definition, pointer: string): Machine | undefined {
  if (pointer === '') return definition;
  const holder = locate(definition, pointer);
  if (holder === undefined) return undefined;
  return nested(holder.state).find((inside) => `${holder.pointer}${inside.pointer}` === pointer)?.machine;
}

/** The pointer of a machine's state. */
export function statePointer(machinePointer: string, name: string): string {
  return child(`${machinePointer}/States`, name);
}

/** A state of a machine by name; safe for names such as `constructor`, which every object seems to have. */
export function stateNamed(machine: Machine, name: string): State | undefined {
  return Object.hasOwn(machine.States, name) ? machine.States[name] : undefined;
}

/** The names of the states that a machine can get to from its start, nearest first. */
export function reachable(machine: Machine): ReadonlySet<string> {
  const found = new Set<string>();
  if (stateNamed(machine, machine.StartAt) !== undefined) found.add(machine.StartAt);
  // A set's iteration also visits what is added on the way.
  for (const name of found) {
    const state = stateNamed(machine, name);
    for (const { target } of state === undefined ? [] : transitions(state))
      if (stateNamed(machine, target) !== undefined) found.add(target);
  }
  return found;
}

/** For each state of a machine, the transitions that lead to it, with the names of the states that they come from. */
export function predecessors(
  machine: Machine,
): ReadonlyMap<string, readonly { readonly from: string; readonly transition: Transition }[]> {
  const found = new Map<string, { from: string; transition: Transition }[]>();
  for (const name of Object.keys(machine.States)) found.set(name, []);
  for (const [from, state] of Object.entries(machine.States))
    for (const transition of transitions(state)) found.get(transition.target)?.push({ from, transition });
  return found;
}

/**
 * The query language that a state's fields are written in: its own, or that of the machines around it. The Parallel or
 * Map around it does not matter: its language holds for its own fields only.
 */
export function queryLanguage({ state, machine, container }: Located): QueryLanguage {
  if (state.QueryLanguage !== undefined) return state.QueryLanguage;
  for (
    let at: Machine | undefined = machine, around = container;
    at !== undefined;
    around = around?.container
  ) {
    if (at.QueryLanguage !== undefined) return at.QueryLanguage;
    at = around?.machine;
  }
  return 'JSONPath';
}

function* statesOf(
  machine: Machine,
  machinePointer: string,
  container: Located | undefined,
): Generator<Located> {
  for (const [name, state] of Object.entries(machine.States)) {
    const located = {
      name,
      state,
      pointer: statePointer(machinePointer, name),
      machine,
      machinePointer,
      container,
    };
    yield located;
    for (const inside of nested(state))
      yield* statesOf(inside.machine, `${located.pointer}${inside.pointer}`, located);
  }
}

function member(
  machine: Machine,
  machinePointer: string,
  name: string | undefined,
  container: Located | undefined,
): Located | undefined {
  const state = name === undefined ? undefined : stateNamed(machine, name);
  if (name === undefined || state === undefined) return undefined;
  return { name, state, pointer: statePointer(machinePointer, name), machine, machinePointer, container };
}

function nestedAt(
  located: Located,
  keys: readonly string[],
  at: number,
): (Nested & { length: number }) | undefined {
  for (const inside of nested(located.state)) {
    const wanted = tokens(inside.pointer);
    if (wanted.every((key, index) => keys[at + index] === key)) return { ...inside, length: wanted.length };
  }
  return undefined;
}

function catchers(state: State) {
  return 'Catch' in state && state.Catch !== undefined ? state.Catch : [];
}

function labelled(label: unknown): { label?: string } {
  return typeof label === 'string' && label !== '' ? { label } : {};
}
