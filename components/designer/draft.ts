import { z } from 'zod';
import { Layout } from '@/lib/api/resources';
import { type Document, opened, settled, typed } from '@/lib/editor/document';

/** What was drawn and not saved, kept in this browser until it is saved or thrown away. */
const Draft = z.object({
  /** The version that it goes on from. */
  base: z.number(),
  source: z.string(),
  format: z.enum(['json', 'yaml']),
  layout: Layout,
  at: z.number(),
});
export type Draft = z.infer<typeof Draft>;

function keyOf(flowId: string) {
  return `millrace.draft.${flowId}`;
}

/** Keeps a document; where the browser has no room for it, the next save is what keeps it. */
export function keepDraft(flowId: string, document: Document, base: number) {
  const { text, layout } = document.text.unread === undefined ? settled(document) : document;
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

export function dropDraft(flowId: string) {
  localStorage.removeItem(keyOf(flowId));
}

/** The draft of a flow, if this browser keeps one. */
export function draftOf(flowId: string): Draft | undefined {
  try {
    return Draft.parse(JSON.parse(localStorage.getItem(keyOf(flowId)) ?? 'null'));
  } catch {
    return undefined;
  }
}

/** The document that a draft holds, on top of the one that it was drawn from. */
export function documentFrom(draft: Draft, base: Document): Document {
  const document = opened(draft.source, draft.format, draft.layout);
  if (document !== undefined) return document;
  const { source: readable } = base.text;
  return typed({ ...base, layout: draft.layout, text: { ...base.text, source: readable } }, draft.source);
}
