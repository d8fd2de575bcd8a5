import { isObject, type Json, type JsonObject } from '@/lib/expression/json';
import { variableName } from './assign';
import { assignedFrom, type Exit } from './assigned';
import type { MachineOutline, StateOutline } from './machine';
import type { Read, Site } from './site';

/**
 * Variables: assigned before they are read, and by the machine that they belong to. A machine inside another one sees the
 * outer variables, but may not assign them; a distributed Map's machine sees none. What an exit assigns exists from the
 * next state on. By a rule or a catcher only its own `Assign` counts, not the state's.
 */
export function checkVariables(root: MachineOutline): void {
  for (const read of unresolved(root, new Set())) report(read, undefined);
}

interface Scope {
  readonly start: Json | undefined;
  readonly exits: ReadonlyMap<string, readonly Exit[]>;
  readonly assigned: ReadonlySet<string>;
}

/** A variable that is read in a state, or in a machine inside of it. */
interface Reading {
  readonly read: Read;
  readonly state: StateOutline;
}

/** Checks a machine; the answer is what it reads of variables that it does not assign itself. */
function unresolved(machine: MachineOutline, outer: ReadonlySet<string>): readonly Read[] {
  const scope = scopeOf(machine);
  for (const { state, site } of machine.states) checkAssignments(state, site, outer);
  const visible = new Set([...outer, ...scope.assigned]);
  const readings = machine.states.flatMap((outline) => readingsOf(outline, visible));
  const [own, others] = partition(readings, ({ read }) => scope.assigned.has(read.name));
  checkOrder(own, scope);
  const [fromOutside, nowhere] = partition(others, ({ read }) => outer.has(read.name));
  for (const { read } of nowhere) report(read, read.site.nearest(read.name, visible));
  return fromOutside.map(({ read }) => read);
}

function readingsOf(state: StateOutline, visible: ReadonlySet<string>): readonly Reading[] {
  const seen = state.sharesVariables ? visible : new Set<string>();
  const inner = state.machines.flatMap((machine) => unresolved(machine, seen));
  return [...state.reads, ...inner].map((read) => ({ read, state }));
}

function scopeOf({ startAt, states }: MachineOutline): Scope {
  const exits = new Map(states.map((outline) => [outline.name, exitsOf(outline)]));
  const assigned = new Set<string>();
  for (const { state, site } of states)
    for (const { assign } of assignments(state, site))
      for (const name of namesIn(assign, site)) assigned.add(name);
  return { start: startAt, exits, assigned };
}

function exitsOf({ state, site }: StateOutline): readonly Exit[] {
  const usual = namesIn(state.Assign, site);
  const plain = [state.Next, state.Type === 'Choice' ? state.Default : undefined];
  return [
    ...plain.flatMap((target) => exit(target, usual)),
    ...[...objects(state.Choices), ...objects(state.Catch)].flatMap(({ Next: target, Assign: assign }) =>
      exit(target, namesIn(assign, site)),
    ),
  ];
}

function exit(target: Json | undefined, assigns: ReadonlySet<string>): readonly Exit[] {
  return typeof target === 'string' ? [{ target, assigns }] : [];
}

function checkAssignments(state: JsonObject, site: Site, outer: ReadonlySet<string>): void {
  for (const { assign, at } of assignments(state, site)) {
    if (!isObject(assign)) continue;
    for (const key of Object.keys(assign)) {
      const name = variableName(key, site.language);
      if (!outer.has(name)) continue;
      const message = `"${name}" is a variable of the machine around, which can be read here but not assigned: use another name`;
      at.member(key).error('OUTER_VARIABLE', message);
    }
  }
}

function assignments(state: JsonObject, site: Site): readonly { assign: Json | undefined; at: Site }[] {
  const lists = ['Choices', 'Catch'].flatMap((key) =>
    objects(state[key]).map((rule, index) => ({
      assign: rule.Assign,
      at: site.member(key).member(index).member('Assign'),
    })),
  );
  return [{ assign: state.Assign, at: site.member('Assign') }, ...lists];
}

/** Readings of the machine's own variables: is there a way to them that assigns, and one that does not? */
function checkOrder(readings: readonly Reading[], { start, exits, assigned }: Scope): void {
  if (readings.length === 0 || typeof start !== 'string') return;
  const { reached, onSomeWay, onEveryWay } = assignedFrom(start, exits, assigned);
  for (const { read, state } of readings) {
    if (!reached(state.name)) continue;
    if (!onSomeWay(state.name, read.name)) report(read, undefined);
    else if (!onEveryWay(state.name, read.name) && !read.text.includes('$exists')) doubt(read);
  }
}

function report({ name, site }: Read, meant: string | undefined): void {
  const other =
    name === 'eval' ? 'write the expression itself instead' : 'assign it in a state before this one';
  const hint = meant === undefined ? other : `did you mean "$${meant}"?`;
  site.warning('UNDEFINED_VARIABLE', `The variable "$${name}" has no value here: ${hint}`);
}

function doubt({ name, site }: Read): void {
  const message = `The variable "$${name}" has no value where the flow comes here without assigning it: assign it on every way`;
  site.warning('UNASSIGNED_ON_SOME_WAYS', message);
}

function namesIn(assign: Json | undefined, site: Site): ReadonlySet<string> {
  return new Set(isObject(assign) ? Object.keys(assign).map((key) => variableName(key, site.language)) : []);
}

function objects(value: Json | undefined): readonly JsonObject[] {
  return Array.isArray(value) ? value.map((item: Json) => (isObject(item) ? item : {})) : [];
}

function partition<T>(items: readonly T[], wanted: (item: T) => boolean): readonly [T[], T[]] {
  const yes: T[] = [];
  const no: T[] = [];
  for (const item of items) (wanted(item) ? yes : no).push(item);
  return [yes, no];
}
