import { same } from '@/lib/flow/equal';
import type { Definition } from '@/lib/flow/model';
import { type Format, type PlacedProblem, parse } from '@/lib/flow/parse';
import { print } from '@/lib/flow/print';
import { rewrite } from '@/lib/flow/rewrite';
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
export function documentOf(definition: Definition, layout: Layout = {}, format: Format = 'json'): Document {
  return { definition, layout, text: { source: print(definition, format), format, says: definition } };
}

/** The document of a saved version, or undefined where its text has not the outline of a definition. */
export function opened(source: string, format: Format, layout: Layout): Document | undefined {
  const parsed = parse(source, format);
  if (!parsed.ok) return undefined;
  return { definition: parsed.definition, layout, text: { source, format, says: parsed.definition } };
}

/** H11 The document after its text was changed. Text that cannot be read leaves the definition as it was. */
export function typed(document: Document, source: string): Document {
  const { format } = document.text;
  const parsed = parse(source, format);
  if (parsed.ok)
    return { ...document, definition: parsed.definition, text: { source, format, says: parsed.definition } };
  const readable = readableText(document);
  return {
    ...document,
    text: { source, format, says: document.definition, unread: { problems: parsed.problems, readable } },
  };
}

/**
 * The document with a text that says what its definition says; comments of a YAML text survive. Text that could not
 * be read and was overtaken by an edit of the definition gives way to the last one that could.
 */
export function settled(document: Document): Document {
  const { definition, text } = document;
  if (text.says === definition) return document;
  const source = rewrite(readableText(document), text.format, definition);
  return { ...document, text: { source, format: text.format, says: definition } };
}

function readableText({ text }: Document): string {
  return text.unread?.readable ?? text.source;
}

/** The document with its text in another format. */
export function inFormat(document: Document, format: Format): Document {
  if (document.text.format === format) return document;
  const { definition } = document;
  return { ...document, text: { source: print(definition, format), format, says: definition } };
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
