import { stringify } from 'yaml';
import type { Json } from '@/lib/expression/json';
import type { Format } from './parse';
import { printJson } from './print-json';

/** A definition (or any JSON value) as text, laid out for reading; ends with a line break. */
export function print(definition: Json | object, format: Format): string {
  if (format === 'json') return printJson(definition);
  return stringify(definition, {
    version: '1.2',
    schema: 'core',
    lineWidth: 0,
    aliasDuplicateObjects: false,
  });
}
