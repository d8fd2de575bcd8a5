import { isObject, type Json, type JsonObject } from '@/lib/expression/json';
import { ExpressionSyntaxError } from '@/lib/expression/syntax';
import { put } from '../json-text';
import { child } from '../pointer';
import type { Desk } from './desk';
import type { Expression } from './expression-model';
import { objectText, type Setting, toCondition, toJsonata, toText, toValue } from './expression-print';
import { parseFdlExpression } from './expression-syntax';

/** Constructors and parameters of FDL: literal maps in which a key that ends in `.$` holds an expression. */

/** How FDL's variables are written at a place, once it is known where problems go. */
export type Variables = Setting['variable'];

/** A place in the FDL document, and what its expressions may look at. */
export interface Spot {
  readonly desk: Desk;
  readonly pointer: string;
  readonly variables: Variables;
}

export function at(spot: Spot, key: string | number): Spot {
  return { ...spot, pointer: child(spot.pointer, key) };
}

/** The template as ASL with JSONata has it: `{"a.$": "$Input.b"}` becomes `{"a": "{% $states.input.b %}"}`. */
export function templateOf(value: Json, spot: Spot): Json {
  return convert(value, spot, {
    literal: plain,
    object: (members) => {
      const object: Record<string, Json> = {};
      for (const [name, member] of members) put(object, name, member);
      return object;
    },
    list: (items) => items,
    expression: delimited,
  });
}

/** The template as the text of one JSONata expression. */
export function templateText(value: Json, spot: Spot): string {
  return convert(value, spot, {
    literal: (literal) => JSON.stringify(literal),
    object: objectText,
    list: (items) => `[${items.join(', ')}]`,
    expression: (text) => text,
  });
}

/** A string that is an expression as a whole, as the text of a JSONata expression. */
export function expressionText(value: Json, spot: Spot): string {
  return read(value, spot, toJsonata);
}

/** The same for a value that something must come of: what is missing becomes null. */
export function valueText(value: Json, spot: Spot): string {
  return read(value, spot, toValue);
}

/** The same for a text: what is missing is empty. */
export function stringText(value: Json, spot: Spot): string {
  return read(value, spot, toText);
}

export function conditionText(value: Json, spot: Spot): string {
  return read(value, spot, toCondition);
}

export function delimited(text: string): string {
  return `{% ${text} %}`;
}

/** A literal that stays one, even if it looks like an expression of JSONata. */
export function plain(value: Json): Json {
  return typeof value === 'string' && /\{%|%\}/.test(value) ? delimited(JSON.stringify(value)) : value;
}

interface Writing<T> {
  readonly literal: (value: Json) => T;
  readonly object: (members: readonly (readonly [string, T])[]) => T;
  readonly list: (items: readonly T[]) => T;
  readonly expression: (jsonata: string) => T;
}

function convert<T>(value: Json, spot: Spot, writing: Writing<T>): T {
  if (Array.isArray(value))
    return writing.list(value.map((item, index) => convert(item, at(spot, index), writing)));
  if (!isObject(value)) return writing.literal(value);
  return writing.object(
    Object.entries(value).map(([key, inner]) => member(key, inner, { spot: at(spot, key), writing })),
  );
}

function member<T>(
  key: string,
  value: Json,
  { spot, writing }: { spot: Spot; writing: Writing<T> },
): readonly [string, T] {
  if (!key.endsWith('.$')) return [key, convert(value, spot, writing)];
  const name = key.slice(0, -2);
  if (isObject(value)) return [name, lenient(value, spot, writing)];
  return [name, writing.expression(valueText(value, spot))];
}

/** Some flows put a map under a `.$` key; the strings in it that begin with `$` are meant as expressions. */
function lenient<T>(value: JsonObject, spot: Spot, writing: Writing<T>): T {
  spot.desk.changed(
    spot.pointer,
    'A map under a name that ends in ".$": the texts in it that begin with $ are evaluated',
  );
  return writing.object(
    Object.entries(value).map(([key, inner]) => {
      const inside = at(spot, key);
      if (typeof inner === 'string' && inner.startsWith('$'))
        return [key, writing.expression(valueText(inner, inside))];
      return [key, isObject(inner) ? lenient(inner, inside, writing) : convert(inner, inside, writing)];
    }),
  );
}

function read(value: Json, spot: Spot, print: (expression: Expression, setting: Setting) => string): string {
  const { desk, pointer, variables } = spot;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (typeof value !== 'string') {
    desk.lost(pointer, 'An expression must be a text: it becomes null');
    return 'null';
  }
  try {
    return print(parseFdlExpression(value), {
      variable: variables,
      lost: (message) => desk.lost(pointer, message),
      changed: (message) => desk.changed(pointer, message),
    });
  } catch (error) {
    if (!(error instanceof ExpressionSyntaxError)) throw error;
    desk.lost(pointer, `The expression cannot be read: ${error.message}; it becomes null`, error.column);
    return 'null';
  }
}
