import { createStore, type StoreApi } from 'zustand';
import { toast } from '@/components/ui/toast';
import type { Document, Edited, Point } from '@/lib/editor/document';
import {
  edited,
  gestureEnded,
  type History,
  historyOf,
  inStep,
  redone,
  type Step,
  undone,
} from '@/lib/editor/history';
import type { Spot } from '@/lib/editor/place';
import { machineOf } from '@/lib/editor/pointer';
import { graphHas } from '@/lib/editor/selection';
import { locate, machineAt } from '@/lib/flow/graph';
import type { Problem } from '@/lib/flow/problem';
import { fetchTexts, texts } from './texts';

/** The newest version of the flow, as it was saved; number 0 before the first. */
interface Saved {
  readonly number: number;
  readonly document: Document;
}

/** One open designer: the document with its history (saved, undoable), and what is only looked at (not undoable). */
export interface SessionState {
  readonly history: History;
  /** Pointers of states, branches and transitions. */
  readonly selection: readonly string[];
  readonly saved: Saved;
  readonly problems: readonly Problem[];
  readonly isCodeOpen: boolean;
  readonly areProblemsOpen: boolean;
  readonly isRunOpen: boolean;
  /** Whether someone writes a note for the version to save. */
  readonly isNoteOpen: boolean;
  readonly isSaving: boolean;
  /** Where on the screen someone is asked which state to add, and to which spot it goes. */
  readonly picking: { readonly spot: Spot; readonly at: Point } | undefined;
  /** Whether someone chooses the state that the selected one is to lead to. */
  readonly isConnecting: boolean;
  /** The field that wants the keyboard's focus, by its pointer (a state's own for its name); once more with each `count`. */
  readonly wanted: { readonly pointer: string; readonly count: number } | undefined;
}

export type Session = StoreApi<SessionState>;

export function openSession(document: Document, number: number): Session {
  return createStore<SessionState>(() => ({
    history: historyOf(document),
    selection: [],
    saved: { number, document },
    problems: [],
    isCodeOpen: false,
    areProblemsOpen: false,
    isRunOpen: false,
    isNoteOpen: false,
    isSaving: false,
    picking: undefined,
    isConnecting: false,
    wanted: undefined,
  }));
}

export function documentIn(session: Session): Document {
  return session.getState().history.present;
}

/** Makes an edit, or says why it cannot be made. Edits with one gesture key are undone together. Returns whether it was made. */
export function edit(session: Session, made: Edited, gestureKey?: string): boolean {
  if (!made.ok) {
    toast.error(made.reason, { id: 'refused' });
    return false;
  }
  const { history, selection, isCodeOpen } = session.getState();
  const document = isCodeOpen ? texts().settled(made.document) : made.document;
  const gesture = gestureKey === undefined ? undefined : { key: gestureKey, at: Date.now() };
  const next = edited(history, document, gesture === undefined ? { selection } : { selection, gesture });
  session.setState({ history: next, selection: stillThere(document, made.select ?? selection) });
  return true;
}

/** What was typed into the code pane. */
export function typeText(session: Session, source: string) {
  edit(session, { ok: true, document: texts().typed(documentIn(session), source) }, 'text');
}

/** The next edit is undone by itself, even if it is of the same field. */
export function endGesture(session: Session) {
  session.setState(({ history }) => ({ history: gestureEnded(history) }));
}

export function undo(session: Session) {
  step(session, undone);
}

export function redo(session: Session) {
  step(session, redone);
}

function step(session: Session, take: (history: History, selection: readonly string[]) => Step | undefined) {
  const { history, selection, isCodeOpen } = session.getState();
  const taken = take(history, selection);
  if (taken === undefined) return;
  const { present } = taken.history;
  const shown = isCodeOpen ? inStep(taken.history, texts().settled(present)) : taken.history;
  session.setState({ history: shown, selection: stillThere(present, taken.selection) });
}

export function select(session: Session, selection: readonly string[]) {
  if (session.getState().selection !== selection) session.setState({ selection });
}

/** Opens or closes the code pane; its text then says what the canvas shows. */
export async function showCode(session: Session, isCodeOpen: boolean) {
  const { settled } = await fetchTexts();
  session.setState(({ history }) => ({
    isCodeOpen,
    history: isCodeOpen ? inStep(history, settled(history.present)) : history,
  }));
}

/** Brings the form of a state to the front, with the keyboard in the field at a pointer (a state's own: its name). */
export function want(session: Session, pointer: string) {
  const { history, wanted } = session.getState();
  const state = locate(history.present.definition, pointer)?.pointer;
  session.setState({
    wanted: { pointer, count: (wanted?.count ?? 0) + 1 },
    ...(state === undefined ? {} : { selection: [state] }),
  });
}

/** The machine that new and pasted states go into: the selected branch, that of the selected state, or the flow. */
export function machineInHand({ selection, history }: SessionState): string {
  const [first = ''] = selection;
  const { definition } = history.present;
  if (machineAt(definition, first) !== undefined) return first;
  const state = locate(definition, first)?.pointer;
  return state === undefined ? '' : machineOf(state);
}

function stillThere(document: Document, selection: readonly string[]): readonly string[] {
  return selection.every((pointer) => graphHas(document.definition, pointer))
    ? selection
    : selection.filter((pointer) => graphHas(document.definition, pointer));
}
