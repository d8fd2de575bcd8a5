import { isObject, type Json } from '@/lib/expression/json';
import type { Definition } from '../model';
import { detect, type Format, type PlacedProblem, parseJson, place } from '../parse';
import { isDefinition } from '../shape';
import { Desk } from './desk';
import { flowOf } from './machine';
import { pruned } from './prune';
import { flowOfSteps } from './steps';

export type Imported =
  | {
      readonly ok: true;
      /** Amazon States Language with JSONata. */
      readonly definition: Definition;
      /** The flow's name in FDL, where it has one. */
      readonly name: string | undefined;
      /** What was lost (errors) and what was done by other means (warnings), each with its place in the FDL text. */
      readonly problems: readonly PlacedProblem[];
    }
  | { readonly ok: false; readonly problems: readonly PlacedProblem[] };

/** Whether a value is a flow of CloudFlow's language, new (`Type: StateMachine`) or old (`type: flow`). */
export function isFdl(value: Json): boolean {
  return isObject(value) && (value.Type === 'StateMachine' || value.type === 'flow');
}

/**
 * Imports a flow of Alibaba CloudFlow, in its new or its old language, YAML or JSON. Nothing is dropped silently: what
 * has no counterpart is among the problems. The definition keeps the outline of the flow even then.
 */
export function importFdl(text: string, format: Format = detect(text)): Imported {
  const read = parseJson(text, format);
  if (!read.ok) return read;
  const { value, positions, remarks } = read;
  if (!isObject(value) || !isFdl(value)) {
    const message =
      'This is no CloudFlow flow: it has neither "Type: StateMachine" nor "type: flow" at its top';
    const problem = { code: 'FDL_UNKNOWN', severity: 'error', pointer: '', message } as const;
    return { ok: false, problems: [place(problem, text, positions)] };
  }
  const desk = new Desk();
  const whole = value.Type === 'StateMachine' ? flowOf(value, desk) : flowOfSteps(value, desk);
  // The import makes all machines and states itself, so their outline is that of a definition.
  if (!isDefinition(whole)) throw new Error('the import of a CloudFlow flow made no definition');
  const definition = pruned(whole, desk);
  const problems = [...desk.problems.map((problem) => place(problem, text, positions)), ...remarks];
  const name = value.Name ?? value.name;
  return { ok: true, definition, name: typeof name === 'string' ? name : undefined, problems };
}
