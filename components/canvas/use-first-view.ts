import { useReactFlow, useStore } from '@xyflow/react';
import { useEffect, useRef } from 'react';
import { useCanvasStore } from './canvas-store';

/**
 * Shows the whole flow when it is first there; one too large to be read whole is shown from its start. A flow that
 * begins empty grows where it is drawn.
 */
export function useFirstView(isDrawn: boolean, beganEmpty: boolean) {
  const flow = useReactFlow();
  const store = useCanvasStore();
  const wasShown = useRef(beganEmpty);
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
    if (!isDrawn || wasShown.current || width === 0) return;
    wasShown.current = true;
    void flow.fitView({ padding: 0.12, maxZoom: 1 }).then(() => {
      if (flow.getZoom() >= 0.5) return;
      const start = store.getState().scene.arrangement.boxes.get('/StartAt');
      if (start === undefined) return;
      const zoom = 0.8;
      const x = width / 2 - (start.absolute.x + start.width / 2) * zoom;
      void flow.setViewport({ x, y: 48 - start.absolute.y * zoom, zoom });
    });
  }, [flow, store, isDrawn, width]);
}
