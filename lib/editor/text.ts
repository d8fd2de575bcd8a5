import { type Format, parse } from '@/lib/flow/parse';
import { print } from '@/lib/flow/print';
import { rewrite } from '@/lib/flow/rewrite';
import type { Document, Layout } from './document';

/** The text of a document: read, kept in step, and written in another format. Drawing a flow needs none of it. */

/** The document of a text, or undefined where it has not the outline of a definition. */
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

/** The document with its text in another format. */
export function inFormat(document: Document, format: Format): Document {
  if (document.text.format === format) return document;
  const { definition } = document;
  return { ...document, text: { source: print(definition, format), format, says: definition } };
}

function readableText({ text }: Document): string {
  return text.unread?.readable ?? text.source;
}
