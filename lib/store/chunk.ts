import type { Event } from '@/lib/engine/event';
import type { Json } from '@/lib/expression/json';
import { readStored, textOf, type ValueText } from './value-text';

/**
 * How the events of one turn are written: one JSON text
 *
 *     {"at": 1790000000000, "v": [value, …], "h": [hash, …], "e": [event, …]}
 *
 * J1 An event's id is not written: the row holds the last one, and ids have no gaps.
 * J2 `previous` is written where it is not the id before, `at` where it differs from the chunk's (as the difference).
 * J3 Values (inputs, outputs, parameters, assigned variables) are numbers: 0, 1, … into `v`, -1, -2, … into `h`. Equal values
 *    of a chunk are written once; big ones are in the value table by their hash.
 * J4 Frequent names, and frequent types of events, are one letter. Letters are only ever added, and what has none is written in
 *    full, so what was written once can always be read.
 * J13 An event of a frequent type is a list: its letter, then what such events always have, in order, then an object of the rest
 *    where there is a rest. All others are objects, and so were these once.
 */
const letters: Readonly<Record<string, string>> = {
  type: 'e',
  previous: 'p',
  at: 'd',
  step: 's',
  attempt: 'a',
  state: 'n',
  stateType: 't',
  index: 'x',
  next: 'g',
  parent: 'u',
  resource: 'r',
};
const valueLetters: Readonly<Record<string, string>> = {
  input: 'I',
  output: 'O',
  parameters: 'P',
  assigned: 'A',
  items: 'J',
  before: 'B',
  restored: 'R',
};
const typeLetters: Readonly<Record<string, string>> = {
  StateEntered: 'I',
  StateExited: 'X',
  TaskScheduled: 'S',
  TaskStarted: 'B',
  TaskSucceeded: 'T',
  MapIterationStarted: 'M',
  MapIterationSucceeded: 'N',
};
/** J13 What events of these types always have, in this order. It never changes: what is written is read by it. */
const usualNames: Readonly<Record<string, readonly string[]>> = {
  StateEntered: ['state', 'stateType', 'input'],
  StateExited: ['step', 'state', 'stateType', 'output'],
  TaskScheduled: ['step', 'attempt', 'resource', 'parameters'],
  TaskStarted: ['step', 'attempt'],
  TaskSucceeded: ['step', 'attempt', 'output'],
  MapIterationStarted: ['step', 'index'],
  MapIterationSucceeded: ['step', 'index'],
};
const types = new Map(Object.entries(typeLetters).map(([type, letter]) => [letter, type]));
const names = new Map(Object.entries(letters).map(([name, letter]) => [letter, name]));
const valueNames = new Map(Object.entries(valueLetters).map(([name, letter]) => [letter, name]));
const headNames = new Set(['id', 'previous', 'at', 'type']);
const keyTexts = new Map<string, string>();

export interface EncodedChunk {
  readonly lastEvent: number;
  readonly text: string;
  /** Big values that the journal does not hold for this execution yet. */
  readonly fresh: readonly ValueText[];
}

/** Writes the events of one turn (at least one) as a chunk. */
export function encodeChunk(executionId: string, events: readonly Event[]): EncodedChunk {
  const first = events[0];
  if (!first) throw new Error(`execution ${executionId}: a turn without events is not written`);
  const values = new ValueList(executionId);
  let list = '';
  for (const event of events) list += `${list === '' ? '' : ','}${eventText(event, first.at, values)}`;
  const lastEvent = first.id + events.length - 1;
  return { lastEvent, text: `{"at":${first.at}${values.text()},"e":[${list}]}`, fresh: values.fresh };
}

function eventText(event: Event, at: number, values: ValueList): string {
  let place = '';
  if (event.previous !== event.id - 1) place += `,"p":${event.previous}`;
  if (event.at !== at) place += `,"d":${event.at - at}`;
  // An event is a plain object; its own names are all that is written.
  const fields = event as unknown as Readonly<Record<string, Json | undefined>>;
  return listText(event.type, fields, place, values) ?? objectText(event.type, fields, place, values);
}

type Fields = Readonly<Record<string, Json | undefined>>;

/** Undefined where the event has not all that its type usually has, in the usual order. */
function listText(type: string, fields: Fields, place: string, values: ValueList): string | undefined {
  const layout = layouts.get(type);
  if (!layout) return undefined;
  let list = layout.opening;
  let rest = place;
  let next = 0;
  for (const name in fields) {
    const value = fields[name];
    const field = layout.fields[next];
    if (field?.name === name && value !== undefined) {
      list += `,${valueText(field, value, values)}`;
      next += 1;
    } else rest += fieldText(name, value, values);
  }
  if (next < layout.fields.length) return undefined;
  return rest === '' ? `${list}]` : `${list},{${rest.slice(1)}}]`;
}

function objectText(type: string, fields: Fields, place: string, values: ValueList): string {
  let text = `{"e":${quoted(typeLetters[type] ?? type)}${place}`;
  for (const name in fields) text += fieldText(name, fields[name], values);
  return `${text}}`;
}

/** With the comma before it; empty for what is written otherwise. */
function fieldText(name: string, value: Json | undefined, values: ValueList): string {
  if (value === undefined) return '';
  const field = fieldNames.get(name) ?? newField(name);
  return field.kind === 'head' ? '' : field.key + valueText(field, value, values);
}

function valueText({ kind }: Field, value: Json, values: ValueList): string | number {
  return kind === 'value' ? values.place(value) : plainText(value);
}

function plainText(value: Json): string {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' ? quoted(value) : JSON.stringify(value);
}

interface Field {
  readonly name: string;
  /** As it is written before the field's value. */
  readonly key: string;
  /** `head` is written otherwise. */
  readonly kind: 'head' | 'value' | 'plain';
}

const fieldNames = new Map<string, Field>();

/** The engine's events have some dozens of names in all. */
function newField(name: string): Field {
  const letter = valueLetters[name] ?? letters[name] ?? name;
  const kind = headNames.has(name) ? 'head' : valueLetters[name] === undefined ? 'plain' : 'value';
  const field: Field = { name, key: `,${JSON.stringify(letter)}:`, kind };
  fieldNames.set(name, field);
  return field;
}

interface Layout {
  readonly opening: string;
  readonly fields: readonly Field[];
}

const layouts = new Map<string, Layout>();
for (const [type, names] of Object.entries(usualNames))
  layouts.set(type, { opening: `["${typeLetters[type]}"`, fields: names.map(newField) });

/** Names of states, types and fields come again and again: their JSON text is kept. */
function quoted(name: string): string {
  const before = keyTexts.get(name);
  if (before !== undefined) return before;
  const text = JSON.stringify(name);
  if (name.length > 80) return text;
  if (keyTexts.size >= 10_000) keyTexts.clear();
  keyTexts.set(name, text);
  return text;
}

/** The values of one chunk, each once (J3). */
class ValueList {
  readonly fresh: ValueText[] = [];
  private readonly executionId: string;
  private readonly inline: string[] = [];
  private readonly hashes: string[] = [];
  private readonly places = new Map<string, number>();
  private lastValue: Json | undefined;
  private lastPlace = 0;

  constructor(executionId: string) {
    this.executionId = executionId;
  }

  place(value: Json): number {
    // What one state puts out is what the next one takes in, nearly always.
    if (value === this.lastValue && typeof value === 'object') return this.lastPlace;
    const text = textOf(value);
    const place = this.places.get(text.hash ?? text.json) ?? this.add(text);
    this.lastValue = value;
    this.lastPlace = place;
    return place;
  }

  text(): string {
    const inline = this.inline.length > 0 ? `,"v":[${this.inline.join(',')}]` : '';
    return this.hashes.length > 0 ? `${inline},"h":["${this.hashes.join('","')}"]` : inline;
  }

  private add(text: ValueText): number {
    const place = text.hash === undefined ? this.inline.push(text.json) - 1 : -this.hashes.push(text.hash);
    if (text.hash !== undefined && text.storedFor !== this.executionId) this.fresh.push(text);
    this.places.set(text.hash ?? text.json, place);
    return place;
  }
}

/** A chunk as it is read back: parsed, with the hashes of the big values that it needs. */
export interface ParsedChunk {
  readonly lastEvent: number;
  readonly at: number;
  readonly v?: readonly Json[];
  readonly h?: readonly string[];
  readonly e: readonly (Written | readonly Json[])[];
}

type Written = Readonly<Record<string, Json>>;

export function parseChunk(lastEvent: number, text: string): ParsedChunk {
  return { lastEvent, ...JSON.parse(text) };
}

/** The events of a chunk. `stored` gives the text of each big value; one that is missing is corruption and throws. */
export function decodeChunk(
  executionId: string,
  chunk: ParsedChunk,
  stored: ReadonlyMap<string, string>,
): Event[] {
  const big = (chunk.h ?? []).map((hash) => {
    const json = stored.get(hash);
    if (json === undefined) throw new Error(`execution ${executionId}: its journal lacks the value ${hash}`);
    return readStored(json, hash, executionId);
  });
  const valueAt = (place: Json): Json | undefined =>
    typeof place !== 'number' ? undefined : place < 0 ? big[-place - 1] : chunk.v?.[place];
  const firstId = chunk.lastEvent - chunk.e.length + 1;
  return chunk.e.map((entry, index) => {
    const written = isList(entry) ? asObject(entry) : entry;
    return eventOf(written, { id: firstId + index, at: chunk.at, valueAt });
  });
}

interface Reading {
  readonly id: number;
  /** Of the chunk. */
  readonly at: number;
  readonly valueAt: (place: Json) => Json | undefined;
}

function eventOf({ e: type, p: previous, d: later, ...rest }: Written, { id, at, valueAt }: Reading): Event {
  const event: Record<string, Json | undefined> = {
    id,
    previous: previous ?? id - 1,
    at: at + (typeof later === 'number' ? later : 0),
    type: typeRead(type),
  };
  for (const letter in rest) {
    const valueName = valueNames.get(letter);
    if (valueName === undefined) event[names.get(letter) ?? letter] = rest[letter];
    else event[valueName] = valueAt(rest[letter] ?? null);
  }
  // encodeChunk takes nothing but events, and J1–J4 and J13 lose nothing of them.
  return event as unknown as Event;
}

function isList(written: Written | readonly Json[]): written is readonly Json[] {
  return Array.isArray(written);
}

/** J13 */
function asObject([letter, ...values]: readonly Json[]): Written {
  const usual = usualNames[types.get(String(letter)) ?? ''] ?? [];
  const written: Record<string, Json> = { e: letter ?? '' };
  for (const [at, name] of usual.entries())
    written[valueLetters[name] ?? letters[name] ?? name] = values[at] ?? null;
  return Object.assign(written, values[usual.length]);
}

function typeRead(written: Json | undefined): Json | undefined {
  return typeof written === 'string' ? (types.get(written) ?? written) : written;
}
