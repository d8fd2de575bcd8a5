import { isObject, type Json, type JsonObject } from '@/lib/expression/json';

/** How lists are written in a form: `a[0]=1`, `a=1&a=2`, `a=1,2`, `a[]=1`, or not at all. */
export type ArrayFormat = 'INDICES' | 'REPEAT' | 'COMMAS' | 'BRACKETS' | 'NONE';

/** An object as the text of an HTML form (`application/x-www-form-urlencoded`). */
export function formText(value: JsonObject, arrays: ArrayFormat): string {
  const form = new URLSearchParams();
  for (const [name, member] of Object.entries(value)) append(form, name, member, arrays);
  return form.toString();
}

function append(form: URLSearchParams, name: string, value: Json, arrays: ArrayFormat): void {
  if (Array.isArray(value)) appendList(form, name, value, arrays);
  else if (isObject(value))
    for (const [inner, member] of Object.entries(value)) append(form, `${name}[${inner}]`, member, arrays);
  else form.append(name, value === null ? '' : String(value));
}

function appendList(form: URLSearchParams, name: string, list: readonly Json[], arrays: ArrayFormat): void {
  switch (arrays) {
    case 'INDICES':
      for (const [index, item] of list.entries()) append(form, `${name}[${index}]`, item, arrays);
      return;
    case 'REPEAT':
      for (const item of list) append(form, name, item, arrays);
      return;
    case 'BRACKETS':
      for (const item of list) append(form, `${name}[]`, item, arrays);
      return;
    case 'COMMAS':
      form.append(name, list.map((item) => (isObject(item) ? JSON.stringify(item) : String(item))).join(','));
      return;
    case 'NONE':
      form.append(name, JSON.stringify(list));
  }
}
