import type { Operator } from './event';

/** Who asked for a change by hand, and why, as an event holds it. */
export function operatorOf({ by, why }: Operator): Operator {
  return { ...(by === undefined ? {} : { by }), ...(why === undefined ? {} : { why }) };
}

/** An execution that had ended takes up room again, and may have to wait for it. */
export function queueing({ full }: { readonly full?: boolean }): { queued?: true } {
  return full === true ? { queued: true } : {};
}
