import { isObject, type JsonObject } from '@/lib/expression/json';
import { parse, parseJson } from '@/lib/flow/parse';
import { isDefinition } from '@/lib/flow/shape';
import type { Document, Edited } from './document';
import { cut, type Fragment, grown } from './fragment';

/** Reads a clipboard's text into a machine: `{StartAt, States}`, `{Name: {Type…}, …}` or one state `{Type…}`. */
function readFragment(text: string): Fragment | undefined {
  const parsed = parse(text);
  if (parsed.ok) return cut(parsed.definition, new Set(Object.keys(parsed.definition.States)));
  const json = parseJson(text, text.trimStart().startsWith('{') ? 'json' : 'yaml');
  if (!json.ok || !isObject(json.value)) return undefined;
  const { value } = json;
  const states: JsonObject = isObject(value.States)
    ? value.States
    : typeof value.Type === 'string'
      ? { [value.Type]: value }
      : value;
  const machine = { StartAt: Object.keys(states)[0] ?? '', States: states };
  if (!isDefinition(machine) || machine.StartAt === '') return undefined;
  return cut(machine, new Set(Object.keys(states)));
}

/** Pastes text into a machine: names that are taken get a number, ways out of the fragment are cut. */
export function paste(document: Document, machinePointer: string, text: string): Edited {
  const read = readFragment(text);
  if (read === undefined)
    return {
      ok: false,
      reason: 'The clipboard holds no states: copy states here or from an Amazon States Language text.',
    };
  return grown(document, machinePointer, read);
}
