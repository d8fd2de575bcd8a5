import { isObject, type Json, type JsonObject } from '@/lib/expression/json';
import type { QueryLanguage } from '../model';
import { both, checkFields, type Fields, objectIn, required } from './fields';
import { processorConfig } from './map';
import { anything, integer, nonEmptyText, oneOf, text, wrongType } from './rules';
import { type Read, Site, type Surroundings } from './site';
import { checkState } from './states';
import type { TaskSurroundings } from './task';

/** A machine as far as it can be made out: what the checks of transitions and variables go through. */
export interface MachineOutline {
  readonly site: Site;
  readonly startAt: Json | undefined;
  readonly states: readonly StateOutline[];
}
export interface StateOutline {
  readonly name: string;
  readonly state: JsonObject;
  readonly site: Site;
  /** What its own fields read of variables; not what machines inside of it read. */
  readonly reads: readonly Read[];
  readonly machines: readonly MachineOutline[];
  /** Whether the machines inside see the variables of this state's machine. */
  readonly sharesVariables: boolean;
}

const machineFields = both({
  Comment: text,
  StartAt: required(nonEmptyText, firstState),
  States: required(anything),
  QueryLanguage: oneOf('JSONPath', 'JSONata'),
});
const definitionFields: Fields = new Map([
  ...machineFields,
  ...both({ Version: oneOf('1.0'), TimeoutSeconds: integer(1, 99_999_999) }),
]);
const branchFields: Fields = new Map(machineFields);
const processorFields: Fields = new Map([...machineFields, ...both({ ProcessorConfig: processorConfig })]);

/** Checks a whole definition by fields, machines inside of it included. */
export function checkDefinition(
  definition: JsonObject,
  surroundings: Surroundings,
  around: TaskSurroundings,
): MachineOutline {
  const language = definition.QueryLanguage === 'JSONata' ? 'JSONata' : 'JSONPath';
  const site = new Site('', surroundings, { language, states: [] });
  return checkMachine(definition, site, { what: 'A definition', fields: definitionFields, around });
}

function firstState({ States: states }: JsonObject): string | undefined {
  return isObject(states) ? Object.keys(states)[0] : undefined;
}

interface Kind {
  readonly what: string;
  readonly fields: Fields;
  readonly around: TaskSurroundings;
}

function checkMachine(machine: JsonObject, site: Site, { what, fields, around }: Kind): MachineOutline {
  checkFields(machine, site, { what, fields });
  const { StartAt: startAt, States: states } = machine;
  const at = site.member('States');
  if (states !== undefined && !isObject(states)) wrongType(states, at, 'an object of states');
  if (!isObject(states)) return { site, startAt, states: [] };
  const entries = Object.entries(states);
  if (entries.length === 0) at.error('MISSING_FIELD', `${what} needs at least one state: add one`);
  const outlines = entries.map(([name, state]) =>
    checkMember(name, state, { machine: site, states: at, around }),
  );
  return { site, startAt, states: outlines.filter((outline) => outline !== undefined) };
}

function checkMember(
  name: string,
  state: Json,
  { machine, states, around }: { machine: Site; states: Site; around: TaskSurroundings },
): StateOutline | undefined {
  const own = isObject(state) ? languageOf(state, machine, states.member(name)) : machine.language;
  const site = states.member(name).within({ language: own });
  checkName(name, site);
  const { reads } = site.surroundings;
  const before = reads.length;
  const type = checkState(state, site, around);
  if (!isObject(state)) return undefined;
  const outline = { name, state, site, reads: reads.slice(before), machines: [], sharesVariables: true };
  const inside = { machine, around };
  if (type === 'Parallel') return { ...outline, machines: branches(state, site, inside) };
  if (type === 'Map') return { ...outline, ...processors(state, site, inside) };
  return outline;
}

function languageOf(holder: JsonObject, around: Site, site: Site): QueryLanguage {
  const { QueryLanguage: own } = holder;
  if (own !== 'JSONata' && own !== 'JSONPath') return around.language;
  if (own === 'JSONPath' && around.language === 'JSONata') {
    const at = site.member('QueryLanguage');
    const message =
      'The definition is written in JSONata, so its states cannot use JSONPath: use JSONata here too';
    at.error('QUERY_LANGUAGE_DOWNGRADE', message, { fix: at.removal('Remove "QueryLanguage"') });
  }
  return own;
}

interface Inside {
  /** The machine that the state stands in: its query language holds for the machines inside too. */
  readonly machine: Site;
  readonly around: TaskSurroundings;
}

function branches(state: JsonObject, site: Site, { machine, around }: Inside): readonly MachineOutline[] {
  const { Branches: given } = state;
  const at = site.member('Branches');
  if (given === undefined) return [];
  if (!Array.isArray(given)) {
    wrongType(given, at, 'a list of machines');
    return [];
  }
  if (given.length === 0) at.error('WRONG_VALUE', '"Branches" must have at least one branch');
  const kind = { what: 'A branch', fields: branchFields, around };
  return given.flatMap((branch, index) => inner(branch, at.member(index), { machine, kind }));
}

function processors(
  state: JsonObject,
  site: Site,
  { machine, around }: Inside,
): { machines: readonly MachineOutline[]; sharesVariables: boolean } {
  const config = objectIn(objectIn(state, 'ItemProcessor') ?? {}, 'ProcessorConfig') ?? {};
  const distributed = config.Mode === 'DISTRIBUTED';
  const express = around.express || (distributed && config.ExecutionType === 'EXPRESS');
  const kind = { what: 'An item processor', fields: processorFields, around: { ...around, express } };
  const machines = ['ItemProcessor', 'Iterator'].flatMap((key) =>
    Object.hasOwn(state, key) ? inner(state[key] ?? null, site.member(key), { machine, kind }) : [],
  );
  return { machines, sharesVariables: !distributed };
}

function inner(
  value: Json,
  site: Site,
  { machine, kind }: { machine: Site; kind: Kind },
): readonly MachineOutline[] {
  if (!isObject(value)) {
    wrongType(value, site, 'a machine with "StartAt" and "States"');
    return [];
  }
  const language = languageOf(value, machine, site);
  return [checkMachine(value, site.within({ language, states: [] }), kind)];
}

function checkName(name: string, site: Site): void {
  const length = [...name].length;
  if (length === 0 || length > 80)
    site.error(
      'STATE_NAME',
      `A state's name must have 1 to 80 characters, but this has ${length}: rename the state`,
    );
  else if (/\p{Cc}/u.test(name))
    site.error(
      'STATE_NAME',
      "A state's name must not contain control characters such as line breaks: rename the state",
    );
}
