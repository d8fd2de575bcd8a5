import type { CanvasHandle } from '@/components/canvas/Drawing';
import { removeBranch } from '@/lib/editor/branch';
import { setStart } from '@/lib/editor/connect';
import { copied, duplicate } from '@/lib/editor/fragment';
import { tidy } from '@/lib/editor/move';
import { removeEdge, removeStates } from '@/lib/editor/remove';
import { statesIn } from '@/lib/editor/selection';
import { stateIn } from '@/lib/editor/tree';
import { isTransition } from './gestures';
import type { Bench } from './SessionContext';
import { isUnsaved, refusalToSave, save } from './saving';
import { documentIn, edit, machineInHand, redo, type Session, showCode, undo, want } from './session';
import { openVersions } from './versions/address';

/** Where an action takes place. */
export interface Place extends Bench {
  readonly canvas: CanvasHandle | null;
}

export interface Action {
  readonly id: string;
  readonly label: string;
  /** `Ctrl Shift Z`, as `KeyboardEvent.key` names the last one; Ctrl is the command key on a Mac. */
  readonly keys?: string;
  /** Whether the keys work while the focus is in a text field. */
  readonly inFields?: boolean;
  readonly may: (session: Session) => boolean;
  readonly run: (place: Place) => void;
}

const always = () => true;
const hasSelection = (session: Session) => session.getState().selection.length > 0;
const hasState = (session: Session) => selectedStates(session).length > 0;

/** Everything that can be done in the designer by name: menu, command palette, buttons and keys all take it from here. */
export const actions: readonly Action[] = [
  {
    id: 'undo',
    label: 'Undo',
    keys: 'Ctrl Z',
    inFields: true,
    may: (session) => session.getState().history.past.length > 0,
    run: ({ session }) => undo(session),
  },
  {
    id: 'redo',
    label: 'Redo',
    keys: 'Ctrl Shift Z',
    inFields: true,
    may: (session) => session.getState().history.future.length > 0,
    run: ({ session }) => redo(session),
  },
  {
    id: 'save',
    label: 'Save a new version',
    keys: 'Ctrl S',
    inFields: true,
    may: always,
    run: (place) => void save(place),
  },
  {
    id: 'note',
    label: 'Save with a note…',
    keys: 'Ctrl Shift S',
    inFields: true,
    may: (session) => refusalToSave(session.getState()) === undefined && isUnsaved(session.getState()),
    run: ({ session }) => session.setState({ isNoteOpen: true }),
  },
  {
    id: 'versions',
    label: 'Versions',
    keys: 'V',
    may: always,
    run: ({ session }) => openVersions(session.getState().saved.number),
  },
  {
    id: 'run',
    label: 'Run…',
    keys: 'Ctrl Enter',
    inFields: true,
    may: always,
    run: ({ session }) => session.setState({ isRunOpen: true }),
  },
  {
    id: 'delete',
    label: 'Delete',
    keys: 'Delete',
    may: hasSelection,
    run: ({ session }) => deleteSelected(session),
  },
  {
    id: 'duplicate',
    label: 'Duplicate',
    keys: 'Ctrl D',
    may: hasState,
    run: ({ session }) => edit(session, duplicate(documentIn(session), selectedStates(session))),
  },
  {
    id: 'all',
    label: 'Select all',
    keys: 'Ctrl A',
    may: always,
    run: ({ session }) =>
      session.setState((state) => ({
        selection: statesIn(state.history.present.definition, machineInHand(state)),
      })),
  },
  {
    id: 'add',
    label: 'Add a state…',
    keys: 'A',
    may: always,
    run: ({ session }) => session.setState({ picking: { spot: spotAfter(session), at: middleOfScreen() } }),
  },
  {
    id: 'connect',
    label: 'Connect to…',
    keys: 'C',
    may: hasState,
    run: ({ session }) => session.setState({ isConnecting: true }),
  },
  {
    id: 'start',
    label: 'Start here',
    may: hasState,
    run: ({ session }) => edit(session, setStart(documentIn(session), selectedStates(session)[0] ?? '')),
  },
  {
    id: 'rename',
    label: 'Rename',
    keys: 'F2',
    may: hasState,
    run: ({ session }) => want(session, selectedStates(session)[0] ?? ''),
  },
  {
    id: 'tidy',
    label: 'Tidy up',
    keys: 'Shift T',
    may: (session) => Object.keys(documentIn(session).layout).length > 0,
    run: ({ session }) => edit(session, tidy(documentIn(session))),
  },
  { id: 'fit', label: 'Fit to view', keys: '1', may: always, run: ({ canvas }) => canvas?.fit() },
  {
    id: 'code',
    label: 'Show or hide the code',
    keys: 'Ctrl E',
    inFields: true,
    may: always,
    run: ({ session }) => void showCode(session, !session.getState().isCodeOpen),
  },
  {
    id: 'problems',
    label: 'Show or hide the problems',
    keys: 'Ctrl Shift M',
    inFields: true,
    may: always,
    run: ({ session }) => session.setState(({ areProblemsOpen }) => ({ areProblemsOpen: !areProblemsOpen })),
  },
];

export function actionNamed(id: string): Action {
  const action = actions.find((one) => one.id === id);
  if (action === undefined) throw new Error(`there is no action "${id}": it is missing from the table`);
  return action;
}

function selectedStates(session: Session): readonly string[] {
  const { selection, history } = session.getState();
  return selection.filter((pointer) => stateIn(history.present.definition, pointer) !== undefined);
}

function deleteSelected(session: Session) {
  const states = selectedStates(session);
  if (states.length > 0) return edit(session, removeStates(documentIn(session), states));
  const [first = ''] = session.getState().selection;
  if (isTransition(first)) return edit(session, removeEdge(documentIn(session), first));
  return edit(session, removeBranch(documentIn(session), first));
}

function spotAfter(session: Session) {
  const [state] = selectedStates(session);
  if (state !== undefined) return { at: 'after' as const, state };
  return { at: 'machine' as const, machine: machineInHand(session.getState()) };
}

function middleOfScreen() {
  return { x: window.innerWidth / 2, y: window.innerHeight / 3 };
}

/** What the clipboard gets for the selection; undefined where no state is selected. */
export function copiedText(session: Session): string | undefined {
  return copied(documentIn(session).definition, selectedStates(session));
}

/** Deletes what a cut has put on the clipboard. */
export function deleteAfterCut(session: Session) {
  deleteSelected(session);
}

/** Puts the states of a text into the machine in hand. */
export async function pasteText(session: Session, text: string) {
  const { paste } = await import('@/lib/editor/paste');
  edit(session, paste(documentIn(session), machineInHand(session.getState()), text));
}
