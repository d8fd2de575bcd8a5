/** Who sits at this browser, as they say themselves: it goes into the histories with what they do. Kept in this browser. */
const key = 'millrace.operator';

export function operatorName(): string {
  try {
    return localStorage.getItem(key) ?? '';
  } catch {
    return '';
  }
}

export function rememberOperator(name: string): void {
  try {
    localStorage.setItem(key, name);
  } catch {
    // A full or forbidden storage only costs the convenience.
  }
}

/** Who does it and why, as far as they have said so. */
export function signed(why?: string): { by?: string; why?: string } {
  const by = operatorName().trim();
  const said = why?.trim() ?? '';
  return { ...(by === '' ? {} : { by }), ...(said === '' ? {} : { why: said }) };
}
