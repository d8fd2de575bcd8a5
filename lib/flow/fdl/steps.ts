import { isObject, type Json, type JsonObject } from '@/lib/expression/json';
import { put } from '../json-text';
import { child } from '../pointer';
import type { Desk } from './desk';
import { stepOf } from './step';
import { left, listInput, listLocal, mapped } from './step-data';
import type { StepPlace } from './step-place';
import { delimited } from './template';

/** Lists of steps of old FDL: run from top to bottom, with `goto` to a step of the same list, until one ends the list. */

/** The whole flow as a definition of ASL. */
export function flowOfSteps(flow: JsonObject, desk: Desk): JsonObject {
  desk.unknown(flow, '', [
    'version',
    'type',
    'name',
    'description',
    'steps',
    'inputMappings',
    'outputMappings',
    'timeoutSeconds',
  ]);
  const { timeoutSeconds, description } = flow;
  const seconds = Number(timeoutSeconds ?? 0);
  const limited = Number.isInteger(seconds) && seconds > 0;
  if (timeoutSeconds !== undefined && !limited)
    desk.lost('/timeoutSeconds', '"timeoutSeconds" must be a whole number above 0: it is left out');
  const begin = desk.addedState('Flow input');
  const end = desk.addedState('Flow output');
  const machine: Machine = { desk, states: {} };
  const given = { input: '$states.input', local: '{}' };
  const input =
    flow.inputMappings === undefined
      ? given.input
      : mapped(flow.inputMappings, { desk, pointer: '/inputMappings' }, given);
  const list = { input: listInput, local: listLocal };
  const output =
    flow.outputMappings === undefined
      ? list.local
      : mapped(flow.outputMappings, { desk, pointer: '/outputMappings' }, list);
  const first = addList(flow.steps ?? null, '/steps', { machine, exit: end });
  const states = {
    [begin]: { Type: 'Pass', Output: { input: delimited(input), local: {} }, Next: first },
    ...machine.states,
    [end]: { Type: 'Pass', Output: delimited(output), End: true },
  };
  return {
    ...(typeof description === 'string' && description !== '' ? { Comment: description } : {}),
    QueryLanguage: 'JSONata',
    ...(limited ? { TimeoutSeconds: seconds } : {}),
    StartAt: begin,
    States: states,
  };
}

/** The machine that lists of steps are added to: the flow, a branch or an iteration. */
interface Machine {
  readonly desk: Desk;
  readonly states: Record<string, Json>;
}

interface Around {
  readonly machine: Machine;
  /** The state to go to when the list ends. */
  readonly exit: string;
}

/** Adds the states of a list to its machine; the answer is the state to begin with. */
function addList(steps: Json, pointer: string, { machine, exit }: Around): string {
  const { desk } = machine;
  if (!Array.isArray(steps)) desk.lost(pointer, '"steps" must be a list of steps');
  const list: readonly Json[] = Array.isArray(steps) ? steps : [];
  const named = list.map((step, index) => {
    const given = isObject(step) ? step : {};
    const at = child(pointer, index);
    const fdlName = typeof given.name === 'string' ? given.name : '';
    return { given, at, fdlName, name: desk.stateName(fdlName, child(at, 'name')) };
  });
  const names = new Map(named.map(({ fdlName, name }) => [fdlName, name]));
  for (const [index, { given, at, name }] of named.entries()) {
    const ends = given.end === true || given.type === 'succeed';
    const next = ends ? exit : (named[index + 1]?.name ?? exit);
    // Its place in the machine first, so that the states of lists inside follow it.
    put(machine.states, name, null);
    put(machine.states, name, stepOf(given, placeOf({ machine, names, at, name, next })));
  }
  return named[0]?.name ?? exit;
}

interface Standing {
  readonly machine: Machine;
  readonly names: ReadonlyMap<string, string>;
  readonly at: string;
  readonly name: string;
  readonly next: string;
}

function placeOf({ machine, names, at, name, next }: Standing): StepPlace {
  const { desk } = machine;
  return {
    desk,
    pointer: at,
    name,
    next,
    target: (wanted, pointer) => {
      const found = typeof wanted === 'string' ? names.get(wanted) : undefined;
      if (found === undefined)
        desk.lost(
          pointer,
          `There is no step ${JSON.stringify(wanted)} in this list: the flow goes on with the next one`,
        );
      return found ?? next;
    },
    inside: (steps, pointer, then) => {
      const leave = desk.addedState(`${name} end`);
      const first = addList(steps, pointer, { machine, exit: leave });
      const data = { input: listInput, local: listLocal };
      put(machine.states, leave, {
        Type: 'Pass',
        Output: delimited(left(then.output(data))),
        Next: then.next,
      });
      return first;
    },
    machine: (steps, pointer) => {
      const inner: Machine = { desk, states: {} };
      const exit = desk.addedState(`${name} result`);
      const first = addList(steps, pointer, { machine: inner, exit });
      put(inner.states, exit, { Type: 'Pass', Output: delimited(listLocal), End: true });
      return { StartAt: first, States: inner.states };
    },
  };
}
