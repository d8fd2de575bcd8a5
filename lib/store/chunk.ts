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
  let text = `{"e":${quoted(typeLetters[event.type] ?? event.type)}`;
  if (event.previous !== event.id - 1) text += `,"p":${event.previous}`;
  if (event.at !== at) text += `,"d":${event.at - at}`;
  // An event is a plain object; its own names are all that is written.
  const fields = event as unknown as Readonly<Record<string, Json | undefined>>;
  for (const name in fields) {
    const value = fields[name];
    if (value === undefined) continue;
    const { key, kind } = fieldNames.get(name) ?? newField(name);
    if (kind === 'value') text += key + values.place(value);
    else if (kind === 'plain') text += key + plainText(value);
  }
  return `${text}}`;
}

function plainText(value: Json): string {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' ? quoted(value) : JSON.stringify(value);
}

interface Field {
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
  const field: Field = { key: `,${JSON.stringify(letter)}:`, kind };
  fieldNames.set(name, field);
  return field;
}

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
  readonly e: readonly Readonly<Record<string, Json>>[];
}

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
  return chunk.e.map((written, index) => {
    const id = firstId + index;
    const { e: type, p: previous, d: later, ...rest } = written;
    const event: Record<string, Json | undefined> = {
      id,
      previous: previous ?? id - 1,
      at: chunk.at + (typeof later === 'number' ? later : 0),
      type: typeRead(type),
    };
    for (const letter in rest) {
      const valueName = valueNames.get(letter);
      if (valueName === undefined) event[names.get(letter) ?? letter] = rest[letter];
      else event[valueName] = valueAt(rest[letter] ?? null);
    }
    // encodeChunk takes nothing but events, and J1–J4 lose nothing of them.
    return event as unknown as Event;
  });
}

function typeRead(written: Json | undefined): Json | undefined {
  return typeof written === 'string' ? (types.get(written) ?? written) : written;
}
