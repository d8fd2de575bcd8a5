import { check } from './check';
import { importFdl, isFdl } from './fdl/import';
import { states } from './graph';
import type { Definition } from './model';
import { detect, type Format, type PlacedProblem, parse, parseJson, place } from './parse';
import { print } from './print';

/** What a text from elsewhere is as a flow of ours. */
export interface ImportedText {
  readonly language: 'Amazon States Language' | 'CloudFlow';
  /** The text to save as a version; absent where none can be saved before the problems are mended. */
  readonly source: string | undefined;
  readonly format: Format;
  /** The name that the text gives the flow. */
  readonly name: string | undefined;
  /** How many states the flow has, those inside others too. */
  readonly states: number;
  /** All that is wrong, doubtful or lost, each with its place in the text that was given. */
  readonly problems: readonly PlacedProblem[];
}

/**
 * Reads a flow from a text of any language we know: Amazon States Language stays as it was written, comments and all;
 * CloudFlow's becomes Amazon States Language in the same format (JSON or YAML). Never throws.
 */
export function importText(text: string): ImportedText {
  const format = detect(text);
  const read = parseJson(text, format);
  return read.ok && isFdl(read.value) ? fromCloudFlow(text, format) : fromStatesLanguage(text, format);
}

function fromCloudFlow(text: string, format: Format): ImportedText {
  const language = 'CloudFlow';
  const imported = importFdl(text, format);
  if (!imported.ok) {
    return { language, source: undefined, format, name: undefined, states: 0, problems: imported.problems };
  }
  const { definition, name, problems } = imported;
  const source = isSound(definition) ? print(definition, format) : undefined;
  return { language, source, format, name, states: [...states(definition)].length, problems };
}

function fromStatesLanguage(text: string, format: Format): ImportedText {
  const language = 'Amazon States Language';
  const parsed = parse(text, format);
  if (!parsed.ok) {
    return { language, source: undefined, format, name: undefined, states: 0, problems: parsed.problems };
  }
  const { definition, positions, remarks } = parsed;
  const problems = [...check(definition).map((problem) => place(problem, text, positions)), ...remarks];
  const source = isSound(definition) ? text : undefined;
  return { language, source, format, name: undefined, states: [...states(definition)].length, problems };
}

function isSound(definition: Definition): boolean {
  return !check(definition).some(({ severity }) => severity === 'error');
}
