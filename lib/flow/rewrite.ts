import type { Json } from '@/lib/expression/json';
import { endOf, rewriteBlockStyle } from './block-style';
import { indentation, rewriteCommaStyle } from './comma-style';
import { same } from './equal';
import { readJson } from './json-text';
import type { Definition } from './model';
import type { Format } from './parse';
import { print } from './print';
import { readYaml, withoutAliases } from './yaml-text';

/**
 * The text with its definition changed to another one. Only what differs is written anew, so that comments, blank lines
 * and the layout of the rest stay as people wrote them. A text that cannot be read is replaced as a whole.
 */
export function rewrite(text: string, format: Format, definition: Definition | Json): string {
  // A Definition is JSON by construction; its interfaces only lack the index signature that says so.
  const next = definition as Json;
  const rewritten = format === 'json' ? rewriteJson(text, next) : rewriteAnyYaml(text, next);
  return rewritten ?? print(next, format);
}

/** A change inside of what aliases repeat would change all of it: then each has a copy of its own first. */
function rewriteAnyYaml(text: string, next: Json): string | undefined {
  const rewritten = rewriteYaml(text, next);
  if (rewritten !== undefined || !readYaml(text).ok) return rewritten;
  const unfolded = withoutAliases(text);
  return unfolded === text ? undefined : rewriteYaml(unfolded, next);
}

function rewriteJson(text: string, next: Json): string | undefined {
  const read = readJson(text);
  if (!read.ok || read.repeated.length > 0) return undefined;
  const source = { text, unit: indentation(text) };
  const body = rewriteCommaStyle(source, read.root, { old: read.value, next });
  const rewritten = text.slice(0, read.root.start) + body + text.slice(read.root.end);
  const again = readJson(rewritten);
  return again.ok && same(again.value, next) ? rewritten : undefined;
}

function rewriteYaml(text: string, next: Json): string | undefined {
  const read = readYaml(text);
  if (!read.ok) return undefined;
  const body = rewriteBlockStyle(text, read.root, { old: read.value, next });
  if (body === undefined) return undefined;
  const rewritten = text.slice(0, read.root.start) + body + text.slice(endOf(text, read.root));
  const again = readYaml(rewritten);
  return again.ok && same(again.value, next) ? rewritten : undefined;
}
