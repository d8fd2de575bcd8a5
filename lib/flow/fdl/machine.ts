import { isObject, type Json, type JsonObject } from '@/lib/expression/json';
import { put } from '../json-text';
import { child } from '../pointer';
import type { Desk } from './desk';
import { type Inner, spotAt } from './place';
import type { Scope } from './scope';
import { stateOf } from './state';
import { at, templateOf } from './template';

/** Machines of new FDL: the flow, the branches of a Parallel, the processor of a Map. */

/** The whole flow as a definition of ASL. */
export function flowOf(flow: JsonObject, desk: Desk): JsonObject {
  const { Description: description, Timeout: timeout } = flow;
  desk.unknown(flow, '', ['Type', 'Name', 'SpecVersion', 'Description', 'Timeout', 'StartAt', 'States']);
  const seconds = typeof timeout === 'string' ? Number(timeout) : timeout;
  const limited = typeof seconds === 'number' && Number.isInteger(seconds) && seconds > 0;
  if (timeout !== undefined && !limited)
    desk.lost('/Timeout', '"Timeout" must be a whole number of seconds: it is left out');
  return {
    ...(typeof description === 'string' && description !== '' ? { Comment: description } : {}),
    QueryLanguage: 'JSONata',
    ...(limited ? { TimeoutSeconds: seconds } : {}),
    ...machineOf(flow, '', { desk, outer: [], sharesGlobals: true }),
  };
}

interface Around {
  readonly desk: Desk;
  readonly outer: readonly string[];
  readonly sharesGlobals: boolean;
}

function machineOf(machine: Json, pointer: string, { desk, outer, sharesGlobals }: Around): JsonObject {
  const given = isObject(machine) ? machine : {};
  if (pointer !== '') desk.unknown(given, pointer, ['StartAt', 'States', 'Name', 'Description']);
  const states = statesIn(given, child(pointer, 'States'), desk);
  const outerGlobals = sharesGlobals ? outer : [];
  const globals = globalsName(states, { desk, nested: pointer !== '' });
  const entries = new Map(states.map(({ fdlName, entry }) => [fdlName, entry]));
  const scope: Scope = { desk, globals, outerGlobals, entries };
  const wanted = typeof given.StartAt === 'string' ? given.StartAt : '';
  const start = entries.get(wanted) ?? wanted;
  const added = states.flatMap((state) => membersOf(state, scope));
  if (globals === undefined) return { StartAt: start, States: statesFrom(added) };
  const first = desk.addedState(globals);
  return { StartAt: first, States: statesFrom([[first, noGlobals(globals, start)], ...added]) };
}

function statesFrom(members: readonly (readonly [string, JsonObject])[]): JsonObject {
  const states: Record<string, Json> = {};
  for (const [name, state] of members) put(states, name, state);
  return states;
}

function statesIn(machine: JsonObject, pointer: string, desk: Desk): readonly Named[] {
  const list: readonly Json[] = Array.isArray(machine.States) ? machine.States : [];
  if (list.length === 0) desk.lost(pointer, '"States" must be a list of states');
  return list.map((state, index) => named(state, child(pointer, index), desk));
}

/** Globals begin empty. */
function noGlobals(name: string, next: string): JsonObject {
  return { Type: 'Pass', Assign: { [name]: {} }, Next: next };
}

interface Named {
  readonly state: JsonObject;
  readonly pointer: string;
  readonly fdlName: string;
  /** The state's name here. */
  readonly name: string;
  /** Where transitions to it go: itself, or the Pass state that constructs its input. */
  readonly entry: string;
}

function named(state: Json, pointer: string, desk: Desk): Named {
  if (!isObject(state)) desk.lost(pointer, 'A state must be a map: it becomes an empty Pass state');
  const given = isObject(state) ? state : { Type: 'Pass', End: true };
  const fdlName = typeof given.Name === 'string' ? given.Name : '';
  const name = desk.stateName(fdlName, child(pointer, 'Name'));
  return {
    state: given,
    pointer,
    fdlName,
    name,
    entry: constructsInput(given) ? desk.addedState(`${name} input`) : name,
  };
}

/** Everything but a Pass state without OutputConstructor needs a state of its own before it, to construct the input. */
function constructsInput(state: JsonObject): boolean {
  if (state.InputConstructor === undefined || state.InputConstructor === null) return false;
  return (
    state.Type !== 'Pass' || state.OutputConstructor !== undefined || state.GlobalConstructor !== undefined
  );
}

function membersOf(
  { state, pointer, fdlName, name, entry }: Named,
  scope: Scope,
): readonly (readonly [string, JsonObject])[] {
  const inner: Inner = (machine, where, around, sharesGlobals) =>
    machineOf(machine, where, {
      desk: around.desk,
      outer: [...around.outerGlobals, ...(around.globals === undefined ? [] : [around.globals])],
      sharesGlobals,
    });
  const place = { scope, pointer, name: fdlName, inner };
  const { InputConstructor: constructed, ...rest } = state;
  if (entry === name) return [[name, stateOf(state, place)]];
  const spot = at(spotAt(place, {}), 'InputConstructor');
  const before = { Type: 'Pass', Output: templateOf(constructed ?? {}, spot), Next: name };
  return [
    [entry, before],
    [name, stateOf(rest, place)],
  ];
}

/** Globals that a branch sets are seen by the branch alone, as machines inside cannot assign variables of those around. */
function globalsName(
  states: readonly Named[],
  { desk, nested }: { desk: Desk; nested: boolean },
): string | undefined {
  const setting = states.find(({ state }) => state.GlobalConstructor !== undefined);
  if (setting === undefined) return undefined;
  if (!nested) return desk.variableName('Global');
  const where = child(setting.pointer, 'GlobalConstructor');
  desk.lost(where, 'Globals that are set in here are seen in here only, not by the states around');
  return desk.variableName('Globals');
}
