import type { Json, JsonObject } from '@/lib/expression/json';
import { locate, queryLanguage } from '@/lib/flow/graph';
import type { Definition, State } from '@/lib/flow/model';
import type { Document, Edited } from './document';
import { mayConnect } from './may';
import { machineOfEdge, sourceOfEdge } from './place';
import { lastOf, machineOf } from './pointer';
import { catches, withNext } from './transitions';
import { definitionOf, replaceAt, stateIn, treeOf, valueAt } from './tree';

/** Which way out of a state a connection is drawn from: its usual one, or the one at its side (Catch, Default). */
export type Exit = 'main' | 'side';

/**
 * Leads one state to another. The usual way out is Next, and of a Choice a new rule; the one at the side is a new
 * catcher, and of a Choice the Default. Both ends are pointers of states.
 */
export function connect(document: Document, from: string, to: string, exit: Exit = 'main'): Edited {
  const { definition } = document;
  const refusal = mayConnect(definition, from, to);
  if (refusal !== undefined) return { ok: false, reason: refusal };
  const state = stateIn(definition, from);
  if (state === undefined) return { ok: false, reason: `"${lastOf(from)}" is gone.` };
  if (exit === 'side' && !catches(state) && state.Type !== 'Choice')
    return {
      ok: false,
      reason: `A ${state.Type} state calls nothing that can fail, so there is no error to catch.`,
    };
  const rule = state.Type === 'Choice' ? blankRule(definition, from, lastOf(to)) : undefined;
  const tree = connected(state, lastOf(to), exit, rule);
  return { ok: true, document: withState(document, from, tree), select: [from] };
}

function connected(state: State, target: string, exit: Exit, rule: JsonObject | undefined): JsonObject {
  const tree = treeOf(state);
  if (rule !== undefined)
    return exit === 'side'
      ? { ...tree, Default: target }
      : { ...tree, Choices: [...listOf(tree.Choices), rule] };
  if (exit === 'main') return withNext(tree, target);
  const catcher = { ErrorEquals: ['States.ALL'], Next: target };
  return { ...tree, Catch: [...listOf(tree.Catch), catcher] };
}

/** A rule for the Choice at a pointer, whose condition is still to be written. */
export function blankRule(definition: Definition, choice: string, target: string): JsonObject {
  const located = locate(definition, choice);
  if (located !== undefined && queryLanguage(located) === 'JSONata')
    return { Condition: '{% true %}', Next: target };
  return { Variable: '$.value', IsPresent: true, Next: target };
}

/** Leads an existing transition (or a machine's start) to another state of its machine. */
export function reconnect(document: Document, edge: string, to: string): Edited {
  const { definition } = document;
  if (edge.endsWith('/StartAt')) return setStart(document, to, machineOfEdge(edge));
  const refusal = mayConnect(definition, sourceOfEdge(edge), to);
  if (refusal !== undefined) return { ok: false, reason: refusal };
  if (typeof valueAt(treeOf(definition), edge) !== 'string')
    return { ok: false, reason: 'That transition is gone.' };
  const next = definitionOf(replaceAt(treeOf(definition), edge, lastOf(to)));
  return { ok: true, document: { ...document, definition: next } };
}

/** Lets a machine begin with one of its states. */
export function setStart(document: Document, state: string, machine = machineOf(state)): Edited {
  const { definition } = document;
  if (stateIn(definition, state) === undefined) return { ok: false, reason: `"${lastOf(state)}" is gone.` };
  if (machineOf(state) !== machine)
    return {
      ok: false,
      reason: `"${lastOf(state)}" is in another branch or container: it cannot be the start here.`,
    };
  const next = definitionOf(replaceAt(treeOf(definition), `${machine}/StartAt`, lastOf(state)));
  return { ok: true, document: { ...document, definition: next } };
}

function listOf(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : [];
}

function withState(document: Document, pointer: string, tree: JsonObject): Document {
  return { ...document, definition: definitionOf(replaceAt(treeOf(document.definition), pointer, tree)) };
}
