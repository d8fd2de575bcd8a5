'use client';

import '@xyflow/react/dist/base.css';
import './canvas.css';
import './card.css';
import './frame.css';
import './arrow.css';
import { ReactFlowProvider } from '@xyflow/react';
import { type ReactNode, type Ref, useEffect, useState } from 'react';
import type { Layout } from '@/lib/editor/document';
import type { Definition } from '@/lib/flow/model';
import { CanvasContext, createCanvasStore, type Gestures, type Mark } from './canvas-store';
import { type CanvasHandle, Drawing } from './Drawing';
import type { Overlay } from './overlay';
import { useScene } from './use-scene';

interface FlowCanvasProps {
  /** What is shown, for screen readers: `Flow Booking`. */
  readonly label: string;
  readonly definition: Definition;
  readonly layout: Layout;
  /** Pointers of states, branches and transitions. */
  readonly selection: readonly string[];
  readonly onSelect: (pointers: readonly string[]) => void;
  /** What an execution lays over it. */
  readonly overlay?: Overlay;
  /** What may be done; without it the canvas only shows. */
  readonly gestures?: Gestures;
  /** States and transitions that have problems. */
  readonly marks?: ReadonlyMap<string, Mark>;
  readonly ref?: Ref<CanvasHandle>;
  /** Panels over the canvas. */
  readonly children?: ReactNode;
}

const noMarks: ReadonlyMap<string, Mark> = new Map();

/** A definition as a graph, to look at (an execution's overlay on it) or to edit. Fills its parent. */
export function FlowCanvas(props: FlowCanvasProps) {
  const {
    label,
    definition,
    layout,
    selection,
    onSelect,
    overlay,
    gestures,
    marks = noMarks,
    children,
    ref,
  } = props;
  const [store] = useState(createCanvasStore);
  const state = useScene(store, definition, layout);
  // Talks to the canvas's store, to which each card listens for itself.
  useEffect(() => store.setState({ overlay, gestures, marks }), [store, overlay, gestures, marks]);
  return (
    <CanvasContext value={store}>
      <ReactFlowProvider>
        <Drawing
          label={label}
          selection={selection}
          onSelect={onSelect}
          isReadOnly={gestures === undefined}
          isEmpty={Object.keys(definition.States).length === 0}
          layoutState={state}
          {...(ref === undefined ? {} : { ref })}
        >
          {children}
        </Drawing>
      </ReactFlowProvider>
    </CanvasContext>
  );
}
