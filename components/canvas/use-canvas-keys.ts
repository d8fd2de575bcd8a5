import { useReactFlow } from '@xyflow/react';
import type { KeyboardEvent, RefObject } from 'react';
import { type Direction, neighbourOf } from '@/lib/editor/neighbour';
import { toggleFold, useCanvasStore } from './canvas-store';

const directions: { readonly [key: string]: Direction } = {
  ArrowUp: 'up',
  ArrowDown: 'down',
  ArrowLeft: 'left',
  ArrowRight: 'right',
};

/**
 * Keys on a focused card: arrows go to the next card in that direction, Enter opens its form, a blank folds and
 * unfolds. They are taken before React Flow, whose own arrow keys would push cards about without an edit.
 */
export function useCanvasKeys(
  ground: RefObject<HTMLDivElement | null>,
  selection: readonly string[],
  onSelect: (pointers: readonly string[]) => void,
) {
  const store = useCanvasStore();
  const flow = useReactFlow();
  const focus = (pointer: string) => {
    onSelect([pointer]);
    const box = store.getState().scene.arrangement.boxes.get(pointer);
    if (box !== undefined)
      void flow.fitView({
        nodes: [{ id: pointer }],
        minZoom: flow.getZoom(),
        maxZoom: flow.getZoom(),
        duration: 120,
      });
    cardOf(ground.current, pointer)?.focus({ preventScroll: true });
  };
  const go = (event: KeyboardEvent, direction: Direction, from: string | undefined) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    event.stopPropagation();
    const next = neighbourOf(store.getState().scene, from, direction);
    if (next !== undefined) focus(next);
  };
  const press = (event: KeyboardEvent, card: string) => {
    const { scene, gestures } = store.getState();
    const isContainer = (scene.graph.states.get(card)?.machines.length ?? 0) > 0;
    if (event.key === 'f' && !event.ctrlKey && !event.metaKey && isContainer) toggleFold(store, card);
    if (event.key !== 'Enter') return;
    event.preventDefault();
    onSelect([card]);
    gestures?.open(card);
  };
  return (event: KeyboardEvent) => {
    const card = focusedCard(event);
    const direction = directions[event.key];
    const isHere = card !== undefined || event.target === event.currentTarget;
    if (direction !== undefined && isHere) go(event, direction, card ?? selection[0]);
    else if (card !== undefined) press(event, card);
  };
}

function focusedCard({ target }: KeyboardEvent): string | undefined {
  if (!(target instanceof HTMLElement) || !target.classList.contains('react-flow__node')) return undefined;
  return target.dataset.id;
}

function cardOf(ground: HTMLElement | null, pointer: string): HTMLElement | null {
  return ground?.querySelector<HTMLElement>(`.react-flow__node[data-id="${CSS.escape(pointer)}"]`) ?? null;
}
