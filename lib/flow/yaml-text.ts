import {
  type Alias,
  type Document,
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  type Pair,
  parseDocument,
  visit,
  type YAMLMap,
} from 'yaml';
import { isObject, type Json } from '@/lib/expression/json';
import { put } from './json-text';
import { maxDepth, maxValues } from './limits';
import type { Place } from './positions';

/** Something to say about a stretch of a YAML text. */
export interface Remark {
  readonly message: string;
  readonly start: number;
  readonly end: number;
}

export type YamlRead =
  | { readonly ok: true; readonly value: Json; readonly root: Place; readonly remarks: readonly Remark[] }
  | { readonly ok: false; readonly problems: readonly Remark[] };

/** The YAML document with its comments and layout, for reading and for changing in place. */
function yamlDocument(text: string): Document.Parsed {
  return parseDocument(text, { version: '1.2', schema: 'core', uniqueKeys: false, prettyErrors: false });
}

/**
 * Reads YAML 1.2 whose values are JSON's; anchors, aliases and merge keys (`<<`) are unfolded. The texts read last are
 * remembered: an edit reads the text that the edit before it has checked.
 */
export function readYaml(text: string): YamlRead {
  const known = lastReads.find((read) => read.text === text);
  if (known !== undefined) return known.read;
  const read = readAnew(text);
  lastReads.unshift({ text, read });
  lastReads.length = Math.min(lastReads.length, 2);
  return read;
}

const lastReads: { readonly text: string; readonly read: YamlRead }[] = [];

function readAnew(text: string): YamlRead {
  const document = openDocument(text);
  if (document === 'too deep') return { ok: false, problems: [{ message: tooDeep, start: 0, end: 1 }] };
  if (document.errors.some(({ message }) => message.includes('call stack')))
    return { ok: false, problems: [{ message: tooDeep, start: 0, end: 1 }] };
  if (document.errors.length > 0)
    return { ok: false, problems: firstOfEachLine(text, document.errors.map(remark)) };
  const reader = new Reader();
  const read = reader.value(document.contents, 0);
  if (reader.problems.length > 0) return { ok: false, problems: reader.problems };
  return { ok: true, ...read, remarks: [...document.warnings.map(remark), ...reader.repeated] };
}

const tooDeep = `Nested more than ${maxDepth} levels deep`;

/** The library composes nodes by recursion, so a hostile text can exhaust the stack; that is a depth limit too. */
function openDocument(text: string): Document.Parsed | 'too deep' {
  try {
    return yamlDocument(text);
  } catch (error) {
    if (error instanceof RangeError) return 'too deep';
    throw error;
  }
}

function remark(error: { readonly message: string; readonly pos: readonly [number, number] }): Remark {
  return { message: plainWords(error.message), start: error.pos[0], end: error.pos[1] };
}

/** YAML takes the brace for the begin of a map and does not know what the percent sign is for. */
function plainWords(message: string): string {
  if (!message.startsWith('Plain value cannot start with directive indicator character %')) return message;
  return "In YAML an expression must stand in quotes: '{% … %}'";
}

/** The text with a copy in the place of each alias, in flow style: it says the same, and each copy can be changed alone. */
export function withoutAliases(text: string): string {
  const document = openDocument(text);
  if (document === 'too deep' || document.errors.length > 0) return text;
  const found: { start: number; end: number; copy: string }[] = [];
  visit(document, {
    Alias: (key, node) => {
      const [start, end] = node.range ?? [];
      const target = node.resolve(document);
      if (key !== 'key' && start !== undefined && end !== undefined && target !== undefined)
        found.push({ start, end, copy: JSON.stringify(target.toJS(document)) });
    },
  });
  let unfolded = text;
  for (const { start, end, copy } of found.toReversed())
    unfolded = unfolded.slice(0, start) + copy + unfolded.slice(end);
  return unfolded;
}

/** One mistake makes the library stumble several times: at most five lines, and each one's first error, are told. */
function firstOfEachLine(text: string, remarks: readonly Remark[]): readonly Remark[] {
  const lines = new Map<number, Remark>();
  for (const one of remarks.toReversed()) lines.set(text.lastIndexOf('\n', one.start), one);
  return [...lines.values()].reverse().slice(0, 5);
}

interface Read {
  readonly value: Json;
  readonly root: Place;
}
type Key = { readonly start: number; readonly end: number } | undefined;

class Reader {
  readonly problems: Remark[] = [];
  readonly repeated: Remark[] = [];
  /** The nodes by their anchors, as far as the document has been read: an alias means the last one before it. */
  private readonly anchors = new Map<string, unknown>();
  /** What anchors stand for, and how many values that is: an alias counts as all that it unfolds to. */
  private readonly unfolded = new Map<unknown, { readonly value: Json; readonly values: number }>();
  private values = 0;

  value(node: unknown, depth: number, key?: Key): Read {
    this.values += 1;
    if (this.values > maxValues) return this.refuse(node, `Unfolds to more than ${maxValues} values`, key);
    if (depth > maxDepth) return this.refuse(node, tooDeep, key);
    if (isAlias(node)) return this.alias(node, depth, key);
    if (isNode(node) && node.anchor !== undefined) this.anchors.set(node.anchor, node);
    if (isMap(node)) return this.map(node, depth, key);
    if (isSeq(node)) return this.sequence(node.items, depth, placeOf(node, key));
    return this.scalar(node, key);
  }

  private alias(node: Alias, depth: number, key: Key): Read {
    const target = this.anchors.get(node.source);
    if (target === undefined) return this.refuse(node, `There is no anchor "&${node.source}" above`, key);
    const known = this.unfolded.get(target);
    if (known !== undefined) {
      this.values += known.values;
      return { value: known.value, root: placeOf(node, key) };
    }
    const before = this.values;
    const { value } = this.value(target, depth + 1);
    this.unfolded.set(target, { value, values: this.values - before });
    return { value, root: placeOf(node, key) };
  }

  private map(node: YAMLMap, depth: number, key: Key): Read {
    const value: Record<string, Json> = {};
    const members = new Map<string, Place>();
    for (const pair of node.items) if (isMerge(pair)) this.merge(pair.value, { value, members }, depth);
    const own = new Set<string>();
    for (const pair of node.items) {
      if (isMerge(pair) || this.problems.length > 0) continue;
      const name = this.name(pair.key);
      const bounds = placeOf(pair.key, undefined);
      if (own.has(name)) this.repeated.push({ message: `The name "${name}" stands here twice`, ...bounds });
      own.add(name);
      const member = this.value(pair.value, depth + 1, bounds);
      put(value, name, member.value);
      members.set(name, member.root);
    }
    return { value, root: { ...placeOf(node, key), members } };
  }

  private merge(
    source: unknown,
    into: { value: Record<string, Json>; members: Map<string, Place> },
    depth: number,
  ) {
    const at = placeOf(source, undefined);
    const { value } = this.value(source, depth + 1);
    const layers: readonly Json[] = Array.isArray(value) ? value.toReversed() : [value];
    for (const layer of layers) {
      if (!isObject(layer)) {
        this.refuse(source, 'A merge key (<<) takes a map or a list of maps', undefined);
        return;
      }
      for (const [name, member] of Object.entries(layer)) {
        put(into.value, name, member);
        into.members.set(name, at);
      }
    }
  }

  private sequence(items: readonly unknown[], depth: number, place: Place): Read {
    const reads = items.map((item) => this.element(item, depth));
    return {
      value: reads.map((read) => read.value),
      root: { ...place, elements: reads.map((read) => read.root) },
    };
  }

  private element(item: unknown, depth: number): Read {
    if (this.problems.length > 0) return { value: null, root: placeOf(item, undefined) };
    return this.value(item, depth + 1);
  }

  private scalar(node: unknown, key: Key): Read {
    const value: unknown = isScalar(node) ? node.value : null;
    if (value === null || typeof value === 'string' || typeof value === 'boolean')
      return { value, root: placeOf(node, key) };
    if (typeof value === 'number' && Number.isFinite(value)) return { value, root: placeOf(node, key) };
    return this.refuse(
      node,
      'JSON has no such value: use a string, a finite number, true, false or null',
      key,
    );
  }

  private name(node: unknown): string {
    const value: unknown = isScalar(node) ? (node.source ?? node.value) : node;
    if (typeof value === 'string') return value;
    if (value === null) return '';
    this.refuse(node, 'A name must be a plain string', undefined);
    return '';
  }

  private refuse(node: unknown, message: string, key: Key): Read {
    const root = placeOf(node, key);
    if (this.problems.length === 0) this.problems.push({ message, start: root.start, end: root.end });
    return { value: null, root };
  }
}

function isMerge(pair: Pair): boolean {
  return isScalar(pair.key) && pair.key.value === '<<' && pair.key.type === 'PLAIN';
}

function placeOf(node: unknown, key: Key): Place {
  const range = isScalar(node) || isMap(node) || isSeq(node) || isAlias(node) ? node.range : undefined;
  const start = range?.[0] ?? key?.end ?? 0;
  const bounds = { start, end: range?.[1] ?? start };
  return key === undefined ? bounds : { ...bounds, key: { start: key.start, end: key.end } };
}
