import type { Document } from './document';

/** A document, and what was selected when it was left. */
interface Moment {
  readonly document: Document;
  readonly selection: readonly string[];
}

/**
 * H2 Undo keeps whole old documents; they share what did not change. Selection, viewport and measurements are no
 * edits and never come here.
 */
export interface History {
  readonly present: Document;
  readonly past: readonly Moment[];
  readonly future: readonly Moment[];
  /** What the last edit belongs to, so that the next letter typed into the same field joins it. */
  readonly gesture: Gesture | undefined;
}

export interface Gesture {
  /** What is being changed: `/States/Pay/Comment`. */
  readonly key: string;
  /** When, in milliseconds. */
  readonly at: number;
}

const pauseMs = 1500;
const depth = 500;

export function historyOf(document: Document): History {
  return { present: document, past: [], future: [], gesture: undefined };
}

/** H3 The history after an edit. Edits with the same gesture key and no pause between them are undone as one. */
export function edited(
  history: History,
  document: Document,
  { selection, gesture }: { readonly selection: readonly string[]; readonly gesture?: Gesture },
): History {
  if (document === history.present) return history;
  const joins = gesture !== undefined && isContinued(history.gesture, gesture);
  const past = joins
    ? history.past
    : [...history.past.slice(1 - depth), { document: history.present, selection }];
  return { present: document, past, future: [], gesture };
}

function isContinued(before: Gesture | undefined, now: Gesture): boolean {
  return before !== undefined && before.key === now.key && now.at - before.at < pauseMs;
}

/** A document that took the present one's place without being an edit: its text was brought into step. */
export function inStep(history: History, document: Document): History {
  return document === history.present ? history : { ...history, present: document };
}

/** Ends the gesture: what is typed next is undone by itself. */
export function gestureEnded(history: History): History {
  return history.gesture === undefined ? history : { ...history, gesture: undefined };
}

/** The history one edit back, and what was selected then; undefined where there is none. */
export function undone(history: History, selection: readonly string[]): Step | undefined {
  const last = history.past.at(-1);
  if (last === undefined) return undefined;
  const future = [{ document: history.present, selection }, ...history.future];
  return {
    history: { present: last.document, past: history.past.slice(0, -1), future, gesture: undefined },
    selection: last.selection,
  };
}

/** The history one undone edit forward; undefined where there is none. */
export function redone(history: History, selection: readonly string[]): Step | undefined {
  const [next, ...future] = history.future;
  if (next === undefined) return undefined;
  const past = [...history.past, { document: history.present, selection }];
  return { history: { present: next.document, past, future, gesture: undefined }, selection: next.selection };
}

export interface Step {
  readonly history: History;
  readonly selection: readonly string[];
}
