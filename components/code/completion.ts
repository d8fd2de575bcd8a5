import type { Completion, CompletionContext, CompletionResult } from '@codemirror/autocomplete';
import { fieldsOfMachine, fieldsOfState } from '@/lib/editor/fields';
import { machineOf } from '@/lib/editor/pointer';
import { machineIn, stateIn, treeOf, valueAt } from '@/lib/editor/tree';
import { isObject } from '@/lib/expression/json';
import { locate } from '@/lib/flow/graph';
import { type Definition, type StateType, stateTypes } from '@/lib/flow/model';
import { type Format, parse } from '@/lib/flow/parse';

/** Offers the fields that may stand in the state around the cursor, and the names of the states it may lead to. */
export function completionFor(format: Format, definition: () => Definition) {
  return (context: CompletionContext): CompletionResult | null => {
    const word = context.matchBefore(/"?[\w$. -]*/);
    if (word === null || (word.from === word.to && !context.explicit)) return null;
    const source = context.state.doc.toString();
    const line = context.state.doc
      .lineAt(context.pos)
      .text.slice(0, context.pos - context.state.doc.lineAt(context.pos).from);
    const key = /"?([\w.]+)"?\s*:\s*"?[^":]*$/.exec(line)?.[1];
    const options =
      key === undefined
        ? namesAt(source, format, context.pos, definition())
        : valuesOf(key, source, format, context.pos, definition());
    if (options.length === 0) return null;
    const quote = format === 'json' || word.text.startsWith('"');
    return {
      from: word.from,
      options: quote
        ? options.map(
            quoted(word.text.startsWith('"') && context.state.sliceDoc(context.pos, context.pos + 1) === '"'),
          )
        : options,
      validFor: /^"?[\w$. -]*$/,
    };
  };
}

/** JSON's strings carry their quotes; where the closing one is already there it is not written twice. */
function quoted(isClosed: boolean) {
  return (option: Completion): Completion => {
    const text = `"${option.label}${isClosed ? '' : '"'}`;
    return { ...option, label: text, displayLabel: option.label };
  };
}

function namesAt(source: string, format: Format, offset: number, definition: Definition): Completion[] {
  const place = parse(source, format).positions?.pointerAt(offset) ?? '';
  const state = locate(definition, place)?.pointer;
  const value = state === undefined ? undefined : stateIn(definition, state);
  const fields =
    value === undefined
      ? fieldsOfMachine()
      : fieldsOfState(value.Type, definition.QueryLanguage ?? 'JSONPath');
  const present = valueAt(treeOf(definition), state ?? '');
  return fields
    .filter((name) => !isObject(present) || !Object.hasOwn(present, name))
    .map((label) => ({ label, type: 'property' }));
}

const targets = new Set(['Next', 'Default', 'StartAt']);

function valuesOf(
  key: string,
  source: string,
  format: Format,
  offset: number,
  definition: Definition,
): Completion[] {
  if (key === 'Type') return stateTypes.map((label: StateType) => ({ label, type: 'enum' }));
  if (key === 'QueryLanguage') return ['JSONata', 'JSONPath'].map((label) => ({ label, type: 'enum' }));
  if (!targets.has(key)) return [];
  const place = parse(source, format).positions?.pointerAt(offset) ?? '';
  const state = locate(definition, place)?.pointer;
  const machine = machineIn(definition, state === undefined ? '' : machineOf(state));
  return Object.keys(machine.States).map((label) => ({ label, type: 'variable' }));
}
