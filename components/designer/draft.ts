import { type Document, documentOf, type Layout } from '@/lib/editor/document';
import { fetchTexts, textsAtHand } from './texts';

/** What was drawn and not saved, kept in this browser until it is saved or thrown away. */
export interface Draft {
  /** The version that it goes on from. */
  readonly base: number;
  readonly source: string;
  readonly format: 'json' | 'yaml';
  readonly layout: Layout;
  readonly at: number;
}

function keyOf(flowId: string) {
  return `millrace.draft.${flowId}`;
}

/** Keeps a document; where the browser has no room for it, the next save is what keeps it. */
export function keepDraft(flowId: string, document: Document, base: number) {
  const { text, layout } = inWords(document);
  const draft: Draft = {
    base,
    source: text.source,
    format: text.format,
    layout: { ...layout },
    at: Date.now(),
  };
  try {
    localStorage.setItem(keyOf(flowId), JSON.stringify(draft));
  } catch {
    dropDraft(flowId);
  }
}

/**
 * The document with a text that says what was drawn. Whoever is quick leaves before what writes texts was fetched: plain JSON is
 * written without it.
 */
function inWords(document: Document): Document {
  if (document.text.unread !== undefined) return document;
  return textsAtHand()?.settled(document) ?? documentOf(document.definition, document.layout);
}

export function dropDraft(flowId: string) {
  localStorage.removeItem(keyOf(flowId));
}

/** The draft of a flow, if this browser keeps one. */
export function draftOf(flowId: string): Draft | undefined {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(keyOf(flowId)) ?? 'null');
    return isDraft(kept) ? kept : undefined;
  } catch {
    return undefined;
  }
}

/** The document that a draft holds, on top of the one that it was drawn from. */
export async function documentFrom(draft: Draft, base: Document): Promise<Document> {
  const { opened, typed } = await fetchTexts();
  const document = opened(draft.source, draft.format, draft.layout);
  if (document !== undefined) return document;
  const { source: readable } = base.text;
  return typed({ ...base, layout: draft.layout, text: { ...base.text, source: readable } }, draft.source);
}

/** Anything may stand in the browser's storage: a draft of another make is none. */
function isDraft(kept: unknown): kept is Draft {
  if (typeof kept !== 'object' || kept === null) return false;
  const { base, source, format, layout, at } = kept as Partial<Record<string, unknown>>;
  const isKnown = format === 'json' || format === 'yaml';
  return [base, at].every(Number.isFinite) && typeof source === 'string' && isKnown && isLayout(layout);
}

function isLayout(layout: unknown): layout is Layout {
  if (typeof layout !== 'object' || layout === null) return false;
  return Object.values(layout).every((at) => Number.isFinite(at?.x) && Number.isFinite(at?.y));
}
