import type { Json } from '@/lib/expression/json';

/** The value of a text that is JSON, undefined for any other text: a cause may be either. */
export function jsonOf(text: string): Json | undefined {
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    // A cause that only begins like JSON is shown as the text it is.
    return undefined;
  }
}
