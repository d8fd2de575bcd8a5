import {
  applyNodeChanges,
  Background,
  BackgroundVariant,
  type EdgeChange,
  type Node,
  type NodeChange,
  ReactFlow,
  useStore as useFlowStore,
  useReactFlow,
} from '@xyflow/react';
import { type ReactNode, type Ref, useImperativeHandle, useMemo, useRef, useState } from 'react';
import type { Point } from '@/lib/editor/document';
import type { Spot } from '@/lib/editor/place';
import { spotAt } from '@/lib/editor/target';
import { Arrow } from './Arrow';
import { Controls } from './Controls';
import { showDrop, useCanvas, useCanvasStore } from './canvas-store';
import { flowEdges, flowNodes } from './flow-nodes';
import { ContainerFrame } from './nodes/ContainerFrame';
import { Lane } from './nodes/Lane';
import { StartMark } from './nodes/StartMark';
import { StateCard } from './nodes/StateCard';
import { useCanvasKeys } from './use-canvas-keys';
import { useConnecting } from './use-connecting';
import { useDragging } from './use-dragging';
import { useFirstView } from './use-first-view';

const nodeTypes = { card: StateCard, container: ContainerFrame, lane: Lane, start: StartMark };
const edgeTypes = { arrow: Arrow };
/** Above this many boxes only those in view are in the page; below it that costs more than it saves. */
const many = 200;
const farZoom = 0.42;

/** What others may ask of a canvas. */
export interface CanvasHandle {
  /** Where something dropped at a point of the screen would go; undefined outside of the canvas. */
  spotAt(point: Point): Spot | undefined;
  /** Shows where what is being dragged would go. */
  showDrop(spot: Spot | undefined): void;
  /** Brings a state into view, where it is not, and puts the keyboard's focus on it. */
  focus(pointer: string): void;
  /** Brings a state into view. */
  reveal(pointer: string): void;
  fit(): void;
  zoom(): number;
}

interface DrawingProps {
  readonly label: string;
  readonly selection: readonly string[];
  readonly onSelect: (pointers: readonly string[]) => void;
  readonly isReadOnly: boolean;
  /** Whether the definition has no states. */
  readonly isEmpty: boolean;
  readonly layoutState: 'ready' | 'waiting';
  readonly ref?: Ref<CanvasHandle>;
  readonly children: ReactNode;
}

export function Drawing(props: DrawingProps) {
  const { label, selection, onSelect, isReadOnly, isEmpty, layoutState, ref, children } = props;
  const scene = useCanvas((canvas) => canvas.scene);
  const ground = useRef<HTMLDivElement>(null);
  const isFar = useFlowStore(({ transform }) => transform[2] < farZoom);
  const dragging = useDragging();
  const connecting = useConnecting();
  const keys = useCanvasKeys(ground, selection, onSelect);
  const options = useMemo(() => ({ selection: new Set(selection), isReadOnly }), [selection, isReadOnly]);
  const nodes = useNodes(options, dragging.positions);
  const edges = useMemo(() => flowEdges(scene, options), [scene, options]);
  useHandle(ref, ground);
  useFirstView(nodes.length > 0, isEmpty);
  const choose = (changes: readonly (NodeChange | EdgeChange)[]) => {
    const next = selectionAfter(selection, changes);
    if (next !== selection) onSelect(next);
  };
  return (
    <div
      ref={ground}
      className="flow-canvas"
      data-far={isFar ? '' : undefined}
      data-layout={layoutState}
      onKeyDownCapture={keys}
    >
      <ReactFlow
        nodes={nodes}
        edges={edges}
        nodeTypes={nodeTypes}
        edgeTypes={edgeTypes}
        onNodesChange={(changes) => {
          dragging.change(changes);
          choose(changes);
        }}
        onEdgesChange={choose}
        {...dragging.handlers}
        {...connecting}
        onPaneClick={() => onSelect([])}
        aria-label={label}
        nodesConnectable={!isReadOnly}
        nodesDraggable={!isReadOnly}
        deleteKeyCode={null}
        multiSelectionKeyCode={['Shift', 'Control', 'Meta']}
        selectionKeyCode="Shift"
        panOnScroll
        zoomOnDoubleClick={false}
        minZoom={0.08}
        maxZoom={2}
        nodeDragThreshold={3}
        elevateEdgesOnSelect
        onlyRenderVisibleElements={nodes.length > many}
      >
        <Background variant={BackgroundVariant.Dots} gap={20} size={1} color="var(--border-strong)" />
        <Controls hasMap={nodes.length > 40 && nodes.length <= 400} />
        {children}
      </ReactFlow>
      {layoutState === 'waiting' && nodes.length === 0 && (
        <p role="status" className="layout-note">
          Laying out the flow…
        </p>
      )}
    </div>
  );
}

/** The scene's boxes as nodes; those in the hand stand where the hand is. */
function useNodes(
  options: { readonly selection: ReadonlySet<string>; readonly isReadOnly: boolean },
  positions: readonly NodeChange[],
): Node[] {
  const scene = useCanvas((canvas) => canvas.scene);
  const [drawn] = useState(() => new Map<string, Node>());
  const resting = useMemo(() => {
    const nodes = flowNodes(scene, options, drawn);
    drawn.clear();
    for (const node of nodes) drawn.set(node.id, node);
    return nodes;
  }, [scene, options, drawn]);
  return useMemo(
    () => (positions.length === 0 ? [...resting] : applyNodeChanges([...positions], [...resting])),
    [resting, positions],
  );
}

function selectionAfter(
  selection: readonly string[],
  changes: readonly (NodeChange | EdgeChange)[],
): readonly string[] {
  const next = new Set(selection);
  for (const change of changes) {
    if (change.type !== 'select') continue;
    if (change.selected) next.add(change.id);
    else next.delete(change.id);
  }
  const isSame = next.size === selection.length && selection.every((pointer) => next.has(pointer));
  return isSame ? selection : [...next];
}

function useHandle(ref: Ref<CanvasHandle> | undefined, ground: React.RefObject<HTMLDivElement | null>) {
  const flow = useReactFlow();
  const store = useCanvasStore();
  useImperativeHandle(ref, () => {
    let stopWaiting = () => {};
    const reveal = (pointer: string) => {
      stopWaiting();
      const box = store.getState().scene.arrangement.boxes.get(pointer);
      if (box === undefined)
        stopWaiting = store.subscribe(({ scene }) => scene.arrangement.boxes.has(pointer) && reveal(pointer));
      else if (!isInView(ground.current, flow.getViewport(), box.absolute, box)) {
        const { x, y } = box.absolute;
        const zoom = Math.max(0.7, flow.getZoom());
        void flow.setCenter(x + box.width / 2, y + Math.min(box.height, 300) / 2, { zoom, duration: 200 });
      }
    };
    return {
      spotAt: (point) => {
        const area = ground.current?.getBoundingClientRect();
        const isInside =
          area !== undefined &&
          point.x >= area.left &&
          point.x <= area.right &&
          point.y >= area.top &&
          point.y <= area.bottom;
        return isInside ? spotAt(store.getState().scene, flow.screenToFlowPosition(point)) : undefined;
      },
      showDrop: (spot) => showDrop(store, spot),
      focus: (pointer) => {
        reveal(pointer);
        const card = ground.current?.querySelector<HTMLElement>(
          `.react-flow__node[data-id="${CSS.escape(pointer)}"]`,
        );
        card?.focus({ preventScroll: true });
      },
      reveal,
      fit: () => void flow.fitView({ padding: 0.15, maxZoom: 1, duration: 200 }),
      zoom: () => flow.getZoom(),
    };
  }, [flow, store, ground]);
}

function isInView(
  ground: HTMLElement | null,
  viewport: { readonly x: number; readonly y: number; readonly zoom: number },
  at: Point,
  size: { readonly width: number; readonly height: number },
): boolean {
  if (ground === null) return true;
  const left = at.x * viewport.zoom + viewport.x;
  const top = at.y * viewport.zoom + viewport.y;
  const width = Math.min(size.width, 232) * viewport.zoom;
  const height = Math.min(size.height, 56) * viewport.zoom;
  return left >= 0 && top >= 0 && left + width <= ground.clientWidth && top + height <= ground.clientHeight;
}
