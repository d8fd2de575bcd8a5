/** Longest definition text that is read, in UTF-16 units; AWS stops at 1 MiB. */
export const maxLength = 2 * 1024 * 1024;
/** How deep a definition may nest; a machine within a machine takes about four levels. */
export const maxDepth = 200;
/** How many values a YAML text may unfold to, its aliases included. */
export const maxValues = 1_000_000;
