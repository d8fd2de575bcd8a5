import { createContext, useContext } from 'react';
import { createStore, type StoreApi, useStore } from 'zustand';
import type { Exit } from '@/lib/editor/connect';
import type { Layout, Point } from '@/lib/editor/document';
import type { Spot } from '@/lib/editor/place';
import type { Scene } from '@/lib/editor/target';
import type { Overlay } from './overlay';

/** What may be done on a canvas; a canvas without gestures only shows. Pointers name states, machines and edges. */
export interface Gestures {
  /** Asks which state to add at a spot; `at` is where on the screen. */
  pick(spot: Spot, at: Point): void;
  mayConnect(from: string, to: string): boolean;
  connect(from: string, to: string, exit: Exit): void;
  reconnect(edge: string, to: string): void;
  /** States were dragged within their machine: where each of its states now stands. */
  putAt(positions: Layout): void;
  /** States were dragged elsewhere. */
  moveTo(states: readonly string[], spot: Spot): void;
  /** A state was double-clicked: its form is wanted. */
  open(state: string): void;
}

/** Worse first. */
export type Mark = 'error' | 'warning';

export interface CanvasState {
  readonly scene: Scene;
  /** Whether the scene stands in plain rows until the layout worker has answered. */
  readonly isProvisional: boolean;
  /** Containers that are folded. */
  readonly folded: ReadonlySet<string>;
  /** Where what is being dragged would go. */
  readonly drop: Spot | undefined;
  /** Problems of states and edges, by pointer. */
  readonly marks: ReadonlyMap<string, Mark>;
  readonly overlay: Overlay | undefined;
  readonly gestures: Gestures | undefined;
}

export type CanvasStore = StoreApi<CanvasState>;

const emptyScene: Scene = {
  graph: { machines: new Map(), states: new Map(), edges: new Map() },
  arrangement: { boxes: new Map(), ways: new Map(), labels: new Map(), pending: [] },
};

export function createCanvasStore(): CanvasStore {
  return createStore<CanvasState>(() => ({
    scene: emptyScene,
    isProvisional: false,
    folded: new Set(),
    drop: undefined,
    marks: new Map(),
    overlay: undefined,
    gestures: undefined,
  }));
}

export const CanvasContext = createContext<CanvasStore | undefined>(undefined);

export function useCanvasStore(): CanvasStore {
  const store = useContext(CanvasContext);
  if (store === undefined) throw new Error('this component is drawn outside of a FlowCanvas');
  return store;
}

/** One slice of the canvas's state; components take what belongs to their own pointer. */
export function useCanvas<Slice>(slice: (state: CanvasState) => Slice): Slice {
  return useStore(useCanvasStore(), slice);
}

/** Folds a container, or unfolds it. */
export function toggleFold(store: CanvasStore, container: string) {
  const folded = new Set(store.getState().folded);
  if (!folded.delete(container)) folded.add(container);
  store.setState({ folded });
}

/** Shows where what is being dragged would go; the same spot again changes nothing. */
export function showDrop(store: CanvasStore, drop: Spot | undefined) {
  if (keyOfSpot(store.getState().drop) !== keyOfSpot(drop)) store.setState({ drop });
}

/** Tells spots apart, apart from the exact point on free ground. */
function keyOfSpot(spot: Spot | undefined): string {
  if (spot === undefined) return '';
  return spot.at === 'machine'
    ? `machine ${spot.machine}`
    : spot.at === 'edge'
      ? spot.edge
      : `after ${spot.state}`;
}
