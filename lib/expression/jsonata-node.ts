/** A node of the interpreter's tree, whose fields depend on its type; the tree has no types of its own to trust. */
export type Node = { readonly [field: string]: unknown };

export function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
