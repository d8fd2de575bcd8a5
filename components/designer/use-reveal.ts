import { type RefObject, useEffect, useRef } from 'react';
import type { CanvasHandle } from '@/components/canvas/Drawing';
import { useSession } from './SessionContext';

/** A press on the canvas selects what is under it, which is in view as it is. */
const pressMs = 400;

/** Brings what is selected elsewhere (code, problems, palette) into view. Returns what is told of presses on the canvas. */
export function useReveal(canvas: RefObject<CanvasHandle | null>): () => void {
  const pressed = useRef(0);
  const first = useSession((state) => state.selection[0]);
  const isCodeOpen = useSession((state) => state.isCodeOpen);
  // Talks to the canvas's viewport. That the code was opened makes the canvas narrower.
  // biome-ignore lint/correctness/useExhaustiveDependencies: opening the code is a reason, though no value is needed of it
  useEffect(() => {
    if (first === undefined || performance.now() - pressed.current < pressMs) return;
    const frame = requestAnimationFrame(() => canvas.current?.reveal(first));
    return () => cancelAnimationFrame(frame);
  }, [canvas, first, isCodeOpen]);
  return () => {
    pressed.current = performance.now();
  };
}
