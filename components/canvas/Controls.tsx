import { MiniMap, Panel, useReactFlow, useStore } from '@xyflow/react';
import { Map as MapIcon, Maximize, Minus, Plus } from 'lucide-react';
import { useState } from 'react';
import { IconButton } from '@/components/ui/IconButton';

interface ControlsProps {
  /** Whether the map is shown until somebody says otherwise. */
  readonly hasMap: boolean;
}

/** Zoom, fit and the map of the whole, in the corner of the canvas. */
export function Controls({ hasMap: usual }: ControlsProps) {
  const flow = useReactFlow();
  const zoom = useStore(({ transform }) => Math.round(transform[2] * 100));
  const [wanted, setWanted] = useState<boolean>();
  const hasMap = wanted ?? usual;
  return (
    <>
      <Panel position="bottom-left" className="flex items-center rounded-lg border bg-surface p-0.5">
        <IconButton size="sm" label="Zoom out" onClick={() => void flow.zoomOut({ duration: 120 })}>
          <Minus aria-hidden />
        </IconButton>
        <button
          type="button"
          className="tabular h-7 w-11 rounded-md text-center text-muted text-xs hover:bg-hover"
          aria-label={`Zoom ${zoom} %, reset to 100 %`}
          onClick={() => void flow.zoomTo(1, { duration: 120 })}
        >
          {zoom}%
        </button>
        <IconButton size="sm" label="Zoom in" onClick={() => void flow.zoomIn({ duration: 120 })}>
          <Plus aria-hidden />
        </IconButton>
        <IconButton
          size="sm"
          label="Fit to view"
          shortcut="1"
          onClick={() => void flow.fitView({ padding: 0.12, maxZoom: 1, duration: 200 })}
        >
          <Maximize aria-hidden />
        </IconButton>
        <IconButton size="sm" label="Minimap" aria-pressed={hasMap} onClick={() => setWanted(!hasMap)}>
          <MapIcon aria-hidden />
        </IconButton>
      </Panel>
      {hasMap && (
        <MiniMap
          position="bottom-right"
          pannable
          zoomable
          ariaLabel="Minimap"
          className="hidden rounded-lg border md:block"
          style={{ width: 160, height: 112 }}
          maskStrokeColor="var(--ring)"
          maskStrokeWidth={2}
          nodeColor={(node) => (node.type === 'card' ? 'var(--faint)' : 'var(--border)')}
          nodeBorderRadius={6}
        />
      )}
    </>
  );
}
