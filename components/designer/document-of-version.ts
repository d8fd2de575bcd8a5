import type { Version } from '@/lib/api/resources';
import { type Document, savedDocument } from '@/lib/editor/document';
import type { Definition } from '@/lib/flow/model';

/** A saved version, ready to be looked at and edited. */
export function documentOfVersion({ definition, layout, source, format }: Version): Document {
  // The cast holds because only definitions that the server's check let through are saved.
  return savedDocument(definition as unknown as Definition, layout, { source, format });
}
