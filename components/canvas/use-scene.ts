import { useEffect, useMemo, useState } from 'react';
import { useStore } from 'zustand';
import { type Arrangement, arrange } from '@/lib/editor/arrange';
import type { Layout } from '@/lib/editor/document';
import { graphOf } from '@/lib/editor/graph';
import type { Scene } from '@/lib/editor/target';
import type { Definition } from '@/lib/flow/model';
import type { CanvasStore } from './canvas-store';
import { layOut, layOutInRows, placementForNow, placementOf } from './elk';

/** How long the layout worker may take before plain rows are shown: an empty canvas waits less long than a drawn one. */
const patience = { empty: 200, drawn: 1500 };

/**
 * The boxes and arrows of a definition, arranged. While the layout worker is busy the last arranged scene stays, so
 * nothing flickers; what only changes words inside the boxes never has to wait for it. A worker that takes long (it is
 * still loading, or the machine is busy) is not waited for: the states stand in rows until it answers.
 */
export function useScene(store: CanvasStore, definition: Definition, layout: Layout): 'ready' | 'waiting' {
  const folded = useStore(store, (canvas) => canvas.folded);
  const graph = useMemo(() => graphOf(definition), [definition]);
  const [laidOut, setLaidOut] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what the worker has laid out since is no value that React sees
  const arrangement = useMemo(
    () => arrange({ graph, layout, collapsed: folded, automatic: placementOf }),
    [graph, layout, folded, laidOut],
  );
  const isReady = arrangement.pending.length === 0;
  // Talks to the layout worker: hands over what has no place yet.
  useEffect(() => {
    if (arrangement.pending.length === 0) return;
    let isCurrent = true;
    void layOut(arrangement.pending)
      .catch(() => layOutInRows(arrangement.pending))
      .then(() => isCurrent && setLaidOut((count) => count + 1));
    return () => {
      isCurrent = false;
    };
  }, [arrangement]);
  // Talks to the canvas's store, to which each card listens for itself.
  useEffect(() => {
    const show = (arranged: Arrangement, isProvisional: boolean) =>
      store.setState({ scene: { graph, arrangement: arranged } satisfies Scene, isProvisional });
    if (isReady) return show(arrangement, false);
    const { scene, isProvisional } = store.getState();
    const isEmpty = scene.arrangement.boxes.size === 0;
    const inRows = () =>
      show(arrange({ graph, layout, collapsed: folded, automatic: placementForNow }), true);
    const timer = setTimeout(inRows, isEmpty || isProvisional ? patience.empty : patience.drawn);
    return () => clearTimeout(timer);
  }, [store, graph, layout, folded, arrangement, isReady]);
  return isReady ? 'ready' : 'waiting';
}
