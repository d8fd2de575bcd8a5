/** JSON Pointers (RFC 6901): `/States/Pay/Next`; the empty string is the whole document. */

/** The pointer of a member or element of what `pointer` names. */
export function child(pointer: string, key: string | number): string {
  return `${pointer}/${typeof key === 'number' ? key : escapeToken(key)}`;
}

/** The keys on the way, from the root on; throws on text that is no pointer. */
export function tokens(pointer: string): readonly string[] {
  if (pointer === '') return [];
  if (!pointer.startsWith('/'))
    throw new Error(`"${pointer}" is no JSON Pointer: it must begin with a slash`);
  return pointer
    .slice(1)
    .split('/')
    .map((token) => (token.includes('~') ? token.replaceAll('~1', '/').replaceAll('~0', '~') : token));
}

/** The pointer of the object or array that holds what `pointer` names; undefined for the root. */
export function parent(pointer: string): string | undefined {
  const slash = pointer.lastIndexOf('/');
  return slash < 0 ? undefined : pointer.slice(0, slash);
}

function escapeToken(key: string): string {
  return key.includes('~') || key.includes('/') ? key.replaceAll('~', '~0').replaceAll('/', '~1') : key;
}
