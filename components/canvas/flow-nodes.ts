import { type Edge, MarkerType, type Node, Position } from '@xyflow/react';
import type { Box } from '@/lib/editor/arrange';
import type { DrawnEdge, DrawnState } from '@/lib/editor/graph';
import type { Scene } from '@/lib/editor/target';
import { faceOf } from './kind-face';

const nothing = {};

interface Options {
  readonly selection: ReadonlySet<string>;
  readonly isReadOnly: boolean;
}

/**
 * The scene as React Flow wants it. Everything has its size and handles, so nothing is measured; nodes that did not
 * change are the same objects as before, so they are not drawn again.
 */
export function flowNodes(
  scene: Scene,
  options: Options,
  before: ReadonlyMap<string, Node>,
): readonly Node[] {
  return [...scene.arrangement.boxes.values()].map((box) => {
    const node = nodeOf(scene, box, options);
    const old = before.get(box.id);
    return old !== undefined && isSame(old, node) ? old : node;
  });
}

function nodeOf({ graph }: Scene, box: Box, { selection, isReadOnly }: Options): Node {
  const state = graph.states.get(box.id);
  const isState = state !== undefined;
  const isBranch = box.kind === 'lane' && graph.machines.get(box.id)?.title !== '';
  return {
    id: box.id,
    type: box.kind,
    position: box.at,
    width: box.width,
    height: box.height,
    measured: { width: box.width, height: box.height },
    handles: handlesOf(box),
    data: nothing,
    draggable: isState && !isReadOnly,
    selectable: isState || (isBranch && !isReadOnly),
    focusable: isState,
    connectable: isState && !isReadOnly,
    selected: selection.has(box.id),
    ariaLabel: state?.name ?? '',
    ...(isState ? { domAttributes: { 'aria-roledescription': roleOf(state) } } : {}),
    ...(box.parent === undefined ? {} : { parentId: box.parent }),
  };
}

function roleOf({ state }: DrawnState): string {
  const { title } = faceOf(state);
  return state.Type === 'Task' && title !== 'Task' ? `${title} task` : `${title} state`;
}

function handlesOf({ kind, width, height }: Box): NonNullable<Node['handles']> {
  const main = { id: 'main', type: 'source' as const, position: Position.Bottom, x: width / 2, y: height };
  if (kind === 'start') return [{ ...main, width: 0, height: 0 }];
  if (kind === 'lane') return [];
  const side = { id: 'side', type: 'source' as const, position: Position.Right, x: width, y: height / 2 };
  const entry = { id: 'in', type: 'target' as const, position: Position.Top, x: width / 2, y: 0 };
  return [main, side, entry].map((handle) => ({ ...handle, width: 0, height: 0 }));
}

function isSame(one: Node, other: Node): boolean {
  return (
    one.type === other.type &&
    one.position.x === other.position.x &&
    one.position.y === other.position.y &&
    one.width === other.width &&
    one.height === other.height &&
    one.parentId === other.parentId &&
    one.selected === other.selected &&
    one.draggable === other.draggable &&
    one.ariaLabel === other.ariaLabel &&
    one.domAttributes?.['aria-roledescription'] === other.domAttributes?.['aria-roledescription']
  );
}

/** In the colour of its line; arrow.css gives it one where the browser cannot look that up. */
const arrowHead = { type: MarkerType.ArrowClosed, width: 14, height: 14, color: 'context-stroke' };

/** The arrows; those into or out of boxes that are folded away are left out. */
export function flowEdges({ graph, arrangement }: Scene, { selection, isReadOnly }: Options): Edge[] {
  const edges: Edge[] = [];
  for (const edge of graph.edges.values()) {
    if (!arrangement.boxes.has(edge.source) || !arrangement.boxes.has(edge.target)) continue;
    edges.push(
      edgeOf(
        edge,
        graph.states.get(edge.source)?.name,
        graph.states.get(edge.target)?.name,
        selection.has(edge.id),
        isReadOnly,
      ),
    );
  }
  return edges;
}

function edgeOf(
  { id, source, target, exit, label, kind }: DrawnEdge,
  from: string | undefined,
  to = '',
  selected: boolean,
  isReadOnly: boolean,
): Edge {
  return {
    id,
    type: 'arrow',
    source,
    target,
    sourceHandle: exit,
    targetHandle: 'in',
    markerEnd: arrowHead,
    selected,
    selectable: !isReadOnly,
    focusable: !isReadOnly && kind !== 'start',
    reconnectable: isReadOnly ? false : 'target',
    ariaLabel: `${from ?? 'Start'} to ${to}${label === '' ? '' : `: ${label}`}`,
  };
}
