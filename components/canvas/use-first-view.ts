import { useReactFlow, useStore, type Viewport } from '@xyflow/react';
import { useEffect, useRef } from 'react';
import { useCanvas, useCanvasStore } from './canvas-store';

/**
 * Shows the whole flow when it is first there; one too large to be read whole is shown from its start. A flow that
 * begins empty grows where it is drawn.
 */
export function useFirstView(isDrawn: boolean, beganEmpty: boolean) {
  const isProvisional = useCanvas((canvas) => canvas.isProvisional);
  const flow = useReactFlow();
  const store = useCanvasStore();
  const wasShown = useRef(beganEmpty);
  /** The view of a provisional scene: as long as nobody has moved it, the final scene gets a view of its own. */
  const provisional = useRef<Viewport>(undefined);
  const width = useStore((state) => state.width);
  const before = useRef(width);
  // Talks to React Flow's viewport: what was in the middle stays there when the canvas gets wider or narrower.
  useEffect(() => {
    const grown = width - before.current;
    before.current = width;
    if (!wasShown.current || grown === 0 || grown === width) return;
    const { x, y, zoom } = flow.getViewport();
    void flow.setViewport({ x: x + grown / 2, y, zoom });
  }, [flow, width]);
  // Talks to React Flow's viewport, once its size is known.
  useEffect(() => {
    if (!isDrawn || width === 0) return;
    const isAgain = !isProvisional && isSameView(provisional.current, flow.getViewport());
    if (wasShown.current && !isAgain) return;
    wasShown.current = true;
    provisional.current = undefined;
    void flow.fitView({ padding: 0.12, maxZoom: 1 }).then(async () => {
      const start = store.getState().scene.arrangement.boxes.get('/StartAt');
      if (flow.getZoom() < 0.5 && start !== undefined) {
        const zoom = 0.8;
        const x = width / 2 - (start.absolute.x + start.width / 2) * zoom;
        await flow.setViewport({ x, y: 48 - start.absolute.y * zoom, zoom });
      }
      if (isProvisional) provisional.current = flow.getViewport();
    });
  }, [flow, store, isDrawn, isProvisional, width]);
}

function isSameView(one: Viewport | undefined, other: Viewport): boolean {
  return one !== undefined && one.x === other.x && one.y === other.y && one.zoom === other.zoom;
}
