import type { Json } from '@/lib/expression/json';
import type { Fix } from '@/lib/flow/problem';
import { blankState, type Kind, nameFor } from './blank';
import type { Document, Edited } from './document';
import { freeName, namesIn } from './names';
import { languageOf, placed, type Spot } from './place';
import { definitionOf, replaceAt, treeOf } from './tree';

/** Adds a new state of a kind at a spot and selects it. */
export function add(document: Document, spot: Spot, kind: Kind): Edited {
  const name = freeName(nameFor(kind), namesIn(document.definition));
  return placed(document, spot, name, blankState(kind, languageOf(document.definition)));
}

/** Changes one field of the definition, by its pointer; undefined removes it. */
export function setField(document: Document, pointer: string, value: Json | undefined): Edited {
  const tree = replaceAt(treeOf(document.definition), pointer, value);
  if (tree === treeOf(document.definition)) return { ok: true, document };
  return { ok: true, document: { ...document, definition: definitionOf(tree) } };
}

/** Makes the change that mends a problem. */
export function applyFix(document: Document, fix: Fix): Edited {
  return setField(document, fix.pointer, fix.value);
}
