import { type Node, type NodeChange, type OnNodeDrag, useReactFlow } from '@xyflow/react';
import { useState } from 'react';
import type { Layout, Point } from '@/lib/editor/document';
import { machineOfSpot } from '@/lib/editor/place';
import { outermostOf } from '@/lib/editor/remove';
import { fromCorner, type Scene, spotAt } from '@/lib/editor/target';
import { showDrop, useCanvasStore } from './canvas-store';

const resting: readonly NodeChange[] = [];

/**
 * Cards in the hand. While they are dragged they move in React Flow only; letting go is one gesture, which puts them
 * where they are, or onto the arrow or into the container under the pointer.
 */
export function useDragging() {
  const store = useCanvasStore();
  const flow = useReactFlow();
  const [positions, setPositions] = useState(resting);
  const spotUnder = (
    event: { readonly clientX: number; readonly clientY: number },
    moved: readonly string[],
  ) =>
    spotAt(store.getState().scene, flow.screenToFlowPosition({ x: event.clientX, y: event.clientY }), moved);
  const drag: OnNodeDrag = (event, _, nodes) => {
    const at = pointerOf(event);
    if (at === undefined) return;
    const moved = outermostOf(nodes.map(({ id }) => id));
    const spot = spotUnder(at, moved);
    showDrop(store, isElsewhere(store.getState().scene, spot, moved) ? spot : undefined);
  };
  const letGo: OnNodeDrag = (event, _, nodes) => {
    const { scene, gestures } = store.getState();
    const moved = outermostOf(nodes.map(({ id }) => id));
    const at = pointerOf(event);
    const spot = at && spotUnder(at, moved);
    showDrop(store, undefined);
    setPositions(resting);
    if (spot !== undefined && isElsewhere(scene, spot, moved)) gestures?.moveTo(moved, spot);
    else
      gestures?.putAt(
        placesAfter(scene, nodes, (id) => flow.getInternalNode(id)?.internals.positionAbsolute),
      );
  };
  return {
    positions,
    change: (changes: readonly NodeChange[]) => {
      const moves = changes.filter((change) => change.type === 'position' && change.dragging === true);
      if (moves.length > 0) setPositions(moves);
    },
    handlers: { onNodeDrag: drag, onNodeDragStop: letGo },
  };
}

function pointerOf(event: MouseEvent | TouchEvent | React.MouseEvent | React.TouchEvent) {
  if ('clientX' in event) return event;
  return event.changedTouches[0];
}

/** Whether states dropped at a spot leave their machine, or go onto an arrow. */
function isElsewhere({ graph }: Scene, spot: ReturnType<typeof spotAt>, moved: readonly string[]): boolean {
  const home = graph.states.get(moved[0] ?? '')?.machine ?? '';
  return spot.at === 'edge' || machineOfSpot(spot) !== home;
}

/** Where all states of the machines that were touched stand now; from then on these are laid out by hand. */
function placesAfter(
  scene: Scene,
  moved: readonly Node[],
  absolute: (id: string) => Point | undefined,
): Layout {
  const { graph, arrangement } = scene;
  const places: Record<string, Point> = {};
  const machines = new Set(moved.map(({ id }) => graph.states.get(id)?.machine ?? ''));
  for (const machine of machines)
    for (const state of graph.machines.get(machine)?.states ?? []) {
      const box = arrangement.boxes.get(state);
      if (box !== undefined) places[state] = fromCorner(scene, machine, box.absolute);
    }
  for (const { id } of moved) {
    const at = absolute(id);
    const machine = graph.states.get(id)?.machine;
    if (at !== undefined && machine !== undefined) places[id] = fromCorner(scene, machine, at);
  }
  return places;
}
