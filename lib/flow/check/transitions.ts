import { isObject, type Json } from '@/lib/expression/json';
import type { MachineOutline, StateOutline } from './machine';
import type { Site } from './site';

/** Where the states of a machine lead: targets that exist, states that are reached, an end that can be reached. */
export function checkTransitions(root: MachineOutline): void {
  const owners = new Map<string, MachineOutline>();
  claimNames(root, owners);
  checkMachine(root, owners);
}

function claimNames(machine: MachineOutline, owners: Map<string, MachineOutline>): void {
  for (const { name, site, machines } of machine.states) {
    if (owners.has(name)) {
      const message = `There is another state "${name}": names must be unique in the whole definition; rename one of the two`;
      site.error('DUPLICATE_STATE_NAME', message);
    } else owners.set(name, machine);
    for (const inner of machines) claimNames(inner, owners);
  }
}

function checkMachine(machine: MachineOutline, owners: ReadonlyMap<string, MachineOutline>): void {
  const byName = new Map(machine.states.map((outline) => [outline.name, outline]));
  const around = { machine, byName, owners };
  const reached = new Set<string>();
  const start = target(machine.startAt, machine.site.member('StartAt'), {
    ...around,
    usual: machine.states[0]?.name,
  });
  if (start !== undefined) reached.add(start);
  const targets = new Map(machine.states.map((outline) => [outline.name, targetsOf(outline, around)]));
  // A set's iteration also visits what is added on the way.
  for (const name of reached) for (const next of targets.get(name) ?? []) reached.add(next);
  if (start !== undefined) reportUnreached(machine, reached);
  checkEnd(machine);
  for (const { machines } of machine.states) for (const inner of machines) checkMachine(inner, owners);
}

function reportUnreached(machine: MachineOutline, reached: ReadonlySet<string>): void {
  for (const { name, site } of machine.states) {
    if (reached.has(name)) continue;
    const message = `Nothing leads to the state "${name}": connect it, or remove it`;
    site.error('UNREACHABLE_STATE', message, { fix: site.removal(`Remove "${name}"`) });
  }
}

/** States that end their machine whatever stands in them. */
const ends: ReadonlySet<Json | undefined> = new Set<Json | undefined>(['Succeed', 'Fail']);

/** A state without a way on is reported by itself; the machine is not called endless for it too. */
function checkEnd({ states, site }: MachineOutline): void {
  const open = ({ state }: StateOutline) =>
    state.End === true || ends.has(state.Type) || (state.Type !== 'Choice' && state.Next === undefined);
  if (states.length === 0 || states.some(open)) return;
  site.error(
    'NO_TERMINAL_STATE',
    'This machine can never end: add "End": true to a state, or a Succeed state',
  );
}

interface Around {
  readonly machine: MachineOutline;
  readonly byName: ReadonlyMap<string, StateOutline>;
  readonly owners: ReadonlyMap<string, MachineOutline>;
  /** What to offer where no name is near. */
  readonly usual?: string | undefined;
}

function targetsOf({ state, site }: StateOutline, around: Around): readonly string[] {
  const found: (string | undefined)[] = [];
  if (state.Type === 'Choice') {
    found.push(...targetsIn(state.Choices, site.member('Choices'), around));
    if (state.Default !== undefined) found.push(target(state.Default, site.member('Default'), around));
  } else if (state.Next !== undefined) found.push(target(state.Next, site.member('Next'), around));
  found.push(...targetsIn(state.Catch, site.member('Catch'), around));
  return found.filter((name) => name !== undefined);
}

function targetsIn(rules: Json | undefined, site: Site, around: Around): (string | undefined)[] {
  if (!Array.isArray(rules)) return [];
  return rules.map((rule, index) =>
    isObject(rule) && rule.Next !== undefined
      ? target(rule.Next, site.member(index).member('Next'), around)
      : undefined,
  );
}

/** The target's name where it is a state of this machine; otherwise the problem is reported. */
function target(
  name: Json | undefined,
  site: Site,
  { machine, byName, owners, usual }: Around,
): string | undefined {
  if (typeof name !== 'string' || name === '') return undefined;
  if (byName.has(name)) return name;
  const meant = site.nearest(name, byName.keys()) ?? usual;
  const fix = meant === undefined ? {} : { fix: site.replacement(`Go to "${meant}" instead`, meant) };
  const owner = owners.get(name);
  if (owner === undefined || owner === machine) {
    const hint = meant === undefined ? 'choose a state of this machine' : `did you mean "${meant}"?`;
    site.error('MISSING_TARGET', `There is no state "${name}": ${hint}`, fix);
  } else {
    const message = `The state "${name}" belongs to another machine: a transition cannot cross the border of a branch or a Map`;
    site.error('TARGET_IN_OTHER_MACHINE', message, fix);
  }
  return undefined;
}
