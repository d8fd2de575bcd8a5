import { same } from '@/lib/flow/equal';
import type { Definition } from '@/lib/flow/model';
import type { Format, PlacedProblem } from '@/lib/flow/parse';
import { printJson } from '@/lib/flow/print-json';
import { stateIn, treeOf } from './tree';

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Where people put states, by the state's pointer, measured from the corner of the machine that holds it. */
export type Layout = { readonly [pointer: string]: Point };

/** The text of a definition. */
interface Text {
  readonly source: string;
  readonly format: Format;
  /** The definition that the text says; another one than the document's where canvas or forms have gone on since. */
  readonly says: Definition;
  /** Why the text cannot be read, and the last one that could: the document still has that one's definition. */
  readonly unread?: { readonly problems: readonly PlacedProblem[]; readonly readable: string };
}

/** What is edited, saved and undone. Never changed in place. */
export interface Document {
  readonly definition: Definition;
  readonly layout: Layout;
  readonly text: Text;
}

/** What an edit came to. `select` are the pointers to select afterwards; undefined leaves the selection alone. */
export type Edited =
  | { readonly ok: true; readonly document: Document; readonly select?: readonly string[] }
  | { readonly ok: false; readonly reason: string };

/** A flow with nothing in it yet. */
export function emptyDefinition(): Definition {
  return { QueryLanguage: 'JSONata', StartAt: '', States: {} };
}

/** The document of a definition of which there is no text yet. */
export function documentOf(definition: Definition, layout: Layout = {}): Document {
  return { definition, layout, text: { source: printJson(definition), format: 'json', says: definition } };
}

/** The document of a saved version, whose text was read when it was saved. */
export function savedDocument(
  definition: Definition,
  layout: Layout,
  { source, format }: Pick<Text, 'source' | 'format'>,
): Document {
  return { definition, layout, text: { source, format, says: definition } };
}

/** The places of states that are there. */
export function keptLayout({ definition, layout }: Document): Record<string, Point> {
  return Object.fromEntries(
    Object.entries(layout).filter(([pointer]) => stateIn(definition, pointer) !== undefined),
  );
}

/** Whether two documents would be saved alike. Cheap where they share most of what they hold, as edits do. */
export function isSameDocument(one: Document, other: Document): boolean {
  if (one === other) return true;
  if (one.text.unread !== undefined || other.text.unread !== undefined) return false;
  if (one.text.format !== other.text.format || !isSameLayout(one.layout, other.layout)) return false;
  if (!same(treeOf(one.definition), treeOf(other.definition))) return false;
  // A text that the definition has left behind would be written anew, and say the same.
  return !isInStep(one) || !isInStep(other) || one.text.source === other.text.source;
}

function isSameLayout(one: Layout, other: Layout): boolean {
  return one === other || JSON.stringify(one) === JSON.stringify(other);
}

function isInStep({ definition, text }: Document): boolean {
  return text.says === definition;
}
