/** A definition (or any JSON value) as a JSON text, laid out for reading; ends with a line break. */
export function printJson(definition: object | string | number | boolean | null): string {
  return `${JSON.stringify(definition, null, 2)}\n`;
}
