import type { Gestures } from '@/components/canvas/canvas-store';
import type { Kind } from '@/lib/editor/blank';
import { connect, reconnect } from '@/lib/editor/connect';
import { add } from '@/lib/editor/edit';
import { mayConnect } from '@/lib/editor/may';
import { move, setPositions } from '@/lib/editor/move';
import type { Spot } from '@/lib/editor/place';
import { lastOf } from '@/lib/editor/pointer';
import { tailOf } from '@/lib/editor/selection';
import { stateIn } from '@/lib/editor/tree';
import { documentIn, edit, machineInHand, type Session, want } from './session';

/** What the canvas lets a person do, as edits of the session's document. */
export function gesturesOf(session: Session): Gestures {
  return {
    pick: (spot, at) => session.setState({ picking: { spot, at } }),
    mayConnect: (from, to) => mayConnect(documentIn(session).definition, from, to) === undefined,
    connect: (from, to, exit) => edit(session, connect(documentIn(session), from, to, exit)),
    reconnect: (edge, to) => edit(session, reconnect(documentIn(session), edge, to)),
    putAt: (positions) => edit(session, setPositions(documentIn(session), positions)),
    moveTo: (states, spot) => edit(session, move(documentIn(session), states, spot)),
    open: (state) => want(session, state),
  };
}

/** Adds a state where the person is at work: after the selected one, in the selected branch, or at the flow's end. */
export function addHere(session: Session, kind: Kind) {
  edit(session, add(documentIn(session), spotInHand(session), kind));
}

export function addAt(session: Session, spot: Spot, kind: Kind) {
  edit(session, add(documentIn(session), spot, kind));
}

function spotInHand(session: Session): Spot {
  const state = session.getState();
  const { definition } = state.history.present;
  const [selected = ''] = state.selection;
  if (stateIn(definition, selected) !== undefined) return { at: 'after', state: selected };
  if (isTransition(selected)) return { at: 'edge', edge: selected };
  const machine = machineInHand(state);
  const tail = machine === '' ? tailOf(definition) : undefined;
  return tail === undefined ? { at: 'machine', machine } : { at: 'after', state: tail };
}

/** Whether a selected pointer names a transition. */
export function isTransition(pointer: string): boolean {
  return ['StartAt', 'Next', 'Default'].includes(lastOf(pointer)) && !/\/States\/[^/]+$/.test(pointer);
}
